import ArgumentParser
import Shared

/// `boms-bill accrue`: revenue, month by month.
struct AccrueCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "accrue",
    Phrase(
      "Recognize what a month earned: charges by days, rent straight-line.", "确认一个月的收入：费用按天，租金按直线法。"
    ),
    examples: [
      "boms-bill accrue --month 2026-10",
      "boms-bill accrue --month 2026-10 --contract HT-2024-0001 --format table",
      "boms-bill accrue --dry-run --headings zh",
    ],
    discussion: Phrase(
      """
      Net of tax. Services and utilities are earned by the days of their charges, whether they are \
      billed yet or not; what is read, reported or shared, as it is recorded. Rent over time is \
      spread over the lease, rent-free time included, in equal months; what the contract charges \
      and the difference stand apart. Months before that are not accrued are made up. A second run \
      adds nothing; what changed since adds a revision to the newest month while it is open, and \
      is taken in by the next month afterwards. 'boms-bill straight-line' shows a whole lease.
      """,
      """
      金额不含税。服务费和公用事业费按费用所属的天数确认，不论是否已出账；抄表、上报和公摊的费\
      用按登记确认。随时间计收的租金在整个租期（含免租期）内按月平均确认；合同约定的收费与差额\
      分列。此前未确认的月份一并补上。再次执行不会重复；此后有变动的，最近一个月未结账时为该月\
      增加一个修订版本，已结账的计入下一个月。'boms-bill straight-line' 显示整个租期。
      """))

  @Option(
    help: .boms(
      "The month (default: the last one that is over).", "月份（默认：最近一个已结束的月份）。", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var month: CivilMonth?

  @Option(help: .boms("Only contracts of this property.", "只处理此项目的合同。", valueName: "no"))
  var property: String?

  @Option(help: .boms("Only this contract.", "只处理此合同。", valueName: "no"))
  var contract: String?

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    let month = try AccrueCommand.month(month, on: day)
    let books = try context.books(database, .writing)
    let run = AccrualRun(month: month, property: property, contract: contract)
    let writer = output.writer(AccrualStore.fields.map { Column($0) }, context.environment)
    let progress = Progress(context.console, Phrase("contracts", "合同"))
    let outcome = try books.write(dryRun: dryRun) { db in
      try BillStore.requireKnown(property: property, contract: contract, db)
      let outcome = try run.run(db) { progress.step() }
      if dryRun { try AccrualStore.write(db, after: outcome.lastRowBefore, writer) }
      return outcome
    }
    progress.finish()
    // What is recorded is safe before anything is printed, so that a closed pipe costs nothing.
    if !dryRun {
      try books.read { try AccrualStore.write($0, after: outcome.lastRowBefore, writer) }
    }
    try writer.finish()
    try tell(outcome, month, context.console)
  }

  /// The month that is asked for, or the last one that is over.
  /// - Throws: `accrue.not-over` before its last day.
  static func month(_ asked: CivilMonth?, on day: CivilDate) throws(ValueError) -> CivilMonth {
    guard let asked else { return day.next.month.adding(-1) }
    if asked.last <= day { return asked }
    throw ValueError(
      "accrue.not-over", Phrase("\(asked) is not over on \(day)", "\(asked) 在 \(day) 尚未结束"),
      hint: Phrase(
        "a month is accrued on its last day or later", "请在当月最后一天或之后确认收入"))
  }

  private func tell(
    _ outcome: AccrualRun.Outcome, _ month: CivilMonth, _ console: Console
  ) throws {
    for failed in outcome.failed {
      console.fail(
        Failure(
          .some,
          Phrase(
            "\(failed.subject.en) is left out: \(failed.reason.en)",
            "\(failed.subject.zh)未确认收入：\(failed.reason.zh)")))
    }
    let (earned, straight) = (outcome.sums.earned, outcome.sums.straight)
    var summary = Summary(
      (Phrase("contracts", "合同"), outcome.looked), (Phrase("rows", "记录"), outcome.rows))
    summary.note(Phrase("earned \(earned.grouped)", "合同应计 \(earned.grouped)"))
    summary.note(Phrase("straight-line \(straight.grouped)", "直线法差额 \(straight.grouped)"))
    let income = try outcome.sums.income().grouped
    summary.note(Phrase("income \(income)", "确认收入 \(income)"))
    if !outcome.failed.isEmpty { summary.add(Phrase("failed", "失败"), outcome.failed.count) }
    summary.note(Phrase("through \(month)", "至 \(month)"))
    if dryRun { summary.note(.dryRun) }
    console.say(summary)
    if !outcome.failed.isEmpty { throw ExitStatus.some }
  }
}
