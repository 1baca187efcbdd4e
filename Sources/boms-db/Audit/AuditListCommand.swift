import ArgumentParser
import Shared

/// `boms-db audit list`.
struct AuditListCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "list",
    Phrase(
      "List what changed the books, what was refused, what was revealed.",
      "列出账套的变更、被拒绝的操作和敏感信息的查看。"),
    examples: [
      "boms-db audit list --last 20 --format table",
      "boms-db audit list --user li --since 2026-11-01",
      "boms-db audit list --outcome refused",
      "boms-db audit list --changes --register contract --since 2026-11-01",
    ],
    discussion: Phrase(
      """
      One row for each transaction that changed something (written), each try that the user's roles \
      did not allow (refused), each look at what is sensitive (revealed), each letter or workbook \
      with it (sent). Times are UTC. --changes lists the rows of registers as they were and became.
      """,
      """
      每个有变更的事务一行（written），每次因角色无权而被拒绝的尝试一行（refused），每次查看敏\
      感信息一行（revealed），每份含敏感信息的函件或工作簿一行（sent）。时间为 UTC。--changes \
      列出登记表各行变更前后的内容。
      """))

  @Flag(help: .boms("What became of rows of registers, one line each.", "登记表各行的变化，每处一行。"))
  var changes = false

  @Option(help: .boms("Only by this user.", "只列此用户的。", valueName: "user"))
  var user: String?

  @Option(help: .boms("Only by this program.", "只列此程序的。", valueName: "tool"))
  var tool: String?

  @Option(help: .boms("Only by this command of a program.", "只列程序的此命令。", valueName: "command"))
  var command: String?

  @Option(help: .boms("Only what ended so.", "只列此结果的。"))
  var outcome: AuditEntry.Outcome?

  @Option(
    help: .boms("Only with changes of this register.", "只列变更了此登记表的。", valueName: "register"),
    completion: .registers)
  var register: String?

  @Option(
    help: .boms("Only on this day (UTC) or later.", "只列此日（UTC）及以后的。", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var since: CivilDate?

  @Option(
    help: .boms("Only on this day (UTC) or earlier.", "只列此日（UTC）及以前的。", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var until: CivilDate?

  @Option(help: .boms("Only the last rows, so many.", "只列最后若干行。", valueName: "number"))
  var last: Int?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if let last, last < 1 {
      throw ValidationError("--last takes a number, 1 or more", "--last 应为不小于 1 的数字")
    }
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
