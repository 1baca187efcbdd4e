import Shared

/// The columns of `compute`, and a charge as a row of them.
enum ComputedCharges {
  static let fields: [Field] = [
    .code("contract_no", "合同编号"), .integer("line", "行号", 0...9999),
    .code("item", "收费项目"), .chargeKind, .date("period_start", "账期起"),
    .date("period_end", "账期止"), .date("bill_on", "出账日"), .date("due_on", "应收日期"),
    .decimal("quantity", "数量"), .decimal("price", "单价"), .money("net", "不含税金额"),
    .money("tax", "税额"), .money("amount", "价税合计"), .text("explain", "计算说明"),
  ]

  static func write(_ charge: Charge, of lease: Lease, to writer: RecordWriter) throws {
    writer.text(lease.contractNo)
    if let line = charge.line { writer.integer(Int64(line)) } else { writer.null() }
    writer.text(charge.item)
    writer.text(charge.kind.rawValue)
    writer.date(charge.period.from)
    writer.date(charge.period.to)
    writer.date(charge.billOn)
    writer.date(charge.dueOn)
    if let (quantity, price) = charge.quantityAndPrice {
      writer.integer(quantity.millionths)
      writer.integer(price.millionths)
    } else {
      writer.null()
      writer.null()
    }
    writer.integer(charge.amounts.net.fen)
    writer.integer(charge.amounts.tax.fen)
    writer.integer(charge.amounts.amount.fen)
    writer.text(Explanation.text(charge, .zh))
    try writer.endRow()
  }
}

extension Field {
  /// What a charge is by the law: base, late_fee …
  static let chargeKind = Field.choice(
    "kind", "类别", ChargeKind.allCases.map { Choice($0.rawValue, $0.zh) })
}
