import Shared

/// An XML document of any dialect that we know, by its root.
enum XMLInvoice {
  static func isKnown(_ root: XMLElement) -> Bool {
    root.isNamed("EInvoice") || root.isNamed("eInvoice") || root.isNamed("xbrl")
  }

  /// - Throws: `invoice.one-per-file`, `invoice.dialect-known`.
  static func read(
    _ root: XMLElement, carrier: Carrier, _ findings: inout [InvoiceFinding]
  ) throws(InvoiceFinding) -> InvoiceText {
    if root.isNamed("EInvoice") {
      let bodies = root.children.filter { $0.isNamed("EInvoiceData") }.count
      if bodies > 1 { throw .manyInvoices(bodies) }
      return EInvoiceXML.read(root, carrier: carrier, &findings)
    }
    if root.isNamed("eInvoice") {
      return EInvoice2019.read(root, carrier: carrier, &findings)
    }
    if root.isNamed("xbrl") {
      return try XBRLInvoice.read(root, carrier: carrier == .xml ? .xbrl : carrier, &findings)
    }
    let many = root.descendants("EInvoice").count + root.descendants("eInvoice").count
    if many > 1 { throw .manyInvoices(many) }
    throw .unknownDialect(root.localName)
  }
}

/// More than one invoice in a file.
enum ManyInvoices {
  /// How many elements `EInvoice` begin in the bytes of a file that is not well-formed.
  static func count(in bytes: UnsafeRawBufferPointer) -> Int {
    let mark: StaticString = "<EInvoice"
    var count = 0
    var start = 0
    while let found = bytes.firstIndex(of: mark, from: start) {
      start = found + mark.utf8CodeUnitCount
      // Not `<EInvoiceData`.
      if start < bytes.count, bytes[start] < 0x30 || bytes[start] == UInt8(ascii: ">") {
        count += 1
      }
    }
    return count
  }
}
