import Testing

@testable import boms_invoice

/// OFD packages of both families of tags, with an attachment, with nothing but drawings.
struct OFDTests {
  private func text(_ ofd: ComposedOFD) throws -> InvoiceText {
    let reading = Reading.read(ofd.bytes)
    #expect(reading.findings == [])
    return try #require(reading.text)
  }

  private func rules(_ ofd: ComposedOFD) -> [String] {
    let reading = Reading.read(ofd.bytes)
    #expect(reading.text == nil)
    #expect(reading.carrier == .ofd)
    return reading.findings.map(\.rule)
  }

  /// Two lines and a discount, each text a piece; the name of the first is broken.
  private static let pieces: [(String, String, String)] = [
    ("20", "170 10 38 5", "26332000000000000901"), ("21", "170 16 38 5", "2026年05月06日"),
    ("22", "20 33 84 10", "无锡山茶咖啡有限公司"), ("23", "120 33 84 10", "上海拾光里商业管理有限公司"),
    ("24", "127 90 26 5", "¥"), ("25", "127 90 26 5", "290.00"),
    ("26", "179 90 26 5", "¥"), ("27", "179 90 26 5", "26.10"),
    ("28", "155 96 48 7", "¥"), ("29", "155 96 48 7", "316.10"),
    ("30", "4 56 36 4", "*经营租赁*铺位租"), ("31", "4 60.5 36 4", "金"),
    ("32", "127 56.1 25 4", "100.00"), ("33", "154 56.1 25 4", "9%"),
    ("34", "179 56.1 26 4", "9.00"),
    ("35", "77 56.1 25 4", "2"), ("36", "102 56.1 25 4", "50"),
    ("40", "4 65 36 4", "*物业服务*物业费"), ("41", "127 65.1 25 4", "200.00"),
    ("42", "154 65.1 25 4", "9%"), ("43", "179 65.1 26 4", "18.00"),
    ("50", "4 69.5 36 4", "*物业服务*物业费"), ("51", "127 69.6 25 4", "-10.00"),
    ("52", "179 69.6 26 4", "-0.90"),
  ]

  static func familyA() -> ComposedOFD {
    typealias OFD = ComposedOFD
    var ofd = ComposedOFD(pieces: pieces)
    let tags = [
      OFD.tag("InvoiceNo", "20"), OFD.tag("IssueDate", "21"),
      "<ofd:Buyer>\(OFD.tag("BuyerName", "22"))</ofd:Buyer>",
      "<ofd:Seller>\(OFD.tag("SellerName", "23"))</ofd:Seller>",
      OFD.tag("TaxExclusiveTotalAmount", "24", "25"), OFD.tag("TaxTotalAmount", "26", "27"),
      OFD.tag("TaxInclusiveTotalAmount", "28", "29"),
      OFD.tag("Item", "30", "31"), OFD.tag("Item", "40"), OFD.tag("Item", "50"),
      OFD.tag("Amount", "32"), OFD.tag("Amount", "41"), OFD.tag("Amount", "51"),
      OFD.tag("TaxScheme", "33"), OFD.tag("TaxScheme", "42"), OFD.tag("Quantity", "35"),
      OFD.tag("Price", "36"), OFD.tag("TaxAmount", "34", "43", "52"),
    ]
    ofd.tags = tags.joined()
    return ofd
  }

