import Testing

@testable import InvoiceSamples
@testable import boms_invoice

/// Invoices in other forms than 数电票 XML, and files that are none.
struct DialectTests {
  @Test func theFormOf2019() throws {
    let reading = Reading.read(DialectSamples.old)
    #expect(reading.findings == [])
    let text = try #require(reading.text)
    #expect(text.dialect == .einvoice2019)
    #expect([text.code, text.number] == ["031002000211", "12345678"])
    #expect([text.issueType, text.requestedAt] == ["Y", "2020年07月23日"])
    #expect([text.net, text.tax, text.gross] == ["100.00", "***", "103.00"])
    #expect(text.buyer.taxNumber == nil)
    #expect(text.isSigned)
    #expect(text.lines.map(\.net) == ["100.00", "-1.00"])
    #expect(text.lines[0].rate == "3%")
    #expect(text.extras.map(\.path) == ["InvoiceCheckCode"])
  }

  @Test func aPrefixThatIsDeclaredNowhereIsNone() throws {
    let xml = DialectSamples.old.replacing(
      "<eInvoice xmlns:fp=\"http://www.edrm.org.cn/schema/e-invoice/2019\" Version=\"1.0\">",
      with: "<:eInvoice xmlns:=\"\">"
    ).replacing("</eInvoice>", with: "</:eInvoice>")
    let text = try #require(Reading.read(xml).text)
    #expect([text.number, text.gross] == ["12345678", "103.00"])
  }

  @Test func aRedOneOf2019NamesItsBlueOne() throws {
    let xml = DialectSamples.old.replacing(
      "<fp:TypeCode>0</fp:TypeCode>",
      with: """
        <fp:TypeCode>1</fp:TypeCode><fp:OriginalInvoiceCode>031002000211</fp:OriginalInvoiceCode>\
        <fp:OriginalInvoiceNo>12340000</fp:OriginalInvoiceNo>
        """)
    let text = try #require(Reading.read(xml).text)
    #expect([text.issueType, text.blueNumber] == ["N", "031002000211-12340000"])
  }

