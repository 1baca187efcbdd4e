import ArgumentParser
import Shared

/// `boms-db init`: the only way in which a database comes to be.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "init", Phrase("Make a new database. One that is there stays as it is.", "建立新数据库；已存在的保持不变。"),
    examples: ["boms-db init --db /var/lib/boms/mall.db"])

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let path = try database.path(context.environment)
    let before = try Migration.apply(
      to: path, creating: true, wait: database.wait, by: context.visit(.writing))
    var summary = Summary()
    switch before {
    case 0:
      summary.note(
        Phrase(
          "made '\(path)', schema version \(Migration.latest)",
          "已建库“\(path)”，结构版本 \(Migration.latest)"))
    case Migration.latest:
      summary.note(
        Phrase("'\(path)' is there already, nothing changed", "“\(path)”已存在，未作改动"))
    default: summary.note(MigrateCommand.migrated(path, before))
    }
    context.console.say(summary)
  }
}
