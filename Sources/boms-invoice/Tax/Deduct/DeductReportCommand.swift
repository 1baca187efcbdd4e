import ArgumentParser
import Shared

/// `boms-invoice deduct report`: what is deducted in a month, and what goes out again.
struct DeductReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "report",
    Phrase(
      "Sum up a tax period: selected, deducted, transferred out, what is left to deduct.",
      "汇总一个所属期：已勾选、已抵扣、已转出和可抵扣的净额。"),
    examples: [
      "boms-invoice deduct report --month 2026-11 --format table",
      "boms-invoice deduct report --month 2026-11 --company WY --headings zh --bom",
    ],
    discussion: Phrase(
      """
      By company and kind of invoice: what is ticked and not confirmed yet (selected), and what is \
      deducted. Each 进项转出 is a row of its own: with the red invoice that is its reason, or with the \
      words of 'transfer-out'. transfer_due is one that a red invoice of the month asks for and that \
      is not recorded yet. The row net of a company is deducted less both.
      """,
      """
      按公司和发票种类汇总：已勾选未确认的（selected）和已抵扣的。每笔进项转出单独一行，注明所\
      依据的红字发票或 'transfer-out' 的说明。transfer_due 为当月红字发票要求转出而尚未登记\
      的。每个公司的 net 行为已抵扣减去前两者。
      """))

  @Option(
    help: .boms("The tax period (所属期).", "税款所属期。", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var month: CivilMonth

  @Option(help: .boms("Only of this company of ours.", "只处理本方的此公司。", valueName: "company"))
  var company: String?

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let books = try context.books(database, .reading)
    let writer = output.writer(
      DeductReport.fields.map { Column($0) }, context.environment,
      titled: Phrase("deductions", "抵扣汇总"))
    var report = DeductReport(month: month)
    try books.read { db in
      if let company { try KnownNumber.require("company", company, "收款主体", db) }
      let store = try TaxInvoiceStore(db, asOf: asOf.day(context.environment))
      try store.forEach(.init(companyNo: company)) { invoice in
        if company == nil || invoice.buyerCompanyNo == company { try report.add(invoice) }
      }
    }
    for row in try report.rows(context.language) { try writer.row(row) }
    try writer.finish()
    var summary = Summary((Phrase("deducted", "抵扣"), report.count))
    summary.note(
      Phrase(
        "tax \(report.deducted.grouped) · transferred out \(report.transferred.grouped) · left to "
          + "deduct \(try (report.deducted - report.transferred).grouped)",
        "税额 \(report.deducted.grouped) · 进项转出 \(report.transferred.grouped) · 净抵扣 "
          + "\(try (report.deducted - report.transferred).grouped)"))
    context.console.say(summary)
  }
}
