import ArgumentParser
import Shared

/// `boms-db check`: whether the file is whole and the books agree with themselves.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "check",
    Phrase(
      "Check the file and the invariants of the books; exit 1 if anything is found.",
      "检查数据库文件和账目的恒等关系；发现问题时退出码为 1。"),
    examples: ["boms-db check --db mall.db", "boms-db check --format json > findings.json"])

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let progress = Progress(
      context.console, Phrase("invariants", "检查项"), total: CheckStore.rules.count)
    let (findings, rules) = try findings(context, progress)
    progress.finish()
    let columns = [
      Column(.text("rule", "规则")), Column(.text("subject", "对象")), Column(.text("finding", "问题")),
    ]
    let writer = output.writer(columns, context.environment)
    for finding in findings {
      writer.text(finding.rule)
      writer.text(finding.subject)
      writer.text(finding.message.text(context.language))
      try writer.endRow()
    }
    try writer.finish()
    context.console.say(
      Summary(
        (Phrase("invariants checked", "检查项"), rules),
        (Phrase("findings", "问题"), findings.count)))
    if !findings.isEmpty { throw ExitStatus.some }
  }
  private func findings(
    _ context: Context, _ progress: Progress
  ) throws -> (found: [CheckStore.Found], rules: Int) {
    do {
      return try context.books(database, .inspecting).read {
        try CheckStore.findings($0) { progress.step(1) }
      }
    } catch let error as BooksError where error.resultCode == .SQLITE_CORRUPT {
      // Where the roles cannot be read, whoever has the file may know what is wrong with it.
      let path = try database.path(context.environment)
      return (CheckStore.findings(path, wait: database.wait, shutBy: error), 1)
    }
  }
}
