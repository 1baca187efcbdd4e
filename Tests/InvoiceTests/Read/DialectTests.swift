import Testing

@testable import boms_invoice

/// Invoices in other forms than 数电票 XML, and files that are none.
struct DialectTests {
  static let old = """
    <eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019" Version="1.0">\
    <fp:InvoiceCode>031002000211</fp:InvoiceCode><fp:InvoiceNo>12345678</fp:InvoiceNo>\
    <fp:TypeCode>0</fp:TypeCode><fp:IssueDate>2020年07月23日</fp:IssueDate>\
    <fp:InvoiceCheckCode>01234567890123456789</fp:InvoiceCheckCode>\
    <fp:Buyer><fp:BuyerName>无锡山茶咖啡有限公司</fp:BuyerName><fp:BuyerTaxID>
     </fp:BuyerTaxID></fp:Buyer><fp:Seller><fp:SellerName>上海拾光里商业管理有限公司</fp:SellerName>\
    <fp:SellerAddrTel>拾光路8号 021-50000000</fp:SellerAddrTel></fp:Seller>\
    <fp:TaxInclusiveTotalAmount>103.00</fp:TaxInclusiveTotalAmount>\
    <fp:TaxExclusiveTotalAmount>100.00</fp:TaxExclusiveTotalAmount>\
    <fp:TaxTotalAmount>***</fp:TaxTotalAmount><fp:Signature>MII=</fp:Signature>\
    <fp:GoodsInfos><fp:GoodsInfo><fp:Item>*餐饮服务*餐费</fp:Item><fp:Amount>100.00</fp:Amount>\
    <fp:TaxScheme>3%</fp:TaxScheme><fp:TaxAmount>3.00</fp:TaxAmount></fp:GoodsInfo>\
    <fp:GoodsInfo><fp:Item>*餐饮服务*餐费</fp:Item><fp:Amount>-1.00</fp:Amount></fp:GoodsInfo>\
    </fp:GoodsInfos></eInvoice>
    """

  @Test func theFormOf2019() throws {
    let reading = Reading.read(DialectTests.old)
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
    let xml = DialectTests.old.replacing(
      "<eInvoice xmlns:fp=\"http://www.edrm.org.cn/schema/e-invoice/2019\" Version=\"1.0\">",
      with: "<:eInvoice xmlns:=\"\">"
    ).replacing("</eInvoice>", with: "</:eInvoice>")
    let text = try #require(Reading.read(xml).text)
    #expect([text.number, text.gross] == ["12345678", "103.00"])
  }

  @Test func aRedOneOf2019NamesItsBlueOne() throws {
    let xml = DialectTests.old.replacing(
      "<fp:TypeCode>0</fp:TypeCode>",
      with: """
        <fp:TypeCode>1</fp:TypeCode><fp:OriginalInvoiceCode>031002000211</fp:OriginalInvoiceCode>\
        <fp:OriginalInvoiceNo>12340000</fp:OriginalInvoiceNo>
        """)
    let text = try #require(Reading.read(xml).text)
    #expect([text.issueType, text.blueNumber] == ["N", "031002000211-12340000"])
  }

  /// An instance of a taxonomy, with the facts that it states.
  static func instance(_ taxonomy: String, _ facts: [(String, String)], day: String = "2023-12-31")
    -> String
  {
    let facts = facts.map {
      "<\(taxonomy):\($0.0) contextRef=\"c1\">\($0.1)</\(taxonomy):\($0.0)>"
    }
    return """
      <xbrl xmlns="http://www.xbrl.org/2003/instance" \
      xmlns:\(taxonomy)="http://xbrl.mof.gov.cn/taxonomy/\(day)/\(taxonomy)">\
      <context id="c1"><entity><identifier scheme="http://xbrl.mof.gov.cn">x</identifier></entity>\
      </context><unit id="u1"><measure>iso4217:CNY</measure></unit>\(facts.joined())</xbrl>
      """
  }

  @Test func theInstanceOfABookedInvoice() throws {
    let xml = DialectTests.instance(
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

  static let ticket: [(String, String)] = [
    ("TypeOfVoucher", "电子发票（铁路电子客票）"),
    ("ElectronicInvoiceRailwayETicketNumber", "26319000000000000901"),
    ("DateOfIssue", "2026-05-08"), ("TravelDate", "2026-05-02"), ("TypeOfBusiness", "售"),
    ("Fare", "109.00"), ("TotalAmountExcludingTax", "100.00"), ("TaxRate", "0.09"),
    ("TaxAmount", "9.00"), ("NameOfPurchaser", "无锡山茶咖啡有限公司"),
    ("UnifiedSocialCreditCodeOfPurchaser", ComposedInvoice.buyer), ("IssueParty", ""),
  ]

  @Test func aTicketOfTheRailway() throws {
    let text = try #require(
      Reading.read(DialectTests.instance("rai", DialectTests.ticket, day: "2021-11-30")).text)
    #expect([text.number, text.requestedAt] == ["26319000000000000901", "2026-05-08"])
    #expect(text.kindName == "电子发票（铁路电子客票）")
    #expect([text.net, text.tax, text.gross] == ["100.00", "9.00", "109.00"])
    #expect([text.seller.name, text.buyer.name] == [nil, "无锡山茶咖啡有限公司"])
    #expect(text.lines.map(\.rate) == ["0.09"])
    #expect(text.extras.map(\.path).contains("TravelDate"))
  }

  static let flight: [(String, String)] = [
    ("ElectronicInvoiceAirTransportReceiptNumber", "26319000000000000902"),
    ("IssueDate", "2026-05-08"), ("ETicketNumber", "7810000000000"), ("Fare", "550.46"),
    ("FuelSurcharge", "9.17"), ("VatRate", "0.09"), ("VatTaxAmount", "50.37"),
    ("CivilAviationDevelopmentFund", "50.00"), ("OtherTaxes", "0.00"), ("TotalAmount", "660.00"),
    ("NameOfPurchaser", "无锡山茶咖啡有限公司"), ("IssueParty", "示例航空有限公司"),
  ]

  @Test func theFundOfAviationIsNoPriceOfAFlight() throws {
    let text = try #require(Reading.read(DialectTests.instance("atr", DialectTests.flight)).text)
    #expect(text.number == "26319000000000000902")
    #expect([text.net, text.tax, text.gross] == ["559.63", "50.37", "610.00"])
    #expect(text.kindName == "电子发票（航空运输电子客票行程单）")
    #expect(text.seller.name == "示例航空有限公司")
    #expect(text.lines.map(\.net) == ["559.63"])
    #expect(text.extras.contains { $0.path == "TotalAmount" && $0.text == "660.00" })
    #expect(text.extras.contains { $0.path == "CivilAviationDevelopmentFund" })
  }

  @Test func partsOfATicketThatAreNotItsTotalAreAnError() {
    let facts = DialectTests.flight.map { $0.0 == "TotalAmount" ? ($0.0, "661.00") : $0 }
    let reading = Reading.read(DialectTests.instance("atr", facts))
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
