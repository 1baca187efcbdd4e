import ArgumentParser
import Shared

/// `boms-remind list`: what was made, and what became of it.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "list", "List reminders with their state as of a day.",
    examples: [
      "boms-remind list --format table",
      "boms-remind list --state no_address --headings zh --bom > 无地址.csv",
      "boms-remind list --kind overdue --tenant T0132",
      "boms-remind list --state given_up",
    ],
    discussion: """
      States: queued (waits to be sent), no_address (waits, and there is nowhere to send it: the \
      register tenant or contact lacks it), failed (is tried again), given_up, sent, withdrawn, \
      acked. Addresses are masked without --reveal. The exit code is 0 whether there are any or not.
      """)

  @Option(help: ArgumentHelp("Only reminders of this kind.", valueName: "kind"))
  var kind: ReminderKind?

  @Option(
    help: ArgumentHelp("Only reminders in this state.", valueName: "state"),
    completion: .list(ReminderListStore.states.map(\.code)))
  var state: String?

  @Option(help: ArgumentHelp("Only matters of this property.", valueName: "no"))
  var property: String?

  @Option(help: ArgumentHelp("Only matters of this tenant.", valueName: "no"))
  var tenant: String?

  @Option(help: ArgumentHelp("Only of this bill, contract, obligation …", valueName: "no"))
  var subject: String?

  @Option(help: ArgumentHelp("Only by this channel.", valueName: "channel"))
  var channel: ReminderChannel?

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var revealing: RevealOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if let state, !ReminderListStore.states.contains(where: { $0.code == state }) {
      throw ValidationError(
        "--state is one of "
          + ReminderListStore.states.map(\.code).joined(separator: ", "))
    }
  }

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    let books = try context.books(database, revealing.use)
    let writer = output.writer(
      ReminderListStore.fields.map { Column($0) }, context.environment,
      titled: Phrase("reminders", "提醒"))
    let count = try books.read { db in
      if let property { try KnownNumber.require("property", property, "项目", db) }
      if let tenant { try KnownNumber.require("tenant", tenant, "租户", db) }
      return try ReminderListStore(db, reveals: revealing.reveal).write(
        .init(
          kind: kind, state: state, property: property, tenant: tenant, channel: channel,
          subject: subject), asOf: day, writer)
    }
    try writer.finish()
    var summary = Summary((Phrase("reminders", "提醒"), count))
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    context.console.say(summary)
  }
}
