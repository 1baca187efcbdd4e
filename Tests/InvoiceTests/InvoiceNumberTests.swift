import Testing

@testable import boms_invoice

struct InvoiceNumberTests {
  @Test func aNumberThatWasSplitOnItsWayIsWholeAgain() {
    #expect(
      InvoiceNumber(code: "263320000000", number: "00000101")?.text == "26332000000000000101")
  }

  @Test func codeAndNumberOfAnOldInvoiceStayApart() {
    #expect(
      InvoiceNumber(code: "033002000211", number: "83089647")?.text == "033002000211-83089647")
    #expect(InvoiceNumber(written: "033002000211 83089647")?.text == "033002000211-83089647")
  }

  @Test(arguments: ["2633200000000000011", "2633200000000000011X", "", "浙AB59453"])
  func whatIsNotTwentyDigitsIsNoNumber(_ text: String) {
    #expect(InvoiceNumber(code: nil, number: text) == nil)
  }
}
