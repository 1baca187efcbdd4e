import ArgumentParser
import Shared

/// `boms-invoice check`: what the rules find, and nothing is stored (发票检查).
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "check", Phrase("Check invoices by all rules. Nothing is stored.", "按全部规则检查发票，不入库。"),
    examples: [
      "boms-invoice check a.xml 发票批量下载.zip 10月发票/",
      "boms-invoice check --errors json 10月发票/ 2>findings.jsonl",
      "find /mnt/share -name '*.xml' -print0 | boms-invoice check --from0",
    ],
    discussion: Phrase(
      """
      One row per file on stdout, every finding on stderr: 'error' rejects a file, 'warning' does not. \
      'boms-invoice rules' explains them. With a database, the buyer is held against our own \
      companies too. Of a PDF nothing but the number in its name is known. The exit code is 1 if some \
      files are rejected, 65 if all are, 66 if none can be read.
      """,
      """
      标准输出每个文件一行，检查结果写到标准错误：'error' 拒收文件，'warning' 不拒收。\
      'boms-invoice rules' 说明各规则。给出数据库时，还核对购买方是否为本方公司。PDF 只能得知\
      文件名中的号码。部分文件被拒收时退出码为 1，全部被拒收为 65，全部无法读取为 66。
      """))

  @OptionGroup var files: InvoiceFileOptions
  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var errors: ErrorOptions
  @OptionGroup var say: SayOptions

  static let fields: [Field] = [
    .text("file", "文件"), .text("member", "压缩包内文件"), .code("invoice_no", "发票号码"),
    .choice(
      "carrier", "载体", InvoiceFields.carriers),
    .choice("kind", "票种", InvoiceFields.kinds),
    .flag("is_red", "红字"), .date("issued_on", "开票日期"), .text("seller_name", "销方名称"),
    .text("buyer_name", "购方名称"), .money("net", "金额"), .money("tax", "税额"),
    .money("gross", "价税合计"),
    .choice(
      "signature", "签名", [Choice("absent", "无"), Choice("present_unverified", "有，未验证")]),
    .choice(
      "result", "检查结果", [Choice("ok", "通过"), Choice("warning", "有警告"), Choice("rejected", "拒收")]),
    .codes("findings", "检查提示"),
  ]

  func run() throws {
    let context = say.context()
    let setting = InvoiceSetting(
      companies: try companies(context), asOf: asOf.day(context.environment))
    let reader = InvoiceReader()
    let writer = output.writer(CheckCommand.fields.map { Column($0) }, context.environment)
    let findings = errors.writer(context.console)
    var counts: [CheckedFile.Result: Int] = [:]
    var unreadable = 0
    try files.each { source in
      let checked = CheckedFile(source, reader, setting)
      counts[checked.result, default: 0] += 1
      if checked.findings.contains(where: \.isOfNoInput) { unreadable += 1 }
      let file = source.member.map { "\(source.name)/\($0)" } ?? source.name
      for finding in checked.findings { findings.write(finding.finding(in: file)) }
      try writer.row([.text(source.name), Cell(source.member)] + checked.cells)
    }
    try writer.finish()
    findings.finish()
    let (ok, warned) = (counts[.ok] ?? 0, counts[.warning] ?? 0)
    let rejected = counts[.rejected] ?? 0
    context.console.say(
      Summary(
        (.read, ok + warned + rejected), (Phrase("ok", "通过"), ok),
        (Phrase("warning", "有警告"), warned), (.rejected, rejected)))
    let status = InvoiceFileOptions.status(
      read: ok + warned + rejected, rejected: rejected, unreadable: unreadable)
    if let status { throw status }
  }

  /// Those of the database, if one is named.
  private func companies(_ context: Context) throws -> [String: String] {
    guard database.db != nil || context.environment["BOMS_DB"] != nil else { return [:] }
    return try context.books(database, .reading).read(OurCompaniesStore.names)
  }
}

extension CheckedFile {
  fileprivate enum Result: String { case ok, warning, rejected }

  fileprivate init(_ source: InvoiceSource, _ reader: InvoiceReader, _ setting: InvoiceSetting) {
    switch source.content {
    case .refused(let finding): self.init(refused: finding)
    case .bytes(let bytes):
      self.init(bytes, name: source.member ?? source.name, reader, setting)
    }
  }

  fileprivate var result: Result {
    findings.isEmpty ? .ok : findings.isRejecting ? .rejected : .warning
  }

  fileprivate var cells: [Cell] {
    let sums = invoice?.sums
    var rules: [String] = []
    for finding in findings where !rules.contains(finding.rule) { rules.append(finding.rule) }
    return [
      Cell(number), Cell(carrier?.rawValue), Cell(invoice?.kind?.rawValue),
      Cell(invoice.map { $0.isRed ? 1 : 0 }), Cell(invoice?.issuedOn),
      Cell(invoice?.seller.name), Cell(invoice?.buyer.name),
      Cell(sums?.net), Cell(sums?.tax), Cell(sums?.gross),
      Cell(invoice.map { $0.isSigned ? "present_unverified" : "absent" }),
      .text(result.rawValue), Cell(rules.isEmpty ? nil : rules.joined(separator: ";")),
    ]
  }
}