  static func familyB() -> ComposedOFD {
    typealias OFD = ComposedOFD
    var ofd = ComposedOFD(pieces: pieces)
    ofd.tags = """
      <ofd:EInvoiceData><ofd:SellerInformation>\(OFD.tag("SellerName", "23"))</ofd:SellerInformation>\
      <ofd:BuyerInformation>\(OFD.tag("BuyerName", "22"))</ofd:BuyerInformation>\
      <ofd:BasicInformation>\(OFD.tag("TotalAmWithoutTax", "24", "25"))\(OFD.tag("TotalTaxAm", "27"))\
      \(OFD.tag("TotalTax-includedAmount", "28"))</ofd:BasicInformation>\
      <ofd:IssuItemInformation>\(OFD.tag("ItemName", "30", "31"))\
      \(OFD.tag("Amount", "32"))\(OFD.tag("TaxRate", "33"))\(OFD.tag("ComTaxAm", "34"))\
      </ofd:IssuItemInformation></ofd:EInvoiceData>\
      <ofd:TaxSupervisionInfo>\(OFD.tag("InvoiceNumber", "20"))\
      <ofd:IssueTime><ofd:ObjectData><ofd:ObjectRef PageRef="61">21</ofd:ObjectRef></ofd:ObjectData>\
      </ofd:IssueTime></ofd:TaxSupervisionInfo>
      """
    return ofd
  }

  @Test func tagsOfFamilyAWithLinesByTheirHeight() throws {
    let text = try text(OFDTests.familyA())
    #expect(text.carrier == .ofd)
    #expect([text.number, text.requestedAt] == ["26332000000000000901", "2026年05月06日"])
    #expect([text.net, text.tax, text.gross] == ["290.00", "26.10", "316.10"])
    #expect([text.buyer.name, text.seller.name] == ["无锡山茶咖啡有限公司", "上海拾光里商业管理有限公司"])
    #expect(text.kindName == "电子发票（增值税专用发票）")
    #expect(text.lines.map(\.itemName) == ["*经营租赁*铺位租金", "*物业服务*物业费", "*物业服务*物业费"])
    #expect(text.lines.map(\.net) == ["100.00", "200.00", "-10.00"])
    #expect(text.lines.map(\.tax) == ["9.00", "18.00", "-0.90"])
    #expect(text.lines.map(\.quantity) == ["2", nil, nil])
    #expect(text.lines.map(\.rate) == ["9%", "9%", nil])
    #expect(!text.isSigned)
  }

  @Test func tagsOfFamilyBWhoseTotalIsOnlyASign() throws {
    let text = try text(OFDTests.familyB())
    #expect([text.number, text.issuedAt] == ["26332000000000000901", "2026年05月06日"])
    #expect([text.net, text.tax, text.gross] == ["290.00", "26.10", "316.10"])
    #expect(text.lines.map(\.itemName) == ["*经营租赁*铺位租金"])
    #expect(text.lines.map(\.net) == ["100.00"])
  }

  @Test func aTotalOfWhichOnlyTheSignIsThere() throws {
    var ofd = OFDTests.familyB()
    ofd.pieces.removeAll { $0.0 == "29" }
    #expect(try text(ofd).gross == "316.10")
    // The words say it: what they are worth is not for the reader.
    ofd.pieces.append(("60", "60 96 82 7", "叁佰壹拾陆圆壹角整"))
    #expect(try text(ofd).gross == nil)
    #expect(try text(ofd).capitals == "叁佰壹拾陆圆壹角整")
    ofd.customs.append(("价税合计", "¥316.10"))
    #expect(try text(ofd).gross == "316.10")
  }

  @Test func tagsWithoutADeclaredPrefix() throws {
    var ofd = OFDTests.familyA()
    ofd.tagRoot = "<:eInvoice xmlns:=\"\">"
    ofd.tagRootEnd = "</:eInvoice>"
    ofd.tagName = "CustomTag.xml"
    #expect(try text(ofd).gross == "316.10")
  }

