import ArgumentParser
import Shared

/// `boms-invoice transfer-out`: deducted tax that goes out again (进项转出).
struct TransferOutCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "transfer-out", Phrase("Record deducted tax that goes out again.", "登记已抵扣进项税额的转出。"),
    examples: [
      "boms-invoice transfer-out 26332000000000000104 --period 2026-11 --tax 500 \\",
      "  --reason 改用于职工福利",
      "boms-invoice transfer-out --due --period 2026-11 --reason 红字确认",
    ],
    discussion: Phrase(
      """
      --due records what red invoices of the period ask for ('deduct report' lists it as \
      transfer_due), each with its red invoice; a second run records nothing. No more goes out than \
      was deducted.
      """,
      """
      --due 登记所属期内红字发票要求的转出（'deduct report' 列为 transfer_due），逐笔注明红字\
      发票；再次执行不会重复登记。转出不能超过已抵扣的税额。
      """))

  @Argument(help: .boms("The number of the deducted invoice.", "已抵扣发票的号码。", valueName: "number"))
  var number: String?

  @Option(
    help: .boms("The tax period (所属期) in which it goes out.", "转出的税款所属期。", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var period: CivilMonth

  @Option(
    help: .boms(
      "How much tax, in yuan (default: all that is deducted).", "转出税额，元（默认：全部已抵扣税额）。",
      valueName: "yuan"),
    transform: Money.parse)
  var tax: Money?

  @Flag(help: .boms("What red invoices of the period ask for.", "登记所属期内红字发票要求的转出。"))
  var due = false

  @OptionGroup var decision: Decision

  func validate() throws {
    if due == (number != nil) { throw ValidationError("give a number, or --due", "请给出号码，或 --due") }
    if due, tax != nil {
      throw ValidationError("--due knows how much: it takes no --tax", "--due 已确定金额，不能与 --tax 同用")
    }
    if let tax, tax <= .zero { throw ValidationError("--tax must be above zero", "--tax 应大于 0") }
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
