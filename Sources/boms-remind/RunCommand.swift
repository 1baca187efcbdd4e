import ArgumentParser
import Shared

/// `boms-remind run`: what the night does.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "run", "Record the reminders that are wanted as of a day and are not recorded yet.",
    examples: [
      "boms-remind run",
      "boms-remind run --as-of 2026-11-22 --format table",
      "boms-remind run --dry-run --property XH01 --tolerance 5",
    ],
    discussion: """
      Of each matter the highest level that is reached counts, so that nights that were missed are \
      made up by one reminder. What was not sent yet and is no longer wanted (paid, renewed, on \
      hold, overtaken) is withdrawn. Rules are in the registers reminder_rule and obligation. The \
      new reminders go to stdout, the summary to stderr; 'boms-remind deliver' sends them. A second \
      run on the same day adds nothing.
      """)

  @Option(help: ArgumentHelp("Only matters of this property.", valueName: "no"))
  var property: String?

  @Flag(help: "Do everything and roll it back.")
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
