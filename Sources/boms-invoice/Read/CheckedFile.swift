import Shared

/// One file: the invoice in it, and what reading and rules found.
struct CheckedFile: Sendable {
  /// Nil if there is none to know; with an error among the findings it must not be taken in.
  private(set) var invoice: Invoice?
  /// The invoice's, or what stands in its place.
  private(set) var number: String?
  /// Nil if the file is of no kind that we know.
  private(set) var carrier: Carrier?
  private(set) var findings: [InvoiceFinding]

  /// A file that cannot be read at all.
  init(refused finding: InvoiceFinding) {
    findings = [finding]
  }

  init(
    _ bytes: UnsafeRawBufferPointer, name: String, _ reader: InvoiceReader,
    _ setting: InvoiceSetting
  ) {
    let reading = reader.read(bytes, name: name)
    findings = reading.findings
    carrier = reading.carrier
    guard let text = reading.text else { return }
    let written = text.number ?? text.headerNumber
    let checked = InvoiceCheck.run(text, setting)
    invoice = checked.invoice
    number = invoice?.number.text ?? written
    findings += checked.findings
  }
}
