import ArgumentParser
import Shared

/// `boms-invoice verify export`: what the tax platform's check asks for (批量查验清单).
struct VerifyExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "export",
    Phrase(
      "List the invoices that are not verified, as the tax platform asks for them.",
      "列出未验真的发票，格式同税务查验平台的要求。"),
    examples: [
      "boms-invoice verify export --headings zh --bom > 查验.csv",
      "boms-invoice verify export --month 2026-11 --company WY --format table",
      "boms-invoice verify export --all --seller 91330000142942095H",
    ],
    discussion: Phrase(
      """
      Of a 数电票 the platform wants number, day and gross; of an old special invoice code, number, \
      day and net; of an old ordinary one the last six digits of its check code. Listed is every \
      invoice that we did not issue ourselves and of which the last answer is not 00; an invoice of \
      which only a PDF has come waits for its original.
      """,
      """
      数电票需要号码、开票日期和价税合计；旧版专票需要代码、号码、开票日期和不含税金额；旧版普\
      票需要校验码后六位。列出所有非本方开具、最近查验结果不是 00 的发票；只收到 PDF 的发票等\
      待原件。
      """))

  @Flag(help: .boms("Those that are verified, too.", "也列出已验真的。"))
  var all = false

  @OptionGroup var choice: TaxFilterOptions
  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  static let fields: [Field] = [
    .code("kind_code", "发票类型代码"), .code("invoice_code", "发票代码"),
    .code("invoice_number", "发票号码"), .code("issued_on", "开票日期"), .money("gross", "价税合计"),
    .money("net", "金额"), .code("check_code", "校验码后六位"), .code("company_no", "收款主体"),
  ]

  func run() throws {
    let context = say.context()
    let books = try context.books(database, .reading)
    let writer = output.writer(VerifyExportCommand.fields.map { Column($0) }, context.environment)
    var counts = Counts()
    try books.read { db in
      let store = try TaxInvoiceStore(db, asOf: asOf.day(context.environment))
      try store.forEach(try choice.filter(db)) { try write($0, store, writer, &counts) }
    }
    try writer.finish()
    var summary = Summary(
      (Phrase("listed", "列出"), writer.rows), (Phrase("verified", "已查验"), counts.verified))
    summary.add(Phrase("waiting for the original", "待补原件"), counts.awaiting)
    context.console.say(summary)
    if counts.withoutCheckCode > 0 {
      context.console.warn(
        Phrase(
          "\(counts.withoutCheckCode) of them have no check code in their file",
          "其中 \(counts.withoutCheckCode) 张的文件中没有校验码"),
        hint: Phrase("fill in its last six digits by hand", "请手工填写校验码后六位"))
    }
  }

  private struct Counts {
    var verified = 0
    var awaiting = 0
    var withoutCheckCode = 0
  }

  private func write(
    _ invoice: TaxInvoice, _ store: TaxInvoiceStore, _ writer: RecordWriter, _ counts: inout Counts
  ) throws {
    if invoice.direction == "out" { return }
    let standing = invoice.standing
    if standing.history.verification?.word == .genuine {
      counts.verified += 1
      if !all { return }
    }
    guard !standing.isAwaiting, let number = InvoiceNumber(written: invoice.number),
      let issuedOn = invoice.issuedOn
    else {
      counts.awaiting += 1
      return
    }
    let request = VerificationRequest(
      number, invoice.kind, issuedOn: issuedOn, net: standing.sums.net, gross: standing.sums.gross,
      checkCode: try store.extra("InvoiceCheckCode", of: invoice))
    if request.gross == nil, request.net == nil, request.checkCode == nil {
      counts.withoutCheckCode += 1
    }
    try writer.row([
      .text(request.kindCode), Cell(request.code), .text(request.number), .text(request.issuedOn),
      Cell(request.gross), Cell(request.net), Cell(request.checkCode), Cell(invoice.buyerCompanyNo),
    ])
  }
}
