import ArgumentParser
import Shared

/// `boms-collect reconcile`: the bank's statement beside the payments in the books (银行对账).
struct ReconcileCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "reconcile",
    Phrase(
      "Compare a bank's statement with the payments: only here, only there, different.",
      "银行对账：比对银行流水与收款，列出仅一方有的和不一致的。"),
    examples: [
      "boms-collect reconcile 工行202609.csv --map mappings/payment-icbc.csv",
      "boms-collect reconcile 招行.csv --map mappings/payment-cmb.csv \\",
      "  --encoding gb18030 --format table",
      "boms-collect reconcile payments.csv --from 2026-09-01 --to 2026-09-30",
    ],
    discussion: Phrase(
      """
      An entry of the statement is a payment with the same reference on the same account of ours, else \
      with the same payment_no. Only money that came in is compared: refunds are money that went out, \
      and voided payments are in no books. What agrees is counted; the exit code is 1 if anything does \
      not. Nothing is stored.
      """,
      """
      流水与收款按本方同一账号下的相同流水号对应，否则按相同的 payment_no 对应。只比对收入：退\
      款是支出，作废的收款不在账上。一致的只计数；有不一致时退出码为 1。不写入数据库。
      """))

  @Argument(
    help: .boms("The statement; '-' is standard input.", "银行流水文件；“-”为标准输入。", valueName: "file"),
    completion: .file())
  var file: String

  @Option(
    help: .boms(
      "The first day to compare (default: the statement's first).", "比对的第一天（默认：流水的第一天）。",
      valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var from: CivilDate?

  @Option(
    help: .boms(
      "The last day to compare (default: the statement's last).", "比对的最后一天（默认：流水的最后一天）。",
      valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var to: CivilDate?

  @OptionGroup var input: InputOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var errors: ErrorOptions
  @OptionGroup var say: SayOptions

  static let fields: [Field] = [
    .choice(
      "state", "对账结果",
      [Choice("only_bank", "仅银行有"), Choice("only_books", "仅账上有"), Choice("differs", "不一致")]),
    .code("our_account", "收款账号"), .code("reference", "流水号"),
    .code("payment_no", "收款单号"), .text("payer_name", "付款户名"),
    .date("bank_on", "银行日期"), .date("books_on", "账上日期"),
    .money("bank_amount", "银行金额"), .money("books_amount", "账上金额"),
    .money("difference", "差额"), .text("explain", "说明"),
  ]

  func validate() throws {
    if let from, let to, from > to {
      throw ValidationError("--from must not be after --to", "--from 不能晚于 --to")
    }
  }

  func run() throws {
    let context = say.context()
    let books = try context.books(database, .reading)
    let findings = errors.writer(context.console)
    var statement = try BankStatement(file, input, findings)
    guard let days = statement.limit(from: from, to: to) else {
      throw Failure(
        .badData, Phrase("the statement has no money that came in", "对账单中没有收款"),
        hint: Phrase(
          "for a span without any, say which with --from and --to, and --set our_account=…",
          "如期间内确无收款，请用 --from、--to 指定期间，并用 --set our_account=… 指定账号"))
    }
    let writer = output.writer(
      ReconcileCommand.fields.map { Column($0) }, context.environment,
      titled: Phrase("reconciliation", "对账差异"))
    let (found, unnamed) = try books.read { db in
      let store = try ReconcileStore(db)
      let found = try Reconciliation(
        bank: statement.entries,
        books: try store.payments(days, accounts: statement.accounts, of: statement.entries),
        days: days)
      for row in found.rows {
        let why = try row.state == .onlyBank ? store.whyMissing(row.bank) : nil
        try write(row, why, statement, writer, context.language)
      }
      return (found, try store.withoutAccount(days))
    }
    try writer.finish()
    try tell(found, statement, unnamed, days, context.console)
    if !found.rows.isEmpty { throw ExitStatus.some }
  }

  private func write(
    _ row: Reconciliation.Row, _ why: Phrase?, _ statement: BankStatement, _ writer: RecordWriter,
    _ language: Language
  ) throws {
    let (bank, books) = (row.bank, row.books)
    let difference = try row.difference()
    func text(_ text: String?) {
      if let text { writer.text(text) } else { writer.null() }
    }
    func date(_ day: CivilDate?) {
      if let day { writer.date(day) } else { writer.null() }
    }
    func money(_ amount: Money?) {
      if let amount { writer.integer(amount.fen) } else { writer.null() }
    }
    writer.text(row.state.rawValue)
    text(bank?.account ?? books?.account)
    text(bank?.reference ?? books?.reference)
    text(books?.no ?? bank?.no)
    text(bank?.payer ?? books?.payer)
    date(bank?.on)
    date(books?.on)
    money(bank?.amount)
    money(books?.amount)
    writer.integer(difference.fen)
    text((why ?? row.explanation(difference))?.text(language))
    try writer.endRow()
  }

  private func tell(
    _ found: Reconciliation, _ statement: BankStatement, _ unnamed: Int, _ days: Period,
    _ console: Console
  ) throws {
    func count(_ state: Reconciliation.State) -> Int { found.rows.count { $0.state == state } }
    var summary = Summary(
      (Phrase("equal", "一致"), found.equal), (Phrase("only_bank", "仅银行有"), count(.onlyBank)),
      (Phrase("only_books", "仅账上有"), count(.onlyBooks)),
      (Phrase("differs", "不一致"), count(.differs)))
    let difference = try found.bankSum - found.booksSum
    summary.note(
      Phrase(
        "bank \(found.bankSum.grouped) · books \(found.booksSum.grouped) · difference "
          + difference.grouped,
        "银行 \(found.bankSum.grouped) · 账上 \(found.booksSum.grouped) · 差额 \(difference.grouped)"))
    if statement.outgoing > 0 {
      summary.note(
        Phrase("skipped \(statement.outgoing) outgoing", "跳过付款 \(statement.outgoing) 行"))
    }
    if unnamed > 0 {
      summary.note(
        Phrase(
          unnamed == 1
            ? "1 payment of these days names no account and is not compared"
            : "\(unnamed) payments of these days name no account and are not compared",
          "期间内 \(unnamed) 笔收款未写收款账号，未参与对账"))
    }
    summary.note(Phrase("\(days.from) to \(days.to)", "\(days.from) 至 \(days.to)"))
    console.say(summary)
  }
}

extension Reconciliation.Row {
  /// What differs, in a sentence.
  fileprivate func explanation(_ difference: Money) -> Phrase? {
    guard let bank, let books else { return nil }
    if difference == .zero {
      return Phrase("another day: \(books.on) in the books", "日期不同：账上为 \(books.on)")
    }
    return bank.on == books.on
      ? Phrase("another amount", "金额不同") : Phrase("another amount and day", "金额和日期都不同")
  }
}
