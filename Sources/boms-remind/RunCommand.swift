import ArgumentParser
import Shared

/// `boms-remind run`: what the night does.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "run",
    Phrase(
      "Record the reminders that are wanted as of a day and are not recorded yet.",
      "生成提醒：登记截至某日应有而尚未登记的提醒。"),
    examples: [
      "boms-remind run",
      "boms-remind run --as-of 2026-11-22 --format table",
      "boms-remind run --dry-run --property XH01 --tolerance 5",
    ],
    discussion: Phrase(
      """
      Of each matter the highest level that is reached counts, so that nights that were missed are \
      made up by one reminder. What was not sent yet and is no longer wanted (paid, renewed, on \
      hold, overtaken) is withdrawn. Rules are in the registers reminder_rule and obligation. The \
      new reminders go to stdout, the summary to stderr; 'boms-remind deliver' sends them. A second \
      run on the same day adds nothing.
      """,
      """
      每个事项只计已达到的最高级别，因此漏跑的夜间任务由一次提醒补上。未发送而已不必提醒的（已\
      付、已续签、已挂起、已有更高级别）撤回。规则见登记表 reminder_rule 和 obligation。新提醒\
      写到标准输出，汇总写到标准错误；由 'boms-remind deliver' 发送。同一天再次执行不会重复。
      """))

  @Option(help: .boms("Only matters of this property.", "只处理此项目的事项。", valueName: "no"))
  var property: String?

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var tolerance: ToleranceOption
  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let run = RemindRun(
      asOf: asOf.day(context.environment), property: property,
      tolerance: try tolerance.amount(context.environment))
    let books = try context.books(database, .writing)
    let writer = output.writer(ReminderListStore.fields.map { Column($0) }, context.environment)
    let plan = try books.write(dryRun: dryRun) { db in
      let plan = try run.plan(db)
      let last = try ReminderStore(db).last()
      try run.record(plan, makesNew: true, db)
      try ReminderListStore(db).write(.init(from: last + 1), asOf: run.asOf, writer)
      return plan
    }
    try writer.finish()
    var summary = Summary(
      (.new, plan.new.count), (Phrase("again", "恢复"), plan.again.count),
      (.withdrawn, plan.withdrawn.count), (.unchanged, plan.unchanged))
    summary.note(Phrase("as of \(run.asOf)", "截至 \(run.asOf)"))
    if dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}

extension Phrase {
  static let withdrawn = Phrase("withdrawn", "撤回")
}
