import Shared

extension Export {
  private static let billsFields: [Field] = [
    .code("bill_no", "账单号"),
    .choice("kind", "单据类型", [Choice("bill", "账单"), Choice("credit_note", "冲减单")]),
    .code("property_no", "项目编号"), .code("contract_no", "合同编号"),
    .code("tenant_no", "租户编号"), .text("tenant_name", "租户名称"), .code("company_no", "收款主体"),
    .date("bill_on", "出账日"), .date("due_on", "应收日期"), .date("booked_on", "记账日"),
    .integer("charges", "费用笔数", 0...Int.max), .money("net", "不含税金额"),
    .money("tax", "税额"), .money("amount", "价税合计"),
  ]

  /// 账单: every bill and credit note.
  static let bills = Export(
    name: "bills", zh: "账单",
    summary: Phrase("every bill and credit note, with its totals", "全部账单与冲减单及其合计"),
    columns: billsFields
  ) { db, selection, _, writer in
    try ExportStore.write(
      view: "bills", order: ["company_no", "month", "serial"], db, billsFields, selection, writer)
  }
}
