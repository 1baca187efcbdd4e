import Shared
import TestSupport
import Testing

struct InOrderTests {
  private struct Case {
    var asked: Int64
    var amounts: [Int64]
    var parts: [Int64]
  }

  private static let cases = [
    Case(asked: 0, amounts: [5, 5], parts: [0, 0]),
    Case(asked: 3, amounts: [5, 5], parts: [3, 0]),
    Case(asked: 5, amounts: [5, 5], parts: [5, 0]),
    Case(asked: 6, amounts: [5, 5], parts: [5, 1]),
    Case(asked: 10, amounts: [5, 5], parts: [5, 5]),
    Case(asked: 6, amounts: [0, -2, 5, 9], parts: [0, 0, 5, 1]),
    Case(asked: 4, amounts: [], parts: []),
  ]

  @Test func eachGivesAllThatItHasBeforeTheNext() throws {
    for one in InOrderTests.cases {
      let found = try InOrder.parts(
        of: Money(fen: one.asked), from: one.amounts.map { Money(fen: $0) })
      #expect(found.map(\.fen) == one.parts)
    }
  }

  @Test func numbersOfDocumentsTellWhatTheyAre() {
    let month = CivilMonth(year: 2026, month: 3)
    let receipt = DocumentNumber.receipt.text(companyNo: "CQ", month: month, serial: 7)
    #expect(receipt == "CQ-SJ-202603-0007")
    let refund = DocumentNumber.refund.text(companyNo: "CQ", month: month, serial: 12345)
    #expect(refund == "CQ-TK-202603-12345")
  }
}
