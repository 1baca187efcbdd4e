import Testing

@testable import boms_invoice

/// Elements as readers see them, made by the parser of real bytes.
struct XMLTreeTests {
  private func read<Result>(_ xml: String, _ body: (XMLElement) -> Result) throws -> Result {
    try Array(xml.utf8).withUnsafeBytes { bytes in
      try XMLParser().read(bytes, warn: { _ in }) { (root) throws(InvoiceFinding) -> Result in
        body(root)
      }
    }
  }

  @Test func aTextIsWholeThoughElementsStandInIt() throws {
    let texts = try read("<a> one<b>two<c/>three</b> four <!-- x --><![CDATA[& five]]> </a>") {
      root in
      [root.text, root.child("b")?.text, root.child("b")?.child("c")?.text]
    }
    #expect(texts == ["one four & five", "twothree", nil])
  }

  @Test func blanksAreNoText() throws {
    let texts = try read("<a>\n  <b>\t\u{3000}</b>\n  <c>  </c></a>") { root in
      [root.text, root.child("b")?.text, root.child("c")?.text]
    }
    #expect(texts == [nil, nil, nil])
  }

  @Test func anAttributeHasItsCharactersAndNoMore() throws {
    let values = try read(
      "<a one='1' p:two=\" a &amp; &lt; &#38;#38; \" three='' xmlns:p='urn:x'/>"
    ) { root in
      [
        root.attribute("one"), root.attribute("two"), root.attribute("three"),
        root.attribute("four"),
      ]
    }
    #expect(values == ["1", "a & < &#38;", nil, nil])
  }

  @Test func namesAreThoseBehindThePrefixAndNamespacesThoseDeclared() throws {
    let names = try read("<p:a xmlns:p='urn:x'><q:b/><:c/></p:a>") { root in
      [root.localName, root.namespace ?? "-"]
        + root.children.flatMap { [$0.localName, $0.namespace ?? "-"] }
    }
    #expect(names == ["a", "urn:x", "b", "-", "c", "-"])
  }

  @Test func whatIsFilledHoldsOnlyTheText() throws {
    let seen = try read("<a><b>old<c>gone</c></b></a>") { root -> [String?] in
      root.child("b")?.fill(with: "new")
      let filled = root.child("b")?.text
      let isLeaf = root.child("b")?.hasChildren == false
      root.child("b")?.fill(with: nil)
      return [filled, "\(isLeaf)", root.child("b")?.text]
    }
    #expect(seen == ["new", "true", nil])
  }

  @Test(arguments: ["b", "c", "d"]) func whatIsRemovedIsGoneAndTheOthersStay(_ name: String) throws
  {
    let left = try read("<a><b/><c/><d/></a>") { root -> [String] in
      for child in Array(root.children) where child.localName == name { child.remove() }
      return root.children.map(\.localName)
    }
    #expect(left == ["b", "c", "d"].filter { $0 != name })
  }

  @Test func aDocumentLeavesNothingToTheNext() throws {
    let parser = XMLParser()
    func texts(_ xml: String) throws -> [String?] {
      try Array(xml.utf8).withUnsafeBytes { bytes in
        try parser.read(bytes, warn: { _ in }) { (root) throws(InvoiceFinding) -> [String?] in
          [root.localName, root.text] + root.children.map(\.text)
        }
      }
    }
    #expect(try texts("<a>x<b>y</b><b>z</b></a>") == ["a", "x", "y", "z"])
    #expect(throws: InvoiceFinding.self) { try texts("<a>x<b>") }
    #expect(try texts("<c/>") == ["c", nil])
  }
}
