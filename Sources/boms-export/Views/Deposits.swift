import Shared

extension Export {
  private static let depositsFields: [Field] = [
    .code("property_no", "项目编号"), .code("contract_no", "合同编号"), .code("tenant_no", "租户编号"),
    .text("tenant_name", "租户名称"), .code("item", "项目代码"), .text("item_name", "项目名称"),
    .code("company_no", "收款主体"), .money("demanded", "应收押金"), .money("opening", "期初押金"),
    .money("collected", "已收取"), .money("transferred_in", "转入"),
    .money("transferred_out", "转出"), .money("deducted", "已抵扣"), .money("refunded", "已退还"),
    .money("held", "结存"), .money("owed_back", "应退"), .money("open", "待收"),
  ]

  /// 押金台账: what was asked for, what became of it, what is held.
  static let deposits = Export(
    name: "deposits", zh: "押金台账",
    summary: Phrase(
      "deposits by contract, item and company as of a day: asked for, collected, used, held",
      "截至某日各合同押金：应收、收取、抵扣、转移、退还、结存"),
    columns: depositsFields
  ) { db, selection, day, writer in
    try DepositsStore.write(db, on: day, depositsFields, selection, writer)
  }
}
