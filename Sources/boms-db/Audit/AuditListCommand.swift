import ArgumentParser
import Shared

/// `boms-db audit list`.
struct AuditListCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "list", "List what changed the books, what was refused, what was revealed.",
    examples: [
      "boms-db audit list --last 20 --format table",
      "boms-db audit list --user li --since 2026-11-01",
      "boms-db audit list --outcome refused",
      "boms-db audit list --changes --register contract --since 2026-11-01",
    ],
    discussion: """
      One row for each transaction that changed something (written), each try that the user's roles \
      did not allow (refused), each look at what is sensitive (revealed), each letter or workbook \
      with it (sent). Times are UTC. --changes lists the rows of registers as they were and became.
      """)

  @Flag(help: "What became of rows of registers, one line each.")
  var changes = false

  @Option(help: ArgumentHelp("Only by this user.", valueName: "user"))
  var user: String?

  @Option(help: ArgumentHelp("Only by this program.", valueName: "tool"))
  var tool: String?

  @Option(help: ArgumentHelp("Only by this command of a program.", valueName: "command"))
  var command: String?

  @Option(help: "Only what ended so.")
  var outcome: AuditEntry.Outcome?

  @Option(
    help: ArgumentHelp("Only with changes of this register.", valueName: "register"),
    completion: .registers)
  var register: String?

  @Option(
    help: ArgumentHelp("Only on this day (UTC) or later.", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var since: CivilDate?

  @Option(
    help: ArgumentHelp("Only on this day (UTC) or earlier.", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var until: CivilDate?

  @Option(help: ArgumentHelp("Only the last rows, so many.", valueName: "number"))
  var last: Int?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if let last, last < 1 { throw ValidationError("--last takes a number, 1 or more") }
  }

  func run() throws {
    let context = say.context()
    let books = try context.books(database, .inspecting)
    let filter = AuditListStore.Filter(
      user: user, tool: tool, command: command, outcome: outcome?.rawValue, register: register,
      since: since, until: until, last: last)
    let fields = changes ? AuditListStore.changeFields : AuditListStore.fields
    let writer = output.writer(fields.map { Column($0) }, context.environment)
    try books.read { db in
      try changes
        ? AuditListStore.writeChanges(filter, db, writer) : AuditListStore.write(filter, db, writer)
    }
    try writer.finish()
  }
}

extension AuditEntry.Outcome: ExpressibleByArgument {}
