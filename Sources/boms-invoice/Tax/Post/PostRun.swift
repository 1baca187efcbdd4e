import Shared

/// Posts invoices, each once and for what is left of it.
struct PostRun {
  /// The day on which it is recorded.
  let day: CivilDate
  let entries: [AccountingEntry]

  struct Outcome {
    var records: [[Cell]] = []
    var refused = 0
    var gross = Money.zero
  }

  static let fields: [Field] = [
    .code("invoice_no", "发票号码"), .code("voucher", "凭证号"), .month("period", "会计期间"),
    .date("posted_on", "入账日期"), .money("net", "金额"), .money("tax", "税额"),
    .money("gross", "价税合计"), .code("blue_no", "蓝字发票号码"), .text("summary", "摘要"),
  ]

  func run(
    _ postings: [Posting], _ db: BooksConnection, report: (Finding) -> Void
  ) throws -> Outcome {
    var outcome = Outcome()
    let entryStore = try AccountingEntryStore(db)
    var pool = try TaxPool(db, asOf: day)
    for posting in postings {
      do {
        let invoice = try pool.require(posting.number, db)
        try post(invoice, posting, pool, entryStore, &outcome)
        // The reds of all invoices were read at once: one that is posted now stands otherwise.
        if invoice.standing.isRed { pool = try TaxPool(db, asOf: day) }
      } catch let error as any FailureConvertible where error.asFailure.isOfTheInvoice {
        let failure = error.asFailure
        outcome.refused += 1
        report(
          Finding(
            rule: (error as? ValueError)?.rule ?? "post.unknown", file: posting.file,
            line: posting.line, value: posting.number,
            message: (error as? ValueError)?.message ?? failure.message, hint: failure.hint))
      }
    }
    return outcome
  }

  private func post(
    _ invoice: TaxInvoice, _ posting: Posting, _ pool: TaxPool, _ entryStore: AccountingEntryStore,
    _ outcome: inout Outcome
  ) throws {
    guard let voucher = posting.voucher, let period = posting.period else { return }
    let bookedOn = posting.on ?? day
    let sums = try PostingRule.sums(of: invoice.standing, number: invoice.number)
    if !entries.isEmpty { try AccountingEntry.check(entries, balanceWith: sums.gross) }
    var event = InvoiceEvent(
      .posted, on: day, period: period, voucher: voucher, net: sums.net, tax: sums.tax,
      gross: sums.gross, otherNo: invoice.blueNo, reason: posting.summary)
    event.bookedOn = bookedOn
    try pool.record(event, of: invoice)
    try entryStore.add(entries, toLastEventOf: invoice.id)
    outcome.gross = try outcome.gross + sums.gross
    outcome.records.append([
      .text(invoice.number), .text(voucher), .text(period.description), Cell(bookedOn),
      Cell(sums.net), Cell(sums.tax), Cell(sums.gross), Cell(invoice.blueNo),
      Cell(posting.summary),
    ])
  }
}

extension Failure {
  /// Whether it is about this invoice only, so that others may go on.
  fileprivate var isOfTheInvoice: Bool { status == .badData || status == .noInput }
}
