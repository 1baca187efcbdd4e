import ArgumentParser
import Shared

/// `boms-invoice list`: the pool (票池台账).
struct InvoiceListCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "list", Phrase("List the invoices of the pool and what became of each.", "列出票池中的发票及其处理情况。"),
    examples: [
      "boms-invoice list --month 2026-10 --format table",
      "boms-invoice list --direction in --unposted",
      "boms-invoice list --status to_reverse --status to_transfer_out",
      "boms-invoice list --undeducted --headings zh --excel > 未抵扣.csv",
    ],
    discussion: Phrase(
      """
      Everything is as of a day: an invoice that came later is not there, and what was posted or \
      deducted later is not. --status may be given several times; all must hold. A seller or a \
      buyer is found by the tax number or a part of the name. An invoice belongs to the property of \
      the charges or of the purchase that it is for ('boms-invoice match'); one that is matched to \
      nothing belongs to none.
      """,
      """
      各项均截至某日：此后收到的发票不列，此后的入账和抵扣不计。--status 可重复，须同时满足。\
      销售方和购买方按税号或名称的一部分查找。发票的项目取自其对应的费用或采购\
      （'boms-invoice match'）；没有匹配的不属于任何项目。
      """))

  @Option(
    help: .boms("Only those issued in this month.", "只列此月份开具的。", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var month: CivilMonth?

  @Option(
    help: .boms("Only those issued on this day or later.", "只列此日及以后开具的。", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var from: CivilDate?

  @Option(
    help: .boms(
      "Only those issued on this day or earlier.", "只列此日及以前开具的。", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var to: CivilDate?

  @Option(
    help: .boms(
      "Only those that we get, that we issue, both, or neither.", "只列收到的、开出的、两者兼是的，或两者都不是的。"))
  var direction: Direction?

  @Option(
    help: .boms(
      "Only those of this status; may be given again.", "只列此状态的；可重复。", valueName: "status"))
  var status: [InvoiceStatus] = []

  @Flag(help: .boms("The same as --status unposted.", "同 --status unposted（未入账）。"))
  var unposted = false

  @Flag(help: .boms("The same as --status undeducted.", "同 --status undeducted（未抵扣）。"))
  var undeducted = false

  @Option(help: .boms("Only of this kind of invoice.", "只列此发票种类的。", valueName: "kind"))
  var kind: InvoiceKind?

  @Option(help: .boms("Only of this seller.", "只列此销售方的。", valueName: "tax number|name"))
  var seller: String?

  @Option(help: .boms("Only of this buyer.", "只列此购买方的。", valueName: "tax number|name"))
  var buyer: String?

  @Option(
    help: .boms("Only those that this company sold or bought.", "只列此收款主体销售或购买的。", valueName: "no"))
  var company: String?

  @Option(help: .boms("Only those for something of this property.", "只列属于此项目的。", valueName: "no"))
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
      throw ValidationError(
        "--month says both ends: give it, or --from and --to", "--month 已确定起止日期，不能与 --from、--to 同用")
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
