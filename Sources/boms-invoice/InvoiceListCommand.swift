import ArgumentParser
import Shared

/// `boms-invoice list`: the pool (票池台账).
struct InvoiceListCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "list", "List the invoices of the pool and what became of each.",
    examples: [
      "boms-invoice list --month 2026-10 --format table",
      "boms-invoice list --direction in --unposted",
      "boms-invoice list --status to_reverse --status to_transfer_out",
      "boms-invoice list --undeducted --headings zh --excel > 未抵扣.csv",
    ],
    discussion: """
      Everything is as of a day: an invoice that came later is not there, and what was posted or \
      deducted later is not. --status may be given several times; all must hold. A seller or a \
      buyer is found by the tax number or a part of the name. An invoice belongs to the property of \
      the charges or of the purchase that it is for ('boms-invoice match'); one that is matched to \
      nothing belongs to none.
      """)

  @Option(
    help: ArgumentHelp("Only those issued in this month.", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var month: CivilMonth?

  @Option(
    help: ArgumentHelp("Only those issued on this day or later.", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var from: CivilDate?

  @Option(
    help: ArgumentHelp("Only those issued on this day or earlier.", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var to: CivilDate?

  @Option(help: "Only those that we get, that we issue, both, or neither.")
  var direction: Direction?

  @Option(help: ArgumentHelp("Only those of this status; may be given again.", valueName: "status"))
  var status: [InvoiceStatus] = []

  @Flag(help: "The same as --status unposted.")
  var unposted = false

  @Flag(help: "The same as --status undeducted.")
  var undeducted = false

  @Option(help: ArgumentHelp("Only of this kind of invoice.", valueName: "kind"))
  var kind: InvoiceKind?

  @Option(help: ArgumentHelp("Only of this seller.", valueName: "tax number|name"))
  var seller: String?

  @Option(help: ArgumentHelp("Only of this buyer.", valueName: "tax number|name"))
  var buyer: String?

  @Option(help: ArgumentHelp("Only those that this company sold or bought.", valueName: "no"))
  var company: String?

  @Option(help: ArgumentHelp("Only those for something of this property.", valueName: "no"))
  var property: String?

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var revealing: RevealOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  enum Direction: String, CaseIterable, ExpressibleByArgument {
    case `in`, out, `internal`, other
  }

  func validate() throws {
    if month != nil, from != nil || to != nil {
      throw ValidationError("--month says both ends: give it, or --from and --to")
    }
  }

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    let books = try context.books(database, revealing.use)
    let writer = output.writer(
      InvoiceFields.all.map { Column($0) }, context.environment,
      titled: Phrase("invoices", "票池台账"))
    var sum = (count: 0, gross: Money.zero)
    try books.read { db in
      if let company { try KnownNumber.require("company", company, "收款主体", db) }
      if let property { try KnownNumber.require("property", property, "项目", db) }
      try InvoiceListStore(db, asOf: day).forEach(filter) { listed in
        sum = (sum.count + 1, try sum.gross + listed.gross)
        try writer.row(listed.cells())
      }
    }
    try writer.finish()
    var summary = Summary((Phrase("invoices", "发票"), sum.count))
    summary.note(Phrase("gross \(sum.gross.grouped)", "价税合计 \(sum.gross.grouped)"))
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    context.console.say(summary)
  }

  private var filter: InvoiceListStore.Filter {
    var filter = InvoiceListStore.Filter()
    (filter.from, filter.to) = (month?.first ?? from, month?.last ?? to)
    (filter.direction, filter.kind) = (direction?.rawValue, kind?.rawValue)
    (filter.seller, filter.buyer) = (seller, buyer)
    (filter.companyNo, filter.propertyNo) = (company, property)
    filter.statuses = status + (unposted ? [.unposted] : []) + (undeducted ? [.undeducted] : [])
    return filter
  }
}

extension InvoiceStatus: ExpressibleByArgument {}

extension InvoiceKind: ExpressibleByArgument {}
