import ArgumentParser
import Shared

/// `boms-invoice resolve`: somebody says which of two files with other money counts.
struct InvoiceResolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "resolve",
    Phrase("Settle a conflict: say which file of an invoice counts.", "处理冲突：指明发票以哪个文件为准。"),
    examples: [
      "boms-invoice resolve 26332000000000000101 --keep first --reason 已向销方核实",
      "boms-invoice resolve 26332000000000000101 --keep 17 --reason 首份文件被改动",
    ],
    discussion: Phrase(
      """
      'boms-invoice show' lists the files with their numbers. 'first' is the one whose values the \
      pool has. All files stay; what another one says takes the place of what the pool has only if \
      the invoice is not posted, selected or deducted.
      """,
      """
      'boms-invoice show' 列出各文件及编号。'first' 为票池现用内容的文件。所有文件都保留；只有\
      发票未入账、未勾选、未抵扣时，另一文件的内容才能取代票池的内容。
      """))

  @Argument(
    help: .boms(
      "20 digits, or CODE-NUMBER of an old one.", "20 位数字；旧版发票为 CODE-NUMBER（代码-号码）。",
      valueName: "number"))
  var number: String

  @Option(
    help: .boms("The file that counts.", "以此文件为准。", valueName: "first|file-id"),
    transform: InvoiceResolveCommand.choice)
  var keep: Keep

  @OptionGroup var decision: Decision

  enum Keep: Sendable {
    case first
    case file(Int64)
  }

  private static func choice(_ text: String) throws -> Keep {
    if text == "first" { return .first }
    guard let id = Int64(text) else {
      throw ValidationError("'first' or the number of a file is expected", "应为 'first' 或文件编号")
    }
    return .file(id)
  }

  func run() throws {
    let (context, day, books) = try decision.open()
    let gross = try books.write(dryRun: decision.dryRun) { try resolve($0, on: day) }
    var summary = Summary((Phrase("resolved", "已处理"), 1))
    summary.note(Phrase("gross \(gross.grouped)", "价税合计 \(gross.grouped)"))
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }

  /// - Returns: the gross that counts.
  private func resolve(_ db: BooksConnection, on day: CivilDate) throws -> Money {
    let known = try KnownInvoiceStore.require(number, db)
    var wanted: Int64?
    if case .file(let id) = keep { wanted = id }
    let file = try InvoiceFileStore(db).file(of: known, id: wanted)
    if wanted != nil { try replace(known, by: file, db, on: day) }
    try InvoiceEventStore(db).append(
      InvoiceEvent(.resolved, on: day, fileID: file.id, reason: decision.reason), to: known.id)
    return try InvoiceStandingStore(db, asOf: day).standing(of: known.number)?.sums.gross ?? .zero
  }

  private func replace(
    _ known: (id: Int64, number: String), by file: InvoiceFileStore.Kept, _ db: BooksConnection,
    on day: CivilDate
  ) throws {
    let reading = file.bytes.withUnsafeBytes { InvoiceReader().read($0, name: file.name) }
    guard let text = reading.text, let invoice = Invoice(text), invoice.sums != nil else {
      throw ValueError(
        "invoice.no-original",
        Phrase("file \(file.id) says no sums: it cannot count", "文件 \(file.id) 没有金额，不能作准"),
        hint: Phrase("keep the XML or the OFD", "请保留 XML 或 OFD 文件"))
    }
    try InvoiceStore(db).update(known.id, by: invoice, fileID: file.id, .replace)
  }
}
