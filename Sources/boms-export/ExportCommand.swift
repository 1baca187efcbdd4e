import ArgumentParser
import Shared

/// Brings any register, fact or view out.
package struct ExportCommand: Tool {
  package static let configuration = CommandConfiguration.boms(
    "boms-export",
    Phrase(
      "Bring a register or a view out as CSV, JSON, a table or a workbook.",
      "把登记表或视图导出为 CSV、JSON、表格或工作簿。"),
    examples: [
      "boms-export unit > units.csv",
      "boms-export charges --where contract_no=HT-2024-0001",
      "boms-export rent_roll --as-of 2026-11-22 --headings zh --bom > 租金台账.csv",
      "boms-export expiring_contracts --within 180 --format table",
      "boms-export bills --columns bill_no,tenant_name,due_on,amount --format json",
      "boms-export journal --month 2026-10 --format hledger > 10.journal",
      "boms-export open_items --format xlsx > 应收未收.xlsx",
      "boms-export --list",
    ])

  package static let exits: [ExitStatus] = [
    .noInput, .inputOutput, .busy, .noPermission, .settings,
  ]

  package init() {}

  @Argument(
    help: .boms(
      "The register or view, by its English or Chinese name.", "登记表或视图的英文名或中文名。",
      valueName: "register|view"),
    completion: .names { Exports.all.map { ($0.name, $0.zh) } })
  var name: String?

  @Flag(help: .boms("List the registers and views.", "列出登记表和视图。"))
  var list = false

  @Option(
    name: .customLong("where"),
    help: .boms(
      "Only rows whose field has this value (empty: none); may be given again.",
      "只导出该字段为此值的行（留空为没有值的行）；可重复。",
      valueName: "field=value"))
  var conditions: [String] = []

  @Option(help: .boms("Which columns, in which order.", "导出哪些列，按什么顺序。", valueName: "field,field…"))
  var columns: String?

  @Option(
    help: .boms(
      "How many days ahead expiring_contracts looks (default: 90).",
      "expiring_contracts（到期合同）往后看多少天（默认：90）。", valueName: "days"))
  var within: Int?

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var revealing: RevealOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var period: JournalOptions
  @OptionGroup var output: ExportOutput
  @OptionGroup var say: SayOptions

  package func validate() throws {
    if name == nil && !list {
      throw ValidationError(
        "which register or view? 'boms-export --list' shows them",
        "请给出登记表或视图，可用 'boms-export --list' 查看")
    }
    if let within, !(0...36_500).contains(within) {
      throw ValidationError(
        "--within takes a number of days from 0 to 36500", "--within 应为 0 至 36500 的天数")
    }
  }

  package func run() throws {
    let context = say.context()
    if list { return try Exports.list(output, context) }
    let export = try Exports.named(name ?? "")
    if within != nil, !export.takesWithin {
      throw Failure(
        .usage, Phrase("'\(export.name)' does not take --within", "“\(export.name)”没有 --within 选项"),
        hint: Phrase("it is for expiring_contracts", "该选项仅用于 expiring_contracts"))
    }
    if period.isGiven, !export.takesPeriod {
      throw Failure(
        .usage,
        Phrase(
          "'\(export.name)' does not take --company, --month, --from and --to",
          "“\(export.name)”没有 --company、--month、--from、--to 选项"),
        hint: Phrase("they are for the journal and its vouchers", "这些选项用于凭证类视图"))
    }
    let day = asOf.day(context.environment)
    var selection = try Selection(
      of: export.columns, columns: columns, conditions: conditions, within: within,
      language: context.language)
    selection.period = period.period(asOf: day)
    let books = try context.books(database, revealing.use, of: [export.name])
    if output.format == .hledger { return try writeLedger(of: export, from: books, day) }
    let writer = output.writer(
      selection.columns, context.environment, titled: Phrase(export.name, export.zh),
      headings: export.headings)
    try books.read { try export.write($0, selection, day, writer) }
    try writer.finish()
  }

  private func writeLedger(of export: Export, from books: Books, _ day: CivilDate) throws {
    guard let ledger = export.ledger else {
      throw Failure(
        .usage,
        Phrase("'\(export.name)' has no format hledger", "“\(export.name)”没有 hledger 格式"),
        hint: Phrase("it is for the journal", "该格式仅用于 journal"))
    }
    if columns != nil || !conditions.isEmpty {
      throw Failure(
        .usage,
        Phrase(
          "--format hledger writes whole vouchers, without --columns and --where",
          "--format hledger 输出完整凭证，不能与 --columns、--where 同用"))
    }
    try books.read { try ledger($0, period.period(asOf: day), ByteOutput()) }
  }
}
