import ArgumentParser
import Shared

/// `boms-db migrate`: the steps that the schema lacks, in one transaction.
struct MigrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "migrate",
    Phrase("Bring an existing database to this program's schema version.", "把已有数据库升级到本程序的结构版本。"),
    examples: ["boms-db migrate --db mall.db"])

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let path = try database.path(context.environment)
    let before = try Migration.apply(
      to: path, creating: false, wait: database.wait, by: context.visit(.writing))
    var summary = Summary()
    summary.note(
      before == Migration.latest
        ? Phrase(
          "'\(path)' has schema version \(before) already, nothing changed",
          "“\(path)”已是结构版本 \(before)，未作改动")
        : MigrateCommand.migrated(path, before))
    context.console.say(summary)
  }

  static func migrated(_ path: String, _ before: Int) -> Phrase {
    Phrase(
      "'\(path)': schema version \(before) → \(Migration.latest)",
      "“\(path)”：结构版本 \(before) → \(Migration.latest)")
  }
}
