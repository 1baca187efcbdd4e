import ArgumentParser
import Shared

/// `boms-depreciate run`: what is missing of a month and of all before it.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "run",
    Phrase(
      "Record what assets lose through a month, and what else changed their values.",
      "计提截至某月的折旧，并登记资产价值的其他变动。"),
    examples: [
      "boms-depreciate run --month 2026-11",
      "boms-depreciate run --dry-run --headings zh",
    ],
    discussion: Phrase(
      """
      Wanted minus recorded: months that were missed are made up, a second run adds nothing. What is \
      corrected after it was booked (a wrong cost, an event of the past) gives an adjusting entry; of \
      a closed month it is booked in the first open one. An asset that cannot be computed is reported \
      and left out, the others go through, and the exit code is 1.
      """,
      """
      应有的减去已记录的：漏提的月份会补上，再次执行不会重复。入账后更正的内容（原值有误、补登\
      的变动）生成调整分录；所属月份已结账的，计入第一个未结账的月份。无法计算的资产会报出并跳\
      过，其余照常计提，退出码为 1。
      """))

  @Option(
    help: .boms(
      "The month (default: the last one that is over).", "月份（默认：最近一个已结束的月份）。", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var month: CivilMonth?

  @Option(help: .boms("Only assets of this property.", "只处理此项目的资产。", valueName: "no"))
  var property: String?

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let month = try OverMonth.month(month, on: asOf.day(context.environment))
    let books = try context.books(database, .writing)
    let writer = output.writer(NewDepreciationStore.fields.map { Column($0) }, context.environment)
    let progress = Progress(context.console, Phrase("assets", "资产"))
    let outcome = try books.write(dryRun: dryRun) { db in
      if let property { try KnownNumber.require("property", property, "项目", db) }
      let outcome = try DepreciationRun(through: month, property: property).run(db) {
        progress.step()
      }
      if dryRun { try NewDepreciationStore.write(db, after: outcome.lastMonthBefore, writer) }
      return outcome
    }
    progress.finish()
    // What is recorded is safe before anything is printed, so that a closed pipe costs nothing.
    if !dryRun {
      try books.read { try NewDepreciationStore.write($0, after: outcome.lastMonthBefore, writer) }
    }
    try writer.finish()
    try tell(outcome, month, context.console)
  }

  private func tell(
    _ outcome: DepreciationRun.Outcome, _ month: CivilMonth, _ console: Console
  ) throws {
    for failed in outcome.failed {
      console.fail(
        Failure(
          .some,
          Phrase(
            "asset '\(failed.assetNo)' is left out: \(failed.reason.en)",
            "资产“\(failed.assetNo)”未计提：\(failed.reason.zh)"), hint: failed.hint))
    }
    if !outcome.withoutUsage.isEmpty {
      let (count, names) = (outcome.withoutUsage.count, outcome.withoutUsage.prefix(5))
      let more = count > names.count
      console.warn(
        Phrase(
          "no units are recorded for \(month) of \(count) asset\(count == 1 ? "" : "s"): "
            + names.joined(separator: ", ") + (more ? " …" : ""),
          "\(count) 项工作量法资产 \(month) 无工作量：" + names.joined(separator: "、") + (more ? " 等" : "")),
        hint: Phrase(
          "import asset_usage; the next run makes them up",
          "请导入工作量（asset_usage），下次计提时补记"))
    }
    let (corrections, sum) = outcome.corrections
    if corrections > 0 {
      console.warn(
        Phrase(
          "\(corrections) row\(corrections == 1 ? "" : "s") correct\(corrections == 1 ? "s" : "") "
            + "what was booked before, by \(sum.grouped)",
          "有 \(corrections) 条记录更正此前的计提，合计 \(sum.grouped)"))
    }
    var summary = Summary(
      (Phrase("assets", "资产"), outcome.looked), (Phrase("rows", "记录"), outcome.months),
      (Phrase("changes of value", "价值变动"), outcome.movements))
    summary.note(Phrase("depreciation \(outcome.amount.grouped)", "折旧 \(outcome.amount.grouped)"))
    if !outcome.failed.isEmpty { summary.add(Phrase("failed", "失败"), outcome.failed.count) }
    summary.note(Phrase("through \(month)", "至 \(month)"))
    if dryRun { summary.note(.dryRun) }
    console.say(summary)
    if !outcome.failed.isEmpty { throw ExitStatus.some }
  }
}

/// The month that is asked for, or the last one that is over.
enum OverMonth {
  /// - Throws: `depreciation.not-over` before its last day.
  static func month(_ asked: CivilMonth?, on day: CivilDate) throws(ValueError) -> CivilMonth {
    guard let asked else { return day.next.month.adding(-1) }
    if asked.last <= day { return asked }
    throw ValueError(
      "depreciation.not-over", Phrase("\(asked) is not over on \(day)", "\(asked) 在 \(day) 尚未结束"),
      hint: Phrase(
        "a month is charged on its last day or later", "请在当月最后一天或之后计提折旧"))
  }
}
