import ArgumentParser
import Shared

/// `boms-db backup`: a copy of the books while others go on writing.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "backup",
    Phrase(
      "Copy the database as it stands at one moment, and check the copy.", "按同一时刻备份数据库，并检查备份。"),
    examples: [
      "boms-db backup /var/backups/boms/mall-2026-11-29.db",
      "boms-backup    (with names, retention and encryption)",
    ],
    discussion: Phrase(
      """
      Others may read and write meanwhile. The copy is checked (its pages, its references, the \
      rows of every table), can be read by its owner only, and appears under its name when it is \
      whole on the disk. A file that is there under that name stays, but with --force.
      """,
      """
      备份期间可照常读写。备份会经过检查（数据页、引用、各表行数），只有所有者可读，完整写入磁\
      盘后才以目标文件名出现。已有同名文件时不覆盖，除非加 --force。
      """))

  @Argument(
    help: .boms("Where the copy goes.", "备份文件的路径。", valueName: "file"),
    completion: .file())
  var file: String

  @Flag(help: .boms("Replace the file of that name.", "替换同名文件。"))
  var force = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let books = try context.booksOfAnyVersion(database, .sending)
    let content = try BooksCopy.copy(books, to: file, replacing: force)
    context.console.say(content.summary(of: file))
  }
}

extension BooksCopy.Content {
  func summary(of file: String) -> Summary {
    var summary = Summary(
      (Phrase("tables", "表"), tables.count), (Phrase("rows", "行"), Int(rows)))
    summary.note(
      Phrase(
        "'\(file)' is whole, schema version \(version)", "“\(file)”完整，结构版本 \(version)"))
    return summary
  }
}