  @Test func theInstanceOfABookedInvoice() throws {
    let xml = DialectSamples.instance(
      "einv",
      [
        ("InvoiceNumber", "26332000000000000901"), ("SellerName", "上海拾光里商业管理有限公司"),
        ("SellerIdNum", ComposedInvoice.seller), ("TotalAmWithoutTax", "1000.00"),
        ("TotalTaxAm", "90.00"), ("TotalTax-includedAmount", "1090.00"),
        ("RequestTime", "2026-05-06T10:11:12"), ("WhetherEinvoiceIsRedEinvoice", "false"),
        ("UnifiedSocialCreditCodeOfAccountingEntity", ComposedInvoice.buyer),
        ("NameOfAccountingEntity", "无锡山茶咖啡有限公司"),
        ("WhetherEinvoiceUsageHasBeenConfirmed", "true"),
      ], day: "2021-11-30")
    let reading = Reading.read(xml)
    #expect(reading.findings == [])
    #expect(reading.carrier == .xbrl)
    let text = try #require(reading.text)
    #expect(text.carrier == .xbrl)
    #expect([text.net, text.tax, text.gross] == ["1000.00", "90.00", "1090.00"])
    #expect([text.buyer.taxNumber, text.buyer.name] == [ComposedInvoice.buyer, "无锡山茶咖啡有限公司"])
    #expect([text.issueType, text.kindCode] == ["Y", "01"])
    #expect(
      text.extras.map(\.path) == [
        "WhetherEinvoiceIsRedEinvoice", "WhetherEinvoiceUsageHasBeenConfirmed",
      ])
  }

  @Test func theInstanceOfAnInvoiceFromBeforeHasCodeAndNumberAsOne() throws {
    let xml = DialectSamples.instance(
      "einv",
      [
        ("InvoiceNumber", "033002000211-83089002"), ("SellerName", "上海拾光里商业管理有限公司"),
        ("TotalAmWithoutTax", "1000.00"), ("TotalTaxAm", "90.00"),
        ("TotalTax-includedAmount", "1090.00"), ("RequestTime", "2021-05-06T10:11:12"),
      ], day: "2021-11-30")
    let text = try #require(Reading.read(xml).text)
    #expect([text.code, text.number] == ["033002000211", "83089002"])
    #expect(Invoice(text)?.number.text == "033002000211-83089002")
  }

  @Test func aTicketOfTheRailway() throws {
    let text = try #require(
      Reading.read(DialectSamples.instance("rai", DialectSamples.ticket, day: "2021-11-30")).text)
    #expect([text.number, text.requestedAt] == ["26319000000000000901", "2026-05-08"])
    #expect(text.kindName == "电子发票（铁路电子客票）")
    #expect([text.net, text.tax, text.gross] == ["100.00", "9.00", "109.00"])
    #expect([text.seller.name, text.buyer.name] == [nil, "无锡山茶咖啡有限公司"])
    #expect(text.lines.map(\.rate) == ["0.09"])
    #expect(text.extras.map(\.path).contains("TravelDate"))
  }

  @Test func theFundOfAviationIsNoPriceOfAFlight() throws {
    let text = try #require(
      Reading.read(DialectSamples.instance("atr", DialectSamples.flight)).text)
    #expect(text.number == "26319000000000000902")
    #expect([text.net, text.tax, text.gross] == ["559.63", "50.37", "610.00"])
    #expect(text.kindName == "电子发票（航空运输电子客票行程单）")
    #expect(text.seller.name == "示例航空有限公司")
    #expect(text.lines.map(\.net) == ["559.63"])
    #expect(text.extras.contains { $0.path == "TotalAmount" && $0.text == "660.00" })
    #expect(text.extras.contains { $0.path == "CivilAviationDevelopmentFund" })
  }

  @Test func partsOfATicketThatAreNotItsTotalAreAnError() {
    let facts = DialectSamples.flight.map { $0.0 == "TotalAmount" ? ($0.0, "661.00") : $0 }
    let reading = Reading.read(DialectSamples.instance("atr", facts))
    #expect(reading.text == nil)
    #expect(reading.findings.map(\.rule) == ["invoice.air-total"])
  }

  @Test(arguments: [
    ("dzfp_26332000000000000901_无锡山茶咖啡有限公司_20260506101112.pdf", "26332000000000000901"),
    ("in/26332000000000000901.pdf", "26332000000000000901"),
    ("26332000000000000901 (26332000000000000901).pdf", "26332000000000000901"),
    ("26332000000000000902_dzfp_26332000000000000901.pdf", "26332000000000000901"),
    ("26332000000000000901-26332000000000000902.pdf", nil),
    ("263320000000000009011.pdf", nil), ("汇总单.pdf", nil), ("26332000000000000901/a.pdf", nil),
  ])
  func thePDFHasItsNumberInItsName(_ file: (String, String?)) {
    let reading = Reading.read(Array("%PDF-1.7\n".utf8), name: file.0)
    #expect(reading.carrier == .pdf)
    #expect(reading.text?.number == file.1)
    #expect(reading.findings.map(\.rule) == (file.1 == nil ? ["invoice.pdf-number"] : []))
  }

  @Test(arguments: [
    ([UInt8](), "invoice.file-empty"), (Array("GIF89a".utf8), "invoice.file-kind"),
    (Array("  \n".utf8), "invoice.file-kind"), ([0], "invoice.file-kind"),
    (Array("发票代码,发票号码".utf8), "invoice.file-kind"), ([0xFF, 0xFE], "invoice.xml-form"),
    ([0x50, 0x4B, 3, 4], "invoice.archive-broken"),
  ])
  func whatIsNoFileOfAnInvoice(_ file: ([UInt8], String)) {
    let reading = Reading.read(file.0)
    #expect(reading.text == nil)
    #expect(reading.findings.map(\.rule) == [file.1])
  }

  @Test func aFileThatIsTooLargeIsNotLookedAt() {
    let reading = Reading.read([UInt8](repeating: 0x20, count: InvoiceReader.maxSize + 1))
    #expect(reading.findings.map(\.rule) == ["invoice.file-size"])
  }

  @Test func theContentDecidesAndNotTheName() {
    #expect(Reading.read(ComposedInvoice().bytes, name: "a.pdf").text?.carrier == .xml)
    #expect(Reading.read(ComposedOFD().bytes, name: "a.xml").carrier == .ofd)
  }
}
