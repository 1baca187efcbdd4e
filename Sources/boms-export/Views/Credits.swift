import Shared

extension Export {
  private static let creditsFields: [Field] = [
    .choice("paid_by", "款项来源", Choice.moneyKinds), .code("paid_by_no", "来源单号"),
    .code("property_no", "项目编号"), .code("tenant_no", "租户编号"),
    .text("tenant_name", "租户名称"), .code("company_no", "收款主体"),
    .code("contract_no", "合同编号"), .code("item", "项目代码"), .date("since", "款项日期"),
    .money("amount", "金额"), .money("used", "已核销"), .money("left", "余额"),
    .money("refunded", "已退款"),
  ]

  /// 余款: money that nothing has used up.
  static let credits = Export(
    name: "credits", zh: "余款",
    summary: Phrase(
      "what is left as of a day of payments, credit notes and prepaid money",
      "截至某日收款、冲减单、期初预收的余款"),
    columns: creditsFields
  ) { db, selection, day, writer in
    try CreditsStore.write(db, on: day, creditsFields, selection, writer)
  }
}