  @Test func withoutTagsCustomDatasSayWhatTheyCan() throws {
    var ofd = ComposedOFD()
    ofd.customs += [
      ("合计金额", "290.00"), ("合计税额", "26.10"), ("开票日期", "2026年05月06日"),
      ("购买方纳税人识别号", ComposedInvoice.buyer), ("销售方纳税人识别号", ComposedInvoice.seller),
    ]
    let text = try text(ofd)
    #expect([text.net, text.tax, text.gross] == ["290.00", "26.10", "316.10"])
    #expect(
      [text.buyer.taxNumber, text.seller.taxNumber] == [
        ComposedInvoice.buyer, ComposedInvoice.seller,
      ])
    #expect(text.requestedAt == "2026年05月06日")
    #expect(text.lines.isEmpty)
  }

  @Test func anAttachedInvoiceIsTheInvoice() throws {
    var ofd = OFDTests.familyA()
    ofd.attachments = [("Doc_0/Attachs/original_invoice.xml", ComposedInvoice().root)]
    let text = try text(ofd)
    #expect(text.carrier == .ofd)
    #expect(text.dialect == .einvoice)
    #expect(text.gross == "1090.00")
    ofd.attachments = [
      (
        "Doc_0/Attachs/rai_issuer.xml",
        DialectTests.instance(
          "rai",
          [
            ("ElectronicInvoiceRailwayETicketNumber", "26332000000000000901"), ("Fare", "1.00"),
          ])
      ),
      ("Doc_0/Attachs/other.xml", "<other/>"),
    ]
    #expect(try self.text(ofd).dialect == .xbrl)
    #expect(try self.text(ofd).carrier == .ofd)
  }

  @Test func whatTheDocumentSaysMustBeWhatItsDataSay() {
    var ofd = OFDTests.familyA()
    ofd.customs = [("发票号码", "26332000000000000999")]
    #expect(rules(ofd) == ["invoice.ofd-agrees"])
    ofd.customs = [("合计金额", "316.10")]
    #expect(rules(ofd) == ["invoice.ofd-agrees"])
    ofd.attachments = [("Doc_0/Attachs/original_invoice.xml", ComposedInvoice(number: "1").root)]
    ofd.customs = [("发票号码", "26332000000000000901")]
    #expect(rules(ofd) == ["invoice.ofd-agrees"])
  }

  @Test func aSealIsSeenAndNoMore() throws {
    var ofd = OFDTests.familyA()
    ofd.isSealed = true
    let text = try text(ofd)
    #expect(text.isSigned)
    #expect(text.signature?.algorithm == "1.2.156.10197.1.501")
  }

  @Test func anOFDOfDrawingsHasNothingToRead() {
    var ofd = ComposedOFD()
    ofd.customs = []
    #expect(rules(ofd) == ["invoice.ofd-form"])
  }

  @Test func wrongPackagesAreRefused() {
    var files = ComposedOFD().files
    func rules() -> [String] { Reading.read(ComposedZip(files).bytes).findings.map(\.rule) }
    files.removeAll { $0.0 == "Doc_0/Document.xml" }
    #expect(rules() == ["invoice.ofd-form"])
    files = ComposedOFD().files + [("../x.xml", [])]
    #expect(rules() == ["invoice.archive-path"])
    files = ComposedOFD().files + [ComposedOFD().files[0]]
    #expect(rules() == ["invoice.ofd-form"])
    files = [("a.xml", [])]
    #expect(rules() == ["invoice.ofd-form"])
    files = ComposedOFD().files.map { name, bytes in
      name == "Doc_0/Document.xml" ? (name, Array("<!DOCTYPE a><a/>".utf8)) : (name, bytes)
    }
    #expect(rules() == ["invoice.internal-subset"])
    var two = ComposedOFD()
    two.attachments = [
      ("Doc_0/Attachs/a.xml", ComposedInvoice().root),
      ("Doc_0/Attachs/b.xml", ComposedInvoice(number: "26332000000000000902").root),
    ]
    #expect(self.rules(two) == ["invoice.one-per-file"])
  }

  @Test func pathsStayInThePackage() {
    #expect(OFDPackage.resolve("../Tags/a.xml", in: "Doc_0/Pages/b.xml") == "Doc_0/Tags/a.xml")
    #expect(OFDPackage.resolve("/Doc_0/a.xml", in: "Doc_1/b.xml") == "Doc_0/a.xml")
    #expect(OFDPackage.resolve("./a.xml", in: "b.xml") == "a.xml")
    #expect(OFDPackage.resolve("../../etc/passwd", in: "Doc_0/b.xml") == nil)
  }
}
