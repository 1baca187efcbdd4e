import Shared

extension Export {
  private static let writeOffsFields: [Field] = [
    .code("bill_no", "账单号"), .code("property_no", "项目编号"), .code("contract_no", "合同编号"),
    .code("tenant_no", "租户编号"), .text("tenant_name", "租户名称"), .code("company_no", "收款主体"),
    .code("item", "项目代码"), .text("item_name", "项目名称"), .date("period_start", "账期起"),
    .date("period_end", "账期止"), .date("due_on", "应收日期"), .money("amount", "价税合计"),
    .money("written_off", "已核销坏账"), .money("reversed", "已冲回"),
    .money("given_up", "核销余额"), .date("last_on", "最近记账日"), .text("reason", "原因"),
  ]

  /// 坏账核销: the claims that the books gave up, which stay claims.
  static let writeOffs = Export(
    name: "write_offs", zh: "坏账核销",
    summary: Phrase(
      "charges that were written off by a day, what of it was taken back, and what is given up still",
      "截至某日核销的坏账、已冲回与仍核销的金额"),
    columns: writeOffsFields
  ) { db, selection, day, writer in
    try WriteOffsStore.write(db, on: day, writeOffsFields, selection, writer)
  }
}
