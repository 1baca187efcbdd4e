import TestSupport
import Testing

@testable import Shared

struct DepositUseTests {
  private func fund(
    _ id: Int64, _ since: CivilDate, _ left: Int64, company: String? = "A"
  ) -> DepositUse.Fund {
    .init(source: .deposit(id), companyNo: company, since: since, left: Money(fen: left))
  }

  private func open(
    _ id: Int64, due: CivilDate, _ open: Int64, company: String = "A", priority: Int = 0,
    isLateFee: Bool = false, bill: String = "B"
  ) -> DepositUse.Open {
    .init(
      id: id, billNo: bill, companyNo: company, dueOn: due, priority: priority,
      isLateFee: isLateFee, open: Money(fen: open))
  }

  private func paid(_ use: DepositUse, atMost limit: Int64? = nil) throws -> [String] {
    try use.parts(atMost: limit.map { Money(fen: $0) }).map { part in
      guard case .deposit(let id) = part.source else { return "?" }
      return "\(id)→\(part.chargeID) \(part.amount.fen)"
    }
  }

  @Test func theOldestMoneyPaysWhatIsPaidFirst() throws {
    let use = DepositUse(
      [fund(2, "2026-02-01", 50), fund(1, "2026-01-01", 30)],
      on: [open(8, due: "2026-03-02", 40), open(9, due: "2026-03-01", 60)])
    #expect(try paid(use) == ["1→9 30", "2→9 30", "2→8 20"])
    #expect(try use.left() == Money(fen: 80))
    #expect(try use.wanted() == Money(fen: 100))
  }

  @Test(
    arguments: [
      (nil, ["1→8 40", "1→9 60"]), (100, ["1→8 40", "1→9 60"]), (70, ["1→8 40", "1→9 30"]),
      (40, ["1→8 40"]), (1, ["1→8 1"]), (500, ["1→8 40", "1→9 60"]),
    ] as [(Int64?, [String])])
  func noMoreThanAskedForThanThereIsThanIsOpen(_ limit: Int64?, _ expected: [String]) throws {
    let use = DepositUse(
      [fund(1, "2026-01-01", 300)],
      on: [open(8, due: "2026-03-01", 40), open(9, due: "2026-03-02", 60)])
    #expect(try paid(use, atMost: limit) == expected)
  }

  /// Due day, then priority, bill and row; late fees last: as payments pay.
  @Test func chargesArePaidInTheOrderOfPayments() throws {
    let charges = [
      open(1, due: "2026-01-01", 1, isLateFee: true), open(2, due: "2026-03-01", 1),
      open(3, due: "2026-02-01", 1, priority: 2), open(4, due: "2026-02-01", 1, priority: 1),
      open(6, due: "2026-02-01", 1, priority: 1, bill: "A"),
      open(5, due: "2026-02-01", 1, priority: 1, bill: "A"),
    ]
    for order in [charges, charges.reversed()] {
      let use = DepositUse([fund(9, "2026-01-01", 9)], on: order)
      #expect(try use.parts().map(\.chargeID) == [5, 6, 4, 3, 2, 1])
    }
  }

  @Test func moneyOfACompanyPaysThatCompanyOnly() throws {
    let charges = [
      open(8, due: "2026-01-01", 40, company: "B"), open(9, due: "2026-01-02", 60),
    ]
    #expect(try paid(DepositUse([fund(1, "2026-01-01", 80)], on: charges)) == ["1→9 60"])
    #expect(
      try paid(DepositUse([fund(1, "2026-01-01", 80, company: nil)], on: charges)) == [
        "1→8 40", "1→9 40",
      ])
    #expect(
      try paid(
        DepositUse(
          [fund(1, "2026-01-01", 10, company: "C"), fund(2, "2026-01-02", 10, company: "B")],
          on: charges)) == ["2→8 10"])
  }

  @Test func moneyOfOneDayIsUsedInTheOrderGiven() throws {
    let use = DepositUse(
      [fund(7, "2026-01-01", 5), fund(3, "2026-01-01", 5)], on: [open(9, due: "2026-01-02", 6)])
    #expect(try paid(use) == ["7→9 5", "3→9 1"])
  }

  @Test func whatLeavesIsTakenFromTheOldest() throws {
    let use = DepositUse([fund(2, "2026-02-01", 50), fund(1, "2026-01-01", 30)])
    func taken(_ fen: Int64) throws -> [Int64] {
      try use.taken(Money(fen: fen)).map(\.amount.fen)
    }
    #expect(try taken(30) == [30])
    #expect(try taken(31) == [30, 1])
    #expect(try taken(99) == [30, 50])
    #expect(try taken(0) == [])
    #expect(try DepositUse([]).parts() == [])
  }

  @Test func aRefundHasItsNumber() {
    let month = CivilDate("2026-11-22").month
    #expect(
      DocumentNumber.refund.text(companyNo: "CQ", month: month, serial: 1) == "CQ-TK-202611-0001")
    #expect(
      DocumentNumber.refund.text(companyNo: "CQ", month: month, serial: 12345)
        == "CQ-TK-202611-12345")
  }
}
