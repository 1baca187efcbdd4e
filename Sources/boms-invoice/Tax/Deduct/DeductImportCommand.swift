import ArgumentParser
import Shared

/// `boms-invoice deduct import`: the tax bureau's lists beside the pool.
struct DeductImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "import", "Compare lists of the tax bureau with the pool, and take over what they say.",
    examples: [
      "boms-invoice deduct import 抵扣勾选.csv --encoding auto --period 2026-11",
      "boms-invoice deduct import 信息汇总表.csv 发票基础信息.csv",
      "boms-invoice deduct import 统计确认.csv --confirmed --period 2026-11",
      "boms-invoice deduct import 抵扣勾选.xlsx --sheet 发票基础信息",
    ],
    discussion: """
      Takes the list for ticking (抵扣勾选) and both sheets of 全量发票查询, of any version: columns are \
      found by their headings, rows of lines are summed by invoice. One row comes out for each invoice: \
      in both, only in the list, only in the pool (of the companies and months that the list has), or \
      with other sums. Taken over are 发票状态, risk and 红字锁定. A ticked row is selected (已勾选) for \
      --period, or for the period for which the pool has it selected; one that is not ticked any more \
      is not selected. Only of a list that was confirmed (统计确认), --confirmed, is a ticked row \
      deducted. The exit code is 1 if list and pool do not agree. A second import adds nothing.
      """)

  @Argument(
    help: ArgumentHelp("The lists; none or '-' is standard input.", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(
    help: ArgumentHelp("The tax period (所属期) of the ticks.", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var period: CivilMonth?

  @Flag(help: "The list is one that was confirmed: what is ticked in it is deducted.")
  var confirmed = false

  @OptionGroup var input: InputOptions
  @OptionGroup var recording: Recording
  @OptionGroup var output: OutputOptions
  @OptionGroup var errors: ErrorOptions

  func validate() throws {
    try Environment.current.requireInput(files)
    if confirmed, period == nil { throw ValidationError("--confirmed needs --period") }
  }

  func run() throws {
    let (context, day, books) = try recording.open()
    let findings = errors.writer(context.console)
    let list = try BureauList(files.isEmpty ? ["-"] : files, input, findings)
    let run = DeductImportRun(
      list: list, reading: BureauNews.Reading(period: period, isConfirmed: confirmed), day: day,
      language: context.language)
    let writer = output.writer(DeductImportRun.fields.map { Column($0) }, context.environment)
    let outcome = try books.write(dryRun: recording.dryRun) { db in
      try run.run(TaxPool(db, asOf: day)) { findings.write($0) }
    }
    for record in outcome.records { try writer.row(record) }
    try writer.finish()
    findings.finish()
    context.console.say(summary(list, outcome))
    if outcome.differs { throw ExitStatus.some }
  }

  private func summary(_ list: BureauList, _ outcome: DeductImportRun.Outcome) -> Summary {
    var summary = Summary((.read, list.rows), (Phrase("invoices", "发票"), list.entries.count))
    for state in DeductImportRun.State.allCases {
      summary.add(state.name, outcome.counts[state] ?? 0)
    }
    summary.add(.changed, outcome.changed)
    summary.add(Phrase("selected", "勾选"), outcome.selected)
    summary.add(Phrase("deducted", "抵扣"), outcome.deducted)
    if outcome.changed == 0 { summary.note(Phrase("nothing new", "没有新内容")) }
    if recording.dryRun { summary.note(.dryRun) }
    return summary
  }
}
