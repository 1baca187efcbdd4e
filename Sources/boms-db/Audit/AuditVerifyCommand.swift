import ArgumentParser
import Shared

/// `boms-db audit verify`.
struct AuditVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "verify",
    Phrase(
      "See that no row of the audit was changed, removed or put in; exit 1 if one was.",
      "核实审计记录未被修改、删除或插入；有问题时退出码为 1。"),
    examples: [
      "boms-db audit verify --db mall.db",
      "boms-db audit verify --anchor /var/backups/boms/anchors",
    ],
    discussion: Phrase(
      """
      Rows that are cut off at the end are seen only with anchors: lines of 'boms-db audit anchor' \
      that were kept elsewhere. docs/security.md says what this proves.
      """,
      """
      末尾被截断的记录只有借助锚点才能发现，即另行留存的 'boms-db audit anchor' 输出的行。能证\
      明什么，见 docs/zh/security.md。
      """))

  @Option(
    name: .customLong("anchor"),
    help: .boms(
      "Lines of 'boms-db audit anchor'.", "'boms-db audit anchor' 输出的行。", valueName: "file"),
    completion: .file())
  var anchors: String?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let books = try context.books(database, .inspecting)
    let kept = try anchors.map { try AnchorStore.read($0) } ?? []
    let verification = try books.read { try AuditVerification($0, anchors: kept) }
    let writer = output.writer(
      [Column(.integer("seq", "序号", 0...Int.max)), Column(.text("finding", "问题"))],
      context.environment)
    for finding in verification.findings {
      try writer.row([
        finding.seq.map(Cell.integer) ?? .null, .text(finding.message.text(context.language)),
      ])
    }
    try writer.finish()
    var summary = Summary(
      (Phrase("rows", "行"), verification.rows), (Phrase("anchors", "锚点"), kept.count),
      (Phrase("findings", "问题"), verification.findings.count))
    if kept.isEmpty {
      summary.note(
        Phrase("without an anchor a cut tail is not seen", "未提供锚点，无法发现末尾被截断"))
    }
    context.console.say(summary)
    if !verification.findings.isEmpty { throw ExitStatus.some }
  }
}
