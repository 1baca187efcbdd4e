import Shared

extension Export {
  private static let agingFields: [Field] = [
    .code("tenant_no", "租户编号"), .text("tenant_name", "租户名称"), .code("property_no", "项目编号"),
    .code("company_no", "收款主体"), .money("not_due", "未到期"), .money("days_1_30", "1–30天"),
    .money("days_31_60", "31–60天"), .money("days_61_90", "61–90天"),
    .money("days_91_180", "91–180天"), .money("days_181_365", "181–365天"),
    .money("over_365", "365天以上"), .money("total", "应收合计"), .money("credit", "未用余款"),
  ]

  /// 账龄: for how long what a tenant owes has been overdue.
  static let aging = Export(
    name: "aging", zh: "账龄",
    summary: Phrase(
      "what each tenant owes as of a day, by the days that it is overdue; deposits are left out",
      "截至某日各租户的应收款账龄（不含押金）"),
    columns: agingFields
  ) { db, selection, day, writer in
    try AgingStore.write(db, on: day, agingFields, selection, writer)
  }
}
