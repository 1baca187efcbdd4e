import Shared

/// The pool as the tax side works on it: invoices as they stand on a day, and the events to add.
struct TaxPool {
  let invoices: TaxInvoiceStore
  let events: InvoiceEventStore

  init(_ db: BooksConnection, asOf day: CivilDate) throws {
    invoices = try TaxInvoiceStore(db, asOf: day)
    events = try InvoiceEventStore(db)
  }

  /// - Throws: `Failure` 65 for what is no number, 66 for an invoice that the pool does not have on the
  ///   day.
  func require(_ written: String, _ db: BooksConnection) throws -> TaxInvoice {
    let known = try KnownInvoice.require(written, db)
    if let invoice = try invoices.find(known.number) { return invoice }
    throw Failure(
      .noInput,
      Phrase(
        "invoice '\(known.number)' had not come by that day", "截至该日，票池中没有发票“\(known.number)”"),
      hint: Phrase("give a later day with --as-of", "请用 --as-of 指定较晚的日期"))
  }
}
