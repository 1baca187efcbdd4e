import Shared

extension Export {
  private static let openItemsFields: [Field] = [
    .code("bill_no", "账单号"), .code("property_no", "项目编号"), .code("contract_no", "合同编号"),
    .code("tenant_no", "租户编号"), .text("tenant_name", "租户名称"), .code("company_no", "收款主体"),
    .integer("line", "行号", 0...9999), .code("item", "项目代码"), .text("item_name", "项目名称"),
    .choice("kind", "类别", Choice.chargeKinds), .date("period_start", "账期起"),
    .date("period_end", "账期止"), .date("due_on", "应收日期"), .date("booked_on", "记账日"),
    .integer("days_overdue", "逾期天数", 0...Int.max), .money("amount", "价税合计"),
    .money("settled", "已核销"), .money("open", "未收金额"),
    .money("written_off", "坏账核销"),
  ]

  /// 未收款: every charge of which something is open, or written off and still claimed.
  static let openItems = Export(
    name: "open_items", zh: "未收款",
    summary: Phrase(
      "charges of which something is open as of a day; credit notes with something left are negative",
      "截至某日尚有未收金额的费用；尚有余额的冲减为负数"),
    columns: openItemsFields
  ) { db, selection, day, writer in
    try OpenItemsStore.write(db, on: day, openItemsFields, selection, writer)
  }
}
