import ArgumentParser
import Shared

/// `boms-invoice request import`: what the tax bureau did not take comes back.
struct RequestImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "import",
    Phrase(
      "Read the tax bureau's list of requests that it did not take, with its reasons.",
      "导入税务局未受理的申请清单及原因。"),
    examples: [
      "boms-invoice request import failures.csv",
      "boms-invoice request import failures.csv --dry-run --lang zh",
    ],
    discussion: Phrase(
      """
      CSV in UTF-8 or GB18030 with the headings 发票流水号 and 导入失败原因; save an Excel file as CSV first. \
      All or nothing: a number that is not known, or whose invoice is issued, is an error. When what was \
      wrong is corrected in the registers, 'request run' withdraws the request and writes it anew; one \
      that was right is exported again with 'request export --again'.
      """,
      """
      UTF-8 或 GB18030 编码的 CSV，表头为发票流水号和导入失败原因；Excel 文件请先另存为 CSV。\
      全部无误才写入：流水号不存在或发票已开具即为错误。在登记表中更正后，'request run' 会\
      撤回该申请并重新生成；本来无误的，用 'request export --again' 再次导出。
      """))

  @Argument(
    help: .boms("The files; none or '-' is standard input.", "文件；不给或“-”为标准输入。", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var workbook: SheetOption
  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var errors: ErrorOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    try Environment.current.requireInput(files)
  }

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    let findings = errors.writer(context.console)
    let books = try context.books(database, .writing)
    let writer = output.writer(
      RequestRecordsStore.fields.map { Column($0) }, context.environment)
    var lists: [(file: String, rows: [FailureList.Row])] = []
    for file in files.isEmpty ? ["-"] : files {
      let source = try workbook.source(file, findings)
      do {
        lists.append((source.name, try FailureList.read(source)))
      } catch let bad as BadInput {
        findings.write(bad.finding)
        findings.finish()
        throw ExitStatus.badData
      }
    }
    let outcome = try books.write(dryRun: dryRun) { db in
      let outcome = try record(lists, on: day, findings, db)
      findings.finish()
      // Nothing is stored where something is wrong.
      if findings.errors > 0 { throw ExitStatus.badData }
      return outcome
    }
    for record in outcome.records { try writer.row(record) }
    try writer.finish()
    var summary = Summary(
      (.read, outcome.read), (Phrase("failed", "失败"), outcome.records.count),
      (.unchanged, outcome.read - outcome.records.count))
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }

  private struct Outcome {
    var read = 0
    var records: [[Cell]] = []
  }

  private func record(
    _ lists: [(file: String, rows: [FailureList.Row])], on day: CivilDate,
    _ findings: FindingWriter, _ db: BooksConnection
  ) throws -> Outcome {
    let store = try RequestStore(db)
    var outcome = Outcome()
    var failed: Set<Int64> = []
    for (file, rows) in lists {
      for row in rows {
        outcome.read += 1
        let reason = row.reason.isEmpty ? "未说明" : row.reason
        guard let known = try store.newest(row.number), known.state != .withdrawn else {
          report(
            "request.unknown", file, row,
            Phrase(
              "there is no request '\(row.number)' that stands", "没有流水号为“\(row.number)”的有效申请"),
            findings)
          continue
        }
        if known.state == .failed, known.reason == reason { continue }
        if known.state == .issued {
          report(
            "request.issued", file, row,
            Phrase(
              "the invoice of request '\(row.number)' is issued", "开票申请“\(row.number)”已开具发票"),
            findings)
          continue
        }
        try store.add(.failed, to: known.id, on: day, reason: reason)
        failed.insert(known.id)
      }
    }
    var selection = RequestRecordsStore.Selection()
    selection.after = (.max, failed)
    try RequestRecordsStore(db: db).forEach(selection) { outcome.records.append($1) }
    return outcome
  }

  private func report(
    _ rule: String, _ file: String, _ row: FailureList.Row, _ message: Phrase,
    _ findings: FindingWriter
  ) {
    findings.write(
      Finding(
        rule: rule, file: file, line: row.line, field: FailureList.numberHeading,
        value: row.number, message: message))
  }
}
