import ArgumentParser
import Shared

/// `boms-invoice export`: a posted invoice as the accounting data standard wants it.
struct InvoiceExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "export", "Write posted invoices as XBRL instances (电子凭证会计数据标准, einv).",
    examples: [
      "boms-invoice export --xbrl 26332000000000000104 > 26332000000000000104.xml",
      "boms-invoice export --xbrl --period 2026-11 --out archive/2026-11/",
    ],
    discussion: """
      One instance an invoice, with what the receiver adds to it after 入账: whether it is checked, \
      booked and red, the accounting entity, the voucher and its entries ('post --entry'), and of a \
      special invoice the use, period and transfer of its input tax. What BOMS does not know (payment, \
      contract, income tax) is left out. Invoices that are not posted are refused.
      """)

  @Argument(help: ArgumentHelp("The numbers of the invoices.", valueName: "number"))
  var numbers: [String] = []

  @Flag(help: "As XBRL; there is no other form.")
  var xbrl = false

  @Option(
    help: ArgumentHelp("All that are posted in this accounting period.", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var period: CivilMonth?

  @OptionGroup var place: PlaceOption
  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if !xbrl { throw ValidationError("--xbrl is missing: it is the only form there is") }
    if numbers.isEmpty == (period == nil) {
      throw ValidationError("give numbers, or --period")
    }
    if case .folder = place.place { return }
    if numbers.count != 1 {
      throw ValidationError("an instance is of one invoice: for several give --out FOLDER/")
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
