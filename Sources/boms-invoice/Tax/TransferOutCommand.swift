import ArgumentParser
import Shared

/// `boms-invoice transfer-out`: deducted tax that goes out again (进项转出).
struct TransferOutCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "transfer-out", "Record deducted tax that goes out again.",
    examples: [
      "boms-invoice transfer-out 26332000000000000104 --period 2026-11 --tax 500 \\",
      "  --reason 改用于职工福利",
      "boms-invoice transfer-out --due --period 2026-11 --reason 红字确认",
    ],
    discussion: """
      --due records what red invoices of the period ask for ('deduct report' lists it as \
      transfer_due), each with its red invoice; a second run records nothing. No more goes out than \
      was deducted.
      """)

  @Argument(help: ArgumentHelp("The number of the deducted invoice.", valueName: "number"))
  var number: String?

  @Option(
    help: ArgumentHelp("The tax period (所属期) in which it goes out.", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var period: CivilMonth

  @Option(
    help: ArgumentHelp("How much tax, in yuan (default: all that is deducted).", valueName: "yuan"),
    transform: Money.parse)
  var tax: Money?

  @Flag(help: "What red invoices of the period ask for.")
  var due = false

  @OptionGroup var decision: Decision

  func validate() throws {
    if due == (number != nil) { throw ValidationError("give a number, or --due") }
    if due, tax != nil { throw ValidationError("--due knows how much: it takes no --tax") }
    if let tax, tax <= .zero { throw ValidationError("--tax must be above zero") }
  }

  func run() throws {
    let (context, day, books) = try decision.open()
    let gone = try books.write(dryRun: decision.dryRun) { db in
      let pool = try TaxPool(db, asOf: day)
      return try number.map { [try transfer($0, pool, db, on: day)] } ?? recordDue(pool, on: day)
    }
    var summary = Summary((Phrase("transferred out", "进项转出"), gone.count))
    let sum = try gone.reduce(Money.zero) { try $0 + $1 }
    summary.note(Phrase("tax \(sum.grouped)", "税额 \(sum.grouped)"))
    if gone.isEmpty { summary.note(Phrase("nothing is due", "没有应转出的税额")) }
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }

  private func transfer(
    _ number: String, _ pool: TaxPool, _ db: BooksConnection, on day: CivilDate
  ) throws -> Money {
    let invoice = try pool.require(number, db)
    guard let deduction = invoice.standing.history.deduction else {
      throw ValueError(
        "invoice.not-deducted",
        Phrase("invoice '\(invoice.number)' is not deducted", "发票“\(invoice.number)”未抵扣"),
        hint: Phrase("only deducted tax goes out", "只有已抵扣的税额才需转出"))
    }
    let left = try deduction.transfers.reduce(deduction.tax) { try $0 - $1.tax }
    let amount = tax ?? left
    guard amount <= left, amount > .zero else {
      throw ValueError(
        "invoice.transferred-out",
        Phrase(
          "of invoice '\(invoice.number)' \(left.grouped) is deducted and has not gone out",
          "发票“\(invoice.number)”已抵扣且未转出的税额为 \(left.grouped)"),
        hint: Phrase("give no more than that with --tax", "--tax 不能超过该金额"))
    }
    try record(amount, invoice, redNo: nil, pool, on: day)
    return amount
  }

  private func recordDue(_ pool: TaxPool, on day: CivilDate) throws -> [Money] {
    var found: [(TaxInvoice, InvoiceStanding.Transfer)] = []
    try pool.invoices.forEach { invoice in
      found += invoice.standing.transfersDue.filter { $0.month == period }.map { (invoice, $0) }
    }
    for (invoice, transfer) in found {
      try record(transfer.tax, invoice, redNo: transfer.redNo, pool, on: day)
    }
    return found.map(\.1.tax)
  }

  private func record(
    _ tax: Money, _ invoice: TaxInvoice, redNo: String?, _ pool: TaxPool, on day: CivilDate
  ) throws {
    try pool.record(
      InvoiceEvent(
        .transferredOut, on: day, period: period, tax: tax, otherNo: redNo,
        reason: decision.reason), of: invoice)
  }
}
