import Shared

/// What came of reading one file.
///
/// A class, for all the strings in it.
final class InvoiceReading {
  /// Nil if the file is rejected; the findings say why.
  var text: InvoiceText?
  var findings: [InvoiceFinding] = []
  /// Nil if the file is of no kind that we know.
  var carrier: Carrier?
}

extension InvoiceFinding: Error {}
