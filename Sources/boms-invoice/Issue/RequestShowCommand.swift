import ArgumentParser
import Shared

/// `boms-invoice request show`: one request, whole.
struct RequestShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "show",
    Phrase(
      "Write everything that is known of a request: buyer, lines, charges, leases, events.",
      "写出一份申请的全部内容：购买方、明细、费用、租约、事件。"),
    examples: [
      "boms-invoice request show CQ-KP2611-0001 --format table",
      "boms-invoice request show CQ-KP2611-0001 --headings zh",
    ])

  @Argument(help: .boms("The request's number.", "申请的流水号。", valueName: "request"))
  var number: String

  @OptionGroup var revealing: RevealOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  /// A row a value: of the request itself, of its nth line, charge, lease or event.
  static let fields: [Field] = [
    .choice(
      "section", "部分",
      [
        Choice("request", "申请"), Choice("line", "明细"), Choice("charge", "费用"),
        Choice("lease", "不动产"), Choice("event", "事件"),
      ]),
    .integer("seq", "序号", 1...9999), .text("field", "字段"), .text("value", "内容"),
  ]

  func run() throws {
    let context = say.context()
    let books = try context.books(database, revealing.use)
    let writer = output.writer(
      RequestShowCommand.fields.map { Column($0) }, context.environment)
    try books.read { db in
      let store = try RequestExportStore(db)
      let selection = RequestRecordsStore.Selection(numbers: [number])
      for request in try store.requests(selection) {
        try write("request", 1, header(request), writer)
        for (index, line) in request.content.lines.enumerated() {
          try write("line", index + 1, values(line), writer)
        }
        let parts = request.content.lines.enumerated().flatMap { index, line in
          line.parts.map { (line: index + 1, part: $0) }
        }
        for (index, (line, part)) in parts.enumerated() {
          let place = try store.place(of: part.charge)
          try write(
            "charge", index + 1,
            [
              ("line", "\(line)"), ("bill_no", place.billNo), ("contract_no", place.contractNo),
              ("net", "\(part.amounts.net)"), ("tax", "\(part.amounts.tax)"),
              ("gross", "\(part.amounts.amount)"),
            ], writer)
        }
        for (index, lease) in request.content.leases.enumerated() {
          try write("lease", index + 1, values(lease), writer)
        }
        for (index, event) in try store.events(of: request.id).enumerated() {
          try write(
            "event", index + 1,
            [
              ("event", event.event), ("happened_on", "\(event.day)"),
              ("invoice_no", event.invoiceNo), ("reason", event.reason),
            ], writer)
        }
      }
    }
    try writer.finish()
  }

  private func write(
    _ section: String, _ seq: Int, _ values: [(String, String?)], _ writer: RecordWriter
  ) throws {
    for (field, value) in values {
      guard let value else { continue }
      try writer.row([.text(section), .integer(Int64(seq)), .text(field), .text(value)])
    }
  }

  private func header(_ request: RequestExportStore.Request) -> [(String, String?)] {
    let buyer = request.content.buyer
    return [
      ("request_no", request.number), ("colour", request.isRed ? "red" : "blue"),
      ("state", request.state.rawValue), ("company_no", request.companyNo),
      ("seller_name", request.sellerName), ("seller_tax_no", request.sellerTaxNo),
      ("tenant_no", request.tenantNo), ("invoice_kind", buyer.kind.rawValue),
      ("business", request.content.business?.rawValue), ("buyer_name", buyer.name),
      ("buyer_is_person", buyer.isPerson ? "yes" : "no"), ("buyer_tax_no", buyer.taxNo),
      ("buyer_address", buyer.address), ("buyer_phone", buyer.phone), ("buyer_bank", buyer.bank),
      ("buyer_account", buyer.account), ("buyer_email", buyer.email),
      ("requested_on", "\(request.requestedOn)"), ("remark", request.content.remark),
      ("net", "\(request.sums.net)"), ("tax", "\(request.sums.tax)"),
      ("gross", "\(request.sums.amount)"), ("blue_no", request.blueNo),
      ("red_reason", request.redReason?.rawValue),
    ]
  }

  private func values(_ line: RequestContent.Line) -> [(String, String?)] {
    [
      ("item", line.item), ("item_name", line.itemName), ("tax_code", line.taxCode),
      ("unit", line.unit), ("quantity", line.quantity), ("price", line.price),
      ("tax_rate", "\(line.taxRate)"), ("policy", line.policy), ("net", "\(line.amounts.net)"),
      ("tax", "\(line.amounts.tax)"), ("gross", "\(line.amounts.amount)"),
    ]
  }

  private func values(_ lease: RequestContent.LeaseRow) -> [(String, String?)] {
    [
      ("unit_no", lease.unitNo), ("deed_no", lease.deedNo), ("region", lease.region),
      ("address", lease.address), ("from_on", "\(lease.period.from)"),
      ("to_on", "\(lease.period.to)"), ("cross_city", lease.isCrossCity ? "yes" : "no"),
      ("area_unit", lease.areaUnit),
    ]
  }
}
