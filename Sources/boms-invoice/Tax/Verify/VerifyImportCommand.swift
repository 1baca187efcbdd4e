import ArgumentParser
import Shared

/// `boms-invoice verify import`: the tax platform's answers.
struct VerifyImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "import",
    Phrase("Take in what the tax platform answered to the check of invoices.", "导入税务平台对发票的查验结果。"),
    examples: [
      "boms-invoice verify import 查验结果.csv --encoding auto",
      "boms-invoice verify import answers.csv --as-of 2026-11-22 --dry-run",
    ],
    discussion: Phrase(
      """
      Columns are found by their headings, in any order: the number (数电发票号码, or 发票代码 and 发票号码) \
      and 查验结果 or 结果代码: 00 agrees, 01 could not be checked, 02 not found, 03 differs, 04 not of \
      this company, or the words for it. Where the list has 价税合计, 金额 or 税额, they must be those of \
      the pool: an answer about other sums is not taken in. 发票状态 is taken in where it is there. A \
      second import adds nothing.
      """,
      """
      按表头识别列，顺序不限：号码（数电发票号码，或发票代码和发票号码）以及查验结果或结果代\
      码：00 一致，01 无法查验，02 查无此票，03 不一致，04 非本公司发票，也可用相应的文字。清\
      单有价税合计、金额或税额的，须与票池一致，金额不同的结果不采用。有发票状态的一并采用。再\
      次导入不会重复。
      """))

  @Argument(
    help: .boms("The files; none or '-' is standard input.", "文件；不给或“-”为标准输入。", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @OptionGroup var input: InputOptions
  @OptionGroup var recording: Recording
  @OptionGroup var output: OutputOptions
  @OptionGroup var errors: ErrorOptions

  func validate() throws { try Environment.current.requireInput(files) }

  func run() throws {
    let (context, day, books) = try recording.open()
    let findings = errors.writer(context.console)
    let answers = try VerifyAnswers(files.isEmpty ? ["-"] : files, input, findings)
    let run = VerifyRun(day: day, language: context.language)
    let writer = output.writer(VerifyRun.fields.map { Column($0) }, context.environment)
    let outcome = try books.write(dryRun: recording.dryRun) { db in
      try run.run(answers.entries, TaxPool(db, asOf: day)) { findings.write($0) }
    }
    for record in outcome.records { try writer.row(record) }
    try writer.finish()
    findings.finish()
    var summary = Summary((.read, answers.entries.count), (.new, outcome.new))
    summary.add(.unchanged, outcome.unchanged)
    summary.add(Phrase("not in the pool", "票池中没有"), outcome.unknown)
    summary.add(Phrase("other sums", "金额不一致"), outcome.differing)
    if recording.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
    if outcome.unknown + outcome.differing > 0 { throw ExitStatus.some }
  }
}
