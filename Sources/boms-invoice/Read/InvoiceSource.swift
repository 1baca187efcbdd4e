/// One file that may carry an invoice, or why there is none to read.
struct InvoiceSource {
  enum Content {
    /// Valid only while it is handed over.
    case bytes(UnsafeRawBufferPointer)
    case refused(InvoiceFinding)
  }

  /// The file as the user named it, or as it lies in the folder that he named; `<stdin>`.
  var name: String
  /// Its path in the archive, where the file is one.
  var member: String?
  var content: Content
}
