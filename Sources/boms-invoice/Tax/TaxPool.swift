import Shared

/// The pool as the tax side works on it: invoices as they stand on a day, and the events to add.
struct TaxPool {
  let invoices: TaxInvoiceStore
  /// The names of our companies by credit code.
  let companies: [String: String]
  private let events: InvoiceEventStore

  init(_ db: BooksConnection, asOf day: CivilDate) throws {
    invoices = try TaxInvoiceStore(db, asOf: day)
    companies = try OurCompaniesStore.names(db)
    events = try InvoiceEventStore(db)
  }

  /// - Throws: what the schema refuses, in a sentence about the invoice.
  func record(_ event: InvoiceEvent, of invoice: TaxInvoice) throws {
    do {
      try events.append(event, to: invoice.id)
    } catch let error as ValueError {
      throw ValueError(
        error.rule,
        Phrase(
          "invoice '\(invoice.number)': \(error.message.en)",
          "发票“\(invoice.number)”：\(error.message.zh)"), hint: error.hint)
    }
  }

  /// - Throws: `Failure` 65 for what is no number, 66 for an invoice that the pool does not have on the
  ///   day.
  func require(_ written: String, _ db: BooksConnection) throws -> TaxInvoice {
    let known = try KnownInvoiceStore.require(written, db)
    if let invoice = try invoices.find(known.number) { return invoice }
    throw Failure(
      .noInput,
      Phrase(
        "invoice '\(known.number)' had not come by that day", "截至该日，票池中没有发票“\(known.number)”"),
      hint: Phrase("give a later day with --as-of", "请用 --as-of 指定较晚的日期"))
  }
}
