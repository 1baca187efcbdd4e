import ArgumentParser
import Shared

/// `boms-invoice post`: an invoice is in the books (入账).
struct PostCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "post",
    Phrase("Record by which voucher invoices were posted: each once.", "入账：登记发票所入的凭证，每张一次。"),
    examples: [
      "boms-invoice post 26332000000000000104 --voucher 记-0031 --period 2026-11",
      "boms-invoice post 26332000000000000104 --voucher 记-0031 --period 2026-11 \\",
      "  --entry 借:管理费用:27522.94 --entry 借:应交税费:进项税额:2477.06 \\",
      "  --entry 贷:银行存款:30000",
      "boms-invoice post --from 入账.csv --encoding auto",
      "boms-invoice list --unposted | boms-invoice post --from - --voucher 记-7 \\",
      "  --period 2026-11",
    ],
    discussion: Phrase(
      """
      Refused are invoices that are posted already, in conflict, void, taken back in full, and those \
      of which only a PDF has come. What red invoices have taken back in part is posted for the rest. \
      A red invoice whose blue one was posted before it came is posted itself, below zero; one that \
      is in the rest of its blue invoice is not. --from reads numbers from a CSV with a column \
      invoice_no, 数电发票号码, or 发票代码 and 发票号码, and where there are such columns voucher (凭证号), \
      period (会计期间), on (入账日期) and summary (摘要); or just one number a line. Those that are refused \
      are named, the others are posted (exit 1; 65 if all are refused).
      """,
      """
      已入账、有冲突、已作废、已全额红冲的发票，以及只收到 PDF 的发票，拒绝入账。部分红冲的按\
      余额入账。蓝字发票先已入账的，红字发票另以负数入账；已计入蓝字余额的红字发票不再入账。\
      --from 从 CSV 读取号码，列为 invoice_no、数电发票号码，或发票代码和发票号码；另有凭证号\
      （voucher）、会计期间（period）、入账日期（on）和摘要（summary）列的一并读取；也可每行只\
      有一个号码。被拒绝的逐一列出，其余照常入账（退出码 1；全部被拒绝为 65）。
      """))

  @Argument(help: .boms("The numbers of the invoices.", "发票号码。", valueName: "number"))
  var numbers: [String] = []

  @Option(
    help: .boms(
      "A file with numbers; '-' is standard input.", "含号码的文件；“-”为标准输入。", valueName: "file"),
    completion: .file())
  var from: String?

  @Option(help: .boms("The number of the voucher (记账凭证号).", "记账凭证号。", valueName: "number"))
  var voucher: String?

  @Option(
    help: .boms("The accounting period (会计期间).", "会计期间。", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var period: CivilMonth?

  @Option(
    help: .boms(
      "The day of the voucher (default: --as-of).", "凭证日期（默认：同 --as-of）。", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var on: CivilDate?

  @Option(help: .boms("What the voucher says (摘要).", "凭证摘要。", valueName: "text"))
  var summary: String?

  @Option(
    help: .boms(
      "A line of the voucher, debit:account[:detail]:yuan; given again for each. They balance with "
        + "what is posted.", "凭证的一行，写作 debit:account[:detail]:yuan，逐行给出；须与入账金额平衡。",
      valueName: "entry"))
  var entry: [String] = []

  @OptionGroup var recording: Recording
  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var errors: ErrorOptions

  func validate() throws {
    if numbers.isEmpty == (from == nil) {
      throw ValidationError("give numbers, or a file with --from", "请给出号码，或用 --from 指定文件")
    }
    if from == nil, voucher == nil { throw ValidationError("--voucher is missing", "缺少 --voucher") }
    if from == nil, period == nil { throw ValidationError("--period is missing", "缺少 --period") }
    if voucher?.allSatisfy(\.isWhitespace) == true {
      throw ValidationError("--voucher is empty", "--voucher 为空")
    }
    if !entry.isEmpty, numbers.count != 1 {
      throw ValidationError(
        "--entry is for one invoice: give one number", "--entry 用于一张发票，只能给出一个号码")
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
