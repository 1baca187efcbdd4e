import ArgumentParser
import Shared

/// `boms-invoice deduct import`: the tax bureau's lists beside the pool.
struct DeductImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "import",
    Phrase(
      "Compare lists of the tax bureau with the pool, and take over what they say.",
      "导入税务局清单，与票池比对，并采用其中的状态。"),
    examples: [
      "boms-invoice deduct import 抵扣勾选.csv --encoding auto --period 2026-11",
      "boms-invoice deduct import 信息汇总表.csv 发票基础信息.csv",
      "boms-invoice deduct import 统计确认.csv --confirmed --period 2026-11",
      "boms-invoice deduct import 抵扣勾选.xlsx --sheet 发票基础信息",
    ],
    discussion: Phrase(
      """
      Takes the list for ticking (抵扣勾选) and both sheets of 全量发票查询, of any version: columns are \
      found by their headings, rows of lines are summed by invoice. One row comes out for each invoice: \
      in both, only in the list, only in the pool (of the companies and months that the list has), or \
      with other sums. Taken over are 发票状态, risk and 红字锁定. A ticked row is selected (已勾选) for \
      --period, or for the period for which the pool has it selected; one that is not ticked any more \
      is not selected. Only of a list that was confirmed (统计确认), --confirmed, is a ticked row \
      deducted. The exit code is 1 if list and pool do not agree. A second import adds nothing.
      """,
      """
      可导入抵扣勾选清单和全量发票查询的两张工作表，版本不限：按表头识别列，明细行按发票合计。\
      每张发票输出一行：两者都有、仅清单有、仅票池有（限清单所含的公司和月份），或金额不符。采\
      用清单中的发票状态、风险和红字锁定。已勾选的行记为所属期 --period 的已勾选，未给出时为票\
      池中已有的所属期；不再勾选的取消勾选。只有统计确认后的清单（--confirmed），勾选的行才记\
      为已抵扣。清单与票池不一致时退出码为 1。再次导入不会重复。
      """))

  @Argument(
    help: .boms(
      "The lists; none or '-' is standard input.", "清单文件；不给或“-”为标准输入。", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(
    help: .boms("The tax period (所属期) of the ticks.", "勾选的税款所属期。", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var period: CivilMonth?

  @Flag(
    help: .boms(
      "The list is one that was confirmed: what is ticked in it is deducted.", "清单已统计确认：其中勾选的记为已抵扣。"
    ))
  var confirmed = false

  @OptionGroup var input: InputOptions
  @OptionGroup var recording: Recording
  @OptionGroup var output: OutputOptions
  @OptionGroup var errors: ErrorOptions

  func validate() throws {
    try Environment.current.requireInput(files)
    if confirmed, period == nil {
      throw ValidationError("--confirmed needs --period", "--confirmed 须与 --period 同用")
    }
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
