import ArgumentParser
import Shared

/// `boms-invoice post`: an invoice is in the books (入账).
struct PostCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "post", "Record by which voucher invoices were posted: each once.",
    examples: [
      "boms-invoice post 26332000000000000104 --voucher 记-0031 --period 2026-11",
      "boms-invoice post 26332000000000000104 --voucher 记-0031 --period 2026-11 \\",
      "  --entry 借:管理费用:27522.94 --entry 借:应交税费:进项税额:2477.06 \\",
      "  --entry 贷:银行存款:30000",
      "boms-invoice post --from 入账.csv --encoding auto",
      "boms-invoice list --unposted | boms-invoice post --from - --voucher 记-7 \\",
      "  --period 2026-11",
    ],
    discussion: """
      Refused are invoices that are posted already, in conflict, void, taken back in full, and those \
      of which only a PDF has come. What red invoices have taken back in part is posted for the rest. \
      A red invoice whose blue one was posted before it came is posted itself, below zero; one that \
      is in the rest of its blue invoice is not. --from reads numbers from a CSV with a column \
      invoice_no, 数电发票号码, or 发票代码 and 发票号码, and where there are such columns voucher (凭证号), \
      period (会计期间), on (入账日期) and summary (摘要); or just one number a line. Those that are refused \
      are named, the others are posted (exit 1; 65 if all are refused).
      """)

  @Argument(help: ArgumentHelp("The numbers of the invoices.", valueName: "number"))
  var numbers: [String] = []

  @Option(
    help: ArgumentHelp("A file with numbers; '-' is standard input.", valueName: "file"),
    completion: .file())
  var from: String?

  @Option(help: ArgumentHelp("The number of the voucher (记账凭证号).", valueName: "number"))
  var voucher: String?

  @Option(
    help: ArgumentHelp("The accounting period (会计期间).", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var period: CivilMonth?

  @Option(
    help: ArgumentHelp("The day of the voucher (default: --as-of).", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var on: CivilDate?

  @Option(help: ArgumentHelp("What the voucher says (摘要).", valueName: "text"))
  var summary: String?

  @Option(
    help: ArgumentHelp(
      "A line of the voucher, debit:account[:detail]:yuan; given again for each. They balance with "
        + "what is posted.", valueName: "entry"))
  var entry: [String] = []

  @OptionGroup var recording: Recording
  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var errors: ErrorOptions

  func validate() throws {
    if numbers.isEmpty == (from == nil) {
      throw ValidationError("give numbers, or a file with --from")
    }
    if from == nil, voucher == nil { throw ValidationError("--voucher is missing") }
    if from == nil, period == nil { throw ValidationError("--period is missing") }
    if voucher?.allSatisfy(\.isWhitespace) == true { throw ValidationError("--voucher is empty") }
    if !entry.isEmpty, numbers.count != 1 {
      throw ValidationError("--entry is for one invoice: give one number")
    }
  }

  func run() throws {
    let (context, day, books) = try recording.open()
    let findings = errors.writer(context.console)
    let entries = try entry.map { try AccountingEntry.parse($0, money: Money.parse) }
    let given = Posting(voucher: voucher, period: period, on: on, summary: summary)
    let wanted =
      try from.map { try PostList($0, given, input, findings).postings }
      ?? numbers.map { given.of($0) }
    let run = PostRun(day: day, entries: entries)
    let writer = output.writer(PostRun.fields.map { Column($0) }, context.environment)
    let outcome = try books.write(dryRun: recording.dryRun) { db in
      try run.run(wanted, db) { findings.write($0) }
    }
    for record in outcome.records { try writer.row(record) }
    try writer.finish()
    findings.finish()
    var said = Summary((Phrase("posted", "入账"), outcome.records.count))
    said.add(Phrase("refused", "拒绝"), outcome.refused)
    said.note(Phrase("gross \(outcome.gross.grouped)", "价税合计 \(outcome.gross.grouped)"))
    if recording.dryRun { said.note(.dryRun) }
    context.console.say(said)
    if outcome.refused > 0 { throw outcome.records.isEmpty ? ExitStatus.badData : .some }
  }
}
