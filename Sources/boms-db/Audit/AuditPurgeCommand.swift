import ArgumentParser
import Shared

/// `boms-db audit purge`.
struct AuditPurgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "purge",
    Phrase(
      "Remove old rows of the audit; at least the last six months stay.", "清理旧的审计记录；至少保留最近六个月。"),
    examples: [
      "boms-db audit list --until 2025-12-31 > audit-2025.csv",
      "boms-db audit purge --before 2026-01-01",
    ],
    discussion: Phrase(
      """
      List them into a file first. The code of the last removed row stays, so that the chain goes on \
      from it, and a row says who purged.
      """,
      """
      请先列出并存入文件。最后一条被清理的记录的校验码会保留，使校验链得以延续，并记录由谁清\
      理。
      """))

  @Option(
    help: .boms("Rows of before this day (UTC) go.", "清理此日（UTC）之前的记录。", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var before: CivilDate

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let latest = context.environment.today.adding(months: -6)
    guard before <= latest else {
      throw Failure(
        .usage,
        Phrase(
          "rows of the last six months stay: --before \(latest) at the latest",
          "须保留最近六个月的记录：--before 最晚为 \(latest)"))
    }
    let books = try context.books(database, .writing)
    let purged = try books.write(dryRun: dryRun) { db -> Int in
      guard let last = try AuditStore.last(before: before, db) else { return 0 }
      return try AuditStore.purge(through: last, in: books, db)
    }
    var summary = Summary((Phrase("purged", "已清理"), purged))
    if dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}
