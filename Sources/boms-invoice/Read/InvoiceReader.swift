import Shared

/// Reads files that carry an invoice, one after the other. What a file is is seen from its bytes, not
/// from the ending of its name.
final class InvoiceReader {
  /// Bytes of one file.
  static let maxSize = 20 << 20

  private let parser = XMLParser()

  /// - Parameter name: the file's, or that of the member of an archive.
  func read(_ bytes: UnsafeRawBufferPointer, name: String) -> InvoiceReading {
    let reading = InvoiceReading()
    do throws(InvoiceFinding) {
      switch try FileKind(bytes) {
      case .xml:
        reading.carrier = .xml
        let text = try invoice(in: bytes, &reading.findings)
        reading.carrier = text.carrier
        reading.text = text
      case .zip:
        reading.carrier = .ofd
        reading.text = try OFDInvoice.read(bytes, parser, &reading.findings)
      case .pdf:
        reading.carrier = .pdf
        reading.text = try PDFName.invoice(name)
      }
    } catch {
      reading.findings.append(error)
    }
    if reading.findings.contains(where: { $0.level == .error }) { reading.text = nil }
    return reading
  }

  /// The invoice of an XML document of any dialect that we know.
  private func invoice(
    in bytes: UnsafeRawBufferPointer, _ findings: inout [InvoiceFinding]
  ) throws(InvoiceFinding) -> InvoiceText {
    var found: [InvoiceFinding] = []
    defer { findings += found }
    return try parser.read(bytes, warn: { found.append($0) }) {
      (root) throws(InvoiceFinding) -> InvoiceText in
      try XMLInvoice.read(root, carrier: .xml, &found)
    }
  }
}
