import ArgumentParser
import Shared

/// `boms-invoice import`: files into the pool (收票).
struct InvoiceImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "import",
    Phrase(
      "Take XML, OFD and zip packs into the pool, with all rules on.",
      "收票：把 XML、OFD 和 zip 压缩包收入票池，按全部规则检查。"),
    examples: [
      "boms-invoice import 10月发票/",
      "boms-invoice import 发票批量下载.zip a.xml --format table",
      "find /mnt/share -name '*.xml' -print0 | boms-invoice import --from0",
      "boms-invoice import --dry-run mails/ --headings zh",
    ],
    discussion: Phrase(
      """
      One row per file on stdout. new: its first file. duplicate: the same bytes, or the same money \
      in another file of the same kind; nothing changes. carrier: the same money in another kind of \
      file; XML comes before OFD, OFD before XBRL. conflict: other money under a number that is \
      there; the file is kept aside, the pool stays as it is, and 'resolve' settles it. rejected: an \
      error; nothing of the file is stored. Of a PDF the number is taken from its name, and the \
      invoice waits for its XML or OFD. One bad file does not touch the others. The exit code is 1 \
      if files were rejected or in conflict, 65 if all were rejected, 66 if none could be read.
      """,
      """
      标准输出每个文件一行。new：首个文件。duplicate：内容完全相同，或同种载体的另一个文件金额\
      相同，不作变动。carrier：另一种载体的文件，金额相同；XML 优先于 OFD，OFD 优先于 XBRL。\
      conflict：号码已有而金额不同，文件另存，票池不变，由 'resolve' 处理。rejected：有错误，\
      文件不入库。PDF 只取文件名中的号码，发票等待其 XML 或 OFD。一个文件有错不影响其他文件。\
      有文件被拒收或冲突时退出码为 1，全部被拒收为 65，全部无法读取为 66。
      """))

  @OptionGroup var files: InvoiceFileOptions

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var errors: ErrorOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    let books = try context.books(database, .writing, inBulk: true)
    let writer = output.writer(InvoiceImportRun.fields.map { Column($0) }, context.environment)
    let findings = errors.writer(context.console)
    let run = InvoiceImportRun(
      books: books, day: day, dryRun: dryRun, writer: writer, findings: findings,
      progress: Progress(context.console, Phrase("files", "文件")))
    let outcome = try run.run(files)
    try writer.finish()
    findings.finish()
    try tell(outcome, context.console)
  }

  private func tell(_ outcome: InvoiceImportRun.Outcome, _ console: Console) throws {
    var summary = Summary(
      (.read, outcome.read), (.new, outcome[.new]),
      (Phrase("duplicate", "重复"), outcome[.duplicate]),
      (Phrase("carrier", "其他载体"), outcome[.carrier]),
      (Phrase("conflict", "冲突"), outcome[.conflict]), (.rejected, outcome[.rejected]))
    if outcome.awaiting > 0 { summary.add(Phrase("awaiting", "待补"), outcome.awaiting) }
    if dryRun { summary.note(.dryRun) }
    console.say(summary)
    let status = InvoiceFileOptions.status(
      read: outcome.read, rejected: outcome[.rejected], unreadable: outcome.unreadable)
    if let status { throw status }
    if outcome[.conflict] > 0 { throw ExitStatus.some }
  }
}
