import Testing

@testable import InvoiceSamples
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

  @Test func tagsOfFamilyAWithLinesByTheirHeight() throws {
    let text = try text(OFDSamples.familyA())
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
    let text = try text(OFDSamples.familyB())
    #expect([text.number, text.issuedAt] == ["26332000000000000901", "2026年05月06日"])
    #expect([text.net, text.tax, text.gross] == ["290.00", "26.10", "316.10"])
    #expect(text.lines.map(\.itemName) == ["*经营租赁*铺位租金"])
    #expect(text.lines.map(\.net) == ["100.00"])
  }

  @Test func aTotalOfWhichOnlyTheSignIsThere() throws {
    var ofd = OFDSamples.familyB()
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
    var ofd = OFDSamples.familyA()
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
    var ofd = OFDSamples.familyA()
    ofd.attachments = [("Doc_0/Attachs/original_invoice.xml", ComposedInvoice().root)]
    let text = try text(ofd)
    #expect(text.carrier == .ofd)
    #expect(text.dialect == .einvoice)
    #expect(text.gross == "1090.00")
    ofd.attachments = [
      (
        "Doc_0/Attachs/rai_issuer.xml",
        DialectSamples.instance(
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
    var ofd = OFDSamples.familyA()
    ofd.customs = [("发票号码", "26332000000000000999")]
    #expect(rules(ofd) == ["invoice.ofd-agrees"])
    ofd.customs = [("合计金额", "316.10")]
    #expect(rules(ofd) == ["invoice.ofd-agrees"])
    ofd.attachments = [("Doc_0/Attachs/original_invoice.xml", ComposedInvoice(number: "1").root)]
    ofd.customs = [("发票号码", "26332000000000000901")]
    #expect(rules(ofd) == ["invoice.ofd-agrees"])
  }

  @Test func aSealIsSeenAndNoMore() throws {
    var ofd = OFDSamples.familyA()
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
