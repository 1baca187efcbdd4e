import ArgumentParser
import Shared

/// `boms-invoice deduct select`: what to tick for a month (勾选).
struct DeductSelectCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "select", "Propose the invoices to tick for a tax period, in the columns of the bureau's list.",
    examples: [
      "boms-invoice deduct select --month 2026-11 --format table",
      "boms-invoice deduct select --month 2026-11 --record --headings zh > 勾选.csv",
      "boms-invoice deduct select --month 2026-11 --why --lang zh --format table",
    ],
    discussion: """
      Proposed are 专票, 机动车, 铁路电子客票, 航空行程单 and road tolls that we received, issued by the end of \
      the month, verified (00), without a risk, and not used for welfare, personal consumption, exempt \
      or simplified business; of the tax, what no red invoice has taken back. Catering, everyday \
      services, entertainment and loans are left out; 'use --as taxable' says that they were not \
      consumed. Nothing is stored unless --record is given: then they are selected (已勾选) for the \
      month. Those that are selected for it already are listed again, so that the list is whole.
      """)

  @Option(
    help: ArgumentHelp("The tax period (所属期).", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var month: CivilMonth

  @Option(help: ArgumentHelp("Only of this company of ours.", valueName: "company"))
  var company: String?

  @Flag(help: "List those that are left out, too, and why.")
  var why = false

  @Flag(help: "Record them as selected.")
  var record = false

  @OptionGroup var recording: Recording
  @OptionGroup var output: OutputOptions

  func run() throws {
    let (context, day, books) = try recording.open()
    let fields = DeductSelectRun.fields + (why ? DeductSelectRun.whyFields : [])
    let writer = output.writer(fields.map { Column($0) }, context.environment)
    let run = DeductSelectRun(
      month: month, companyNo: company, day: day, showsWhy: why, language: context.language)
    let outcome =
      record
      ? try books.write(dryRun: recording.dryRun) { try run.run($0, records: true) }
      : try books.read { try run.run($0, records: false) }
    for row in outcome.rows { try writer.row(row) }
    try writer.finish()
    var summary = Summary((Phrase("proposed", "建议勾选"), outcome.proposed))
    summary.add(Phrase("selected before", "此前已勾选"), outcome.selectedBefore)
    summary.add(Phrase("left out", "未列入"), outcome.leftOut)
    summary.note(Phrase("tax \(outcome.tax.grouped)", "税额 \(outcome.tax.grouped)"))
    if !record, outcome.proposed > 0 {
      summary.note(Phrase("not recorded (--record)", "未记录（--record）"))
    }
    if recording.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}
