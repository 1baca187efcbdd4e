import ArgumentParser
import Shared

/// `boms-db restore`: a copy takes the place of the books.
struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "restore",
    Phrase(
      "Put a backup in the place of the database, and keep what was there.", "用备份替换数据库，并保留原有数据库。"),
    examples: [
      "boms-db restore /var/backups/boms/mall-2026-11-29.db --dry-run",
      "boms-db restore /var/backups/boms/mall-2026-11-29.db --db mall.db",
    ],
    discussion: Phrase(
      """
      The backup is checked first; a damaged one changes nothing. While any program has the \
      database open it is refused (75). What was there is kept beside it as \
      NAME.before-restore-DAY, and -2, -3 … if there is one of that day already.
      """,
      """
      先检查备份，备份损坏时不做任何改动。有程序打开着数据库时拒绝执行（75）。原有数据库保留在\
      旁，名为 NAME.before-restore-DAY，当日已有的加 -2、-3……
      """))

  @Argument(
    help: .boms("The backup.", "备份文件。", valueName: "file"),
    completion: .file())
  var file: String

  @Flag(help: .boms("Only look whether it could be done.", "只检查能否恢复。"))
  var dryRun = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let path = try database.path(context.environment)
    let visit = context.visit(.writing)
    try Books.requireMayReplace(path, wait: database.wait, visit)
    let restored = try BooksCopy.restore(
      file, to: path, keptAs: suffix(path, context.environment.today), dryRun: dryRun)
    if !dryRun { try Books.noteReplaced(path, wait: database.wait, visit) }
    var summary = restored.content.summary(of: file)
    if dryRun {
      summary.note(.dryRun)
    } else {
      summary.note(Phrase("restored to '\(path)'", "已恢复到“\(path)”"))
      if let kept = restored.kept {
        summary.note(Phrase("what was there is '\(kept)'", "原库保留为“\(kept)”"))
      }
    }
    context.console.say(summary)
    if restored.content.version < Migration.latest {
      context.console.warn(
        Phrase(
          "the backup has schema version \(restored.content.version)",
          "备份的结构版本为 \(restored.content.version)"),
        hint: Phrase("run 'boms-db migrate'", "请运行 'boms-db migrate'"))
    }
  }

  /// A name that nothing has yet.
  private func suffix(_ path: String, _ day: CivilDate) -> String {
    let first = ".before-restore-\(day)"
    if !OutputFile.exists(path + first) { return first }
    for number in 2... where !OutputFile.exists(path + "\(first)-\(number)") {
      return "\(first)-\(number)"
    }
    return first
  }
}
