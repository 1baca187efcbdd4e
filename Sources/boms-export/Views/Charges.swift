import Shared

extension Choice {
  static let chargeKinds = ChargeKind.allCases.map { Choice($0.rawValue, $0.zh) }
}

extension Export {
  private static let chargesFields: [Field] = [
    .code("bill_no", "账单号"), .code("property_no", "项目编号"), .code("contract_no", "合同编号"),
    .code("tenant_no", "租户编号"), .text("tenant_name", "租户名称"), .code("company_no", "收款主体"),
    .integer("line", "行号", 0...9999), .code("item", "项目代码"), .text("item_name", "项目名称"),
    .choice("kind", "类别", Choice.chargeKinds), .date("period_start", "账期起"),
    .date("period_end", "账期止"), .integer("revision", "修订", 0...Int.max),
    .date("bill_on", "出账日"), .date("due_on", "应收日期"), .date("booked_on", "记账日"),
    .decimal("quantity", "数量"), .decimal("price", "单价"), .rate("tax_rate", "税率"),
    .code("tax_code", "税收分类编码"), .money("net", "不含税金额"), .money("tax", "税额"),
    .money("amount", "价税合计"), .text("explain", "计算说明"),
  ]

  /// 费用明细: every charge of the books, in the order in which contracts owe it.
  static let charges = Export(
    name: "charges", zh: "费用明细",
    summary: Phrase("every charge, with its bill and its explanation", "每笔费用及其账单和计算说明"),
    columns: chargesFields
  ) { db, selection, _, writer in
    try ExportStore.write(
      view: "charges", order: ["contract_no", "source", "period_start", "kind", "revision"], db,
      chargesFields, selection, writer)
  }
}
