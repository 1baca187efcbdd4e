import ArgumentParser
import Shared

/// `boms-invoice export`: a posted invoice as the accounting data standard wants it.
struct InvoiceExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "export",
    Phrase(
      "Write posted invoices as XBRL instances (电子凭证会计数据标准, einv).",
      "把已入账的发票导出为 XBRL 实例（电子凭证会计数据标准）。"),
    examples: [
      "boms-invoice export --xbrl 26332000000000000104 > 26332000000000000104.xml",
      "boms-invoice export --xbrl --period 2026-11 --out archive/2026-11/",
    ],
    discussion: Phrase(
      """
      One instance an invoice, with what the receiver adds to it after 入账: whether it is checked, \
      booked and red, the accounting entity, the voucher and its entries ('post --entry'), and of a \
      special invoice the use, period and transfer of its input tax. What BOMS does not know (payment, \
      contract, income tax) is left out. Invoices that are not posted are refused.
      """,
      """
      每张发票一个实例（einv），含接收方入账后补充的信息：是否查验、入账、红字，会计主体，凭证\
      及其分录（'post --entry'），专票另有进项税额的用途、所属期和转出。BOMS 没有的信息（付\
      款、合同、所得税）不写。未入账的发票拒绝导出。
      """))

  @Argument(help: .boms("The numbers of the invoices.", "发票号码。", valueName: "number"))
  var numbers: [String] = []

  @Flag(help: .boms("As XBRL; there is no other form.", "写作 XBRL，这是仅有的格式。"))
  var xbrl = false

  @Option(
    help: .boms(
      "All that are posted in this accounting period.", "此会计期间入账的全部发票。", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var period: CivilMonth?

  @OptionGroup var place: PlaceOption
  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if !xbrl {
      throw ValidationError("--xbrl is missing: it is the only form there is", "缺少 --xbrl：这是仅有的格式")
    }
    if numbers.isEmpty == (period == nil) {
      throw ValidationError("give numbers, or --period", "请给出号码，或 --period")
    }
    if case .folder = place.place { return }
    if numbers.count != 1 {
      throw ValidationError(
        "an instance is of one invoice: for several give --out FOLDER/",
        "一个实例只含一张发票，多张请用 --out FOLDER/")
    }
  }

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    let books = try context.books(database, .sending)
    var names = FileNames()
    if case .folder(let folder) = place.place { try OutputFile.makeFolder(folder) }
    let written = try books.read { db in
      let store = try XBRLStore(db, asOf: day)
      let wanted =
        try numbers.isEmpty ? store.posted(in: period) : numbers.map { try store.require($0) }
      for instance in wanted {
        try place.place.write(names.name(instance.number, ending: ".xml")) {
          instance.write(to: $0)
        }
      }
      return wanted.count
    }
    var summary = Summary((Phrase("instances", "实例"), written))
    if let note = place.place.summary { summary.note(note) }
    context.console.say(summary)
  }
}
