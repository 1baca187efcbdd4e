import ArgumentParser
import Shared

/// `boms-invoice deduct select`: what to tick for a month (勾选).
struct DeductSelectCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "select",
    Phrase(
      "Propose the invoices to tick for a tax period, in the columns of the bureau's list.",
      "建议一个所属期应勾选的发票，列同税务局清单。"),
    examples: [
      "boms-invoice deduct select --month 2026-11 --format table",
      "boms-invoice deduct select --month 2026-11 --record --headings zh > 勾选.csv",
      "boms-invoice deduct select --month 2026-11 --why --lang zh --format table",
    ],
    discussion: Phrase(
      """
      Proposed are 专票, 机动车, 铁路电子客票, 航空行程单 and road tolls that we received, issued by the end of \
      the month, verified (00), without a risk, and not used for welfare, personal consumption, exempt \
      or simplified business; of the tax, what no red invoice has taken back. Catering, everyday \
      services, entertainment and loans are left out; 'use --as taxable' says that they were not \
      consumed. Nothing is stored unless --record is given: then they are selected (已勾选) for the \
      month. Those that are selected for it already are listed again, so that the list is whole.
      """,
      """
      建议勾选的是收到的专票、机动车票、铁路电子客票、航空行程单和通行费发票，须在月末前开具、\
      已验真（00）、无风险，且不用于集体福利、个人消费、免税或简易计税项目；税额扣除已被红字发\
      票冲回的部分。餐饮、居民日常服务、娱乐和贷款服务不列入；'use --as taxable' 可指明并非消\
      费。除非加 --record 将其记为当月已勾选，否则不写入。当月已勾选的再次列出，使清单完整。
      """))

  @Option(
    help: .boms("The tax period (所属期).", "税款所属期。", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var month: CivilMonth

  @Option(help: .boms("Only of this company of ours.", "只处理本方的此公司。", valueName: "company"))
  var company: String?

  @Flag(help: .boms("List those that are left out, too, and why.", "也列出未列入的发票及原因。"))
  var why = false

  @Flag(help: .boms("Record them as selected.", "记为已勾选。"))
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
