import Shared

/// What came of reading one file.
struct InvoiceReading: Sendable {
  /// Nil if the file is rejected; the findings say why.
  var text: InvoiceText?
  var findings: [InvoiceFinding] = []
  /// Nil if the file is of no kind that we know.
  var carrier: Carrier?
}

extension InvoiceFinding: Error {}
