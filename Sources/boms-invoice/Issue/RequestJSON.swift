import Shared

/// Requests as JSON: an array, an object a request, in plain names. Decimals are strings.
enum RequestJSON {
  static func write(_ requests: [RequestExportStore.Request], to output: ByteOutput) throws {
    output.append("[")
    for (index, request) in requests.enumerated() {
      output.append(index == 0 ? "\n" : ",\n")
      object(members(request), to: output)
      try output.check()
    }
    output.append(requests.isEmpty ? "]\n" : "\n]\n")
    try output.flush()
  }

  private indirect enum Value {
    case text(String?)
    case flag(Bool)
    case number(Int)
    case list([[(String, Value)]])
  }

  private static func members(_ request: RequestExportStore.Request) -> [(String, Value)] {
    let content = request.content
    let buyer = content.buyer
    return [
      ("request_no", .text(request.number)), ("colour", .text(request.isRed ? "red" : "blue")),
      ("company_no", .text(request.companyNo)), ("seller_name", .text(request.sellerName)),
      ("seller_tax_no", .text(request.sellerTaxNo)), ("tenant_no", .text(request.tenantNo)),
      ("invoice_kind", .text(buyer.kind.rawValue)),
      ("business", .text(content.business?.rawValue)), ("buyer_name", .text(buyer.name)),
      ("buyer_is_person", .flag(buyer.isPerson)), ("buyer_tax_no", .text(buyer.taxNo)),
      ("buyer_address", .text(buyer.address)), ("buyer_phone", .text(buyer.phone)),
      ("buyer_bank", .text(buyer.bank)), ("buyer_account", .text(buyer.account)),
      ("buyer_email", .text(buyer.email)), ("requested_on", .text("\(request.requestedOn)")),
      ("remark", .text(content.remark)), ("net", .text("\(request.sums.net)")),
      ("tax", .text("\(request.sums.tax)")), ("gross", .text("\(request.sums.amount)")),
      ("blue_no", .text(request.blueNo)), ("red_reason", .text(request.redReason?.rawValue)),
      ("lines", .list(content.lines.enumerated().map { line($1, $0 + 1) })),
      ("leases", .list(content.leases.map(lease))),
    ]
  }

  private static func line(_ line: RequestContent.Line, _ number: Int) -> [(String, Value)] {
    [
      ("line", .number(number)), ("item", .text(line.item)), ("item_name", .text(line.itemName)),
      ("tax_code", .text(line.taxCode)), ("unit", .text(line.unit)),
      ("quantity", .text(line.quantity)), ("price", .text(line.price)),
      ("tax_rate", .text("\(line.taxRate)")), ("policy", .text(line.policy)),
      ("net", .text("\(line.amounts.net)")), ("tax", .text("\(line.amounts.tax)")),
      ("gross", .text("\(line.amounts.amount)")),
    ]
  }

  private static func lease(_ lease: RequestContent.LeaseRow) -> [(String, Value)] {
    [
      ("unit_no", .text(lease.unitNo)), ("deed_no", .text(lease.deedNo)),
      ("region", .text(lease.region)), ("address", .text(lease.address)),
      ("from_on", .text("\(lease.period.from)")), ("to_on", .text("\(lease.period.to)")),
      ("cross_city", .flag(lease.isCrossCity)), ("area_unit", .text(lease.areaUnit)),
    ]
  }

  private static func object(_ members: [(String, Value)], to output: ByteOutput) {
    output.append("{")
    for (index, (name, value)) in members.enumerated() {
      if index > 0 { output.append(",") }
      output.appendJSON(name)
      output.append(":")
      switch value {
      case .text(let text?): output.appendJSON(text)
      case .text(nil): output.append("null")
      case .flag(let flag): output.append(flag ? "true" : "false")
      case .number(let number): output.append(String(number))
      case .list(let objects):
        output.append("[")
        for (index, members) in objects.enumerated() {
          if index > 0 { output.append(",") }
          object(members, to: output)
        }
        output.append("]")
      }
    }
    output.append("}")
  }
}
