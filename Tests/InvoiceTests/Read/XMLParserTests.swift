import Foundation
import Testing

@testable import InvoiceSamples
@testable import boms_invoice

/// What the parser takes, and what it refuses.
struct XMLParserTests {
  private static let gb18030 = String.Encoding(rawValue: 0x8000_0632)

  private func encoded(_ xml: String, _ encoding: String.Encoding) throws -> [UInt8] {
    [UInt8](try #require(xml.data(using: encoding)))
  }

  private func rules(_ xml: String) -> [String] { Reading.read(xml).findings.map(\.rule) }

  @Test func blanksBeforeTheRootAByteOrderMarkAndNoPrologAreFine() {
    let root = ComposedInvoice().root
    for bytes in [
      Array(root.utf8), Array("\n \n\(root)\n".utf8), [0xEF, 0xBB, 0xBF] + ComposedInvoice().bytes,
      [0xEF, 0xBB, 0xBF] + Array(root.utf8),
    ] {
      #expect(Reading.read(bytes).text?.gross == "1090.00")
    }
  }

  @Test func declaredEncodingsAreRead() throws {
    var invoice = ComposedInvoice()
    for (name, encoding) in [("GBK", Self.gb18030), ("gb18030", Self.gb18030)] {
      invoice.prolog = "<?xml version=\"1.0\" encoding=\"\(name)\"?>"
      let reading = Reading.read(try encoded(invoice.xml, encoding))
      #expect(reading.findings == [])
      #expect(reading.text?.buyer.name == "无锡山茶咖啡有限公司")
    }
    invoice.prolog = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>"
    #expect(
      Reading.read(try encoded(invoice.xml, .utf16)).text?.buyer.name == "无锡山茶咖啡有限公司")
  }

  @Test func chineseThatIsNotTheUTF8ThatItClaimsIsReadWithAWarning() throws {
    for prolog in ["", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"] {
      var invoice = ComposedInvoice()
      invoice.prolog = prolog
      let reading = Reading.read(try encoded(invoice.xml, Self.gb18030))
      #expect(reading.findings.map { "\($0.level) \($0.rule)" } == ["warning invoice.encoding"])
      #expect(reading.text?.buyer.name == "无锡山茶咖啡有限公司")
    }
  }

  @Test func damagedUTF8IsNeverReadAsSomethingElse() throws {
    var bytes = ComposedInvoice().bytes
    let at = try #require(bytes.firstIndex { $0 >= 0x80 })
    bytes[at] = 0x41
    let reading = Reading.read(bytes)
    #expect(reading.text == nil)
    #expect(reading.findings.map(\.rule) == ["invoice.encoding"])
    #expect(reading.findings.first?.place == 8)
  }

  @Test func aFileThatIsCutSaysWhere() {
    let xml = ComposedInvoice().xml
    for share in [3, 4, 5] {
      let reading = Reading.read(String(xml.prefix(xml.count * share / 7)))
      #expect(reading.text == nil)
      #expect(reading.findings.map(\.rule) == ["invoice.xml-form"])
      #expect((reading.findings.first?.place ?? 0) > 10)
    }
  }

  @Test func documentTypesAreRefusedBeforeAnythingInThem() {
    let bomb = """
      <!DOCTYPE EInvoice [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">\
      <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>\
      <EInvoice><Header><EIid>&d;</EIid></Header></EInvoice>
      """
    let outside = """
      <!DOCTYPE EInvoice [<!ENTITY x SYSTEM "file:///etc/passwd">]>\
      <EInvoice><Header><EIid>&x;</EIid></Header></EInvoice>
      """
    for xml in [
      bomb, outside, "<!DOCTYPE EInvoice SYSTEM \"http://127.0.0.1/x.dtd\"><EInvoice/>",
      "<!DOCTYPE EInvoice><EInvoice/>", "<!DOCTYPE html><html></html>",
    ] {
      #expect(rules(xml) == ["invoice.internal-subset"])
    }
    #expect(rules("<EInvoice><Header><EIid>&x;</EIid></Header></EInvoice>") == ["invoice.xml-form"])
  }

  @Test func depthAndNumbersAreLimited() {
    func nested(_ depth: Int) -> String {
      "<EInvoice>" + String(repeating: "<a>", count: depth - 1) + "x"
        + String(repeating: "</a>", count: depth - 1) + "</EInvoice>"
    }
    #expect(rules(nested(40)) == [])
    #expect(rules(nested(41)) == ["invoice.xml-limits"])
    #expect(rules(nested(100_000)) == ["invoice.xml-limits"])
    func wide(_ count: Int) -> String {
      "<EInvoice>" + String(repeating: "<a/>", count: count - 1) + "</EInvoice>"
    }
    #expect(rules(wide(50_000)) == [])
    #expect(rules(wide(50_001)) == ["invoice.xml-limits"])
    let attributes = (0..<200_000).map { "a\($0)=''" }.joined(separator: " ")
    #expect(rules("<EInvoice \(attributes)/>") == ["invoice.xml-limits"])
    #expect(rules("<EInvoice \(attributes.prefix(2_000))'/>").count <= 1)
  }

  /// Each of these costs libxml2 time or memory by the square if it is let.
  @Test(.timeLimit(.minutes(1))) func piecesOfTextAndCommentsCostNothing() {
    let pieces = String(repeating: "<![CDATA[a]]><!-- b --><?c d?>&amp;", count: 100_000)
    let reading = Reading.read("<EInvoice><Header><EIid>\(pieces)</EIid></Header></EInvoice>")
    #expect(reading.text?.number?.count == 200_000)
  }

  @Test func namesOfStrangersDoNotStayInMemory() {
    let reader = InvoiceReader()
    for round in 0..<30 {
      let xml = "<EInvoice>" + (0..<1_000).map { "<n\(round)x\($0)/>" }.joined() + "</EInvoice>"
      let bytes = Array(xml.utf8)
      let reading = bytes.withUnsafeBytes { reader.read($0, name: "") }
      #expect(reading.text != nil)
    }
    let bytes = ComposedInvoice().bytes
    #expect(bytes.withUnsafeBytes { reader.read($0, name: "") }.text?.gross == "1090.00")
  }
}
