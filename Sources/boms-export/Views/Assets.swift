import Shared

extension Export {
  private static let depreciationFields: [Field] = [
    .code("asset_no", "资产编号"), .text("name", "资产名称"), .text("category", "类别"),
    .month("month", "月份"), .integer("revision", "版次", 0...Int.max),
    .date("booked_on", "记账日期"), .code("company_no", "收款主体"), .code("property_no", "项目编号"),
    .text("department", "部门"), .code("expense_account", "折旧费用科目"),
    .money("amount", "折旧额"), .money("accumulated", "累计折旧"), .money("net_value", "账面净值"),
    .choice("reason", "说明", Choice.depreciationReasons), .text("explain", "计算说明"),
  ]

  /// 折旧: the ledger, row by row.
  static let depreciation = Export(
    name: "depreciation", zh: "折旧",
    summary: Phrase("what each asset lost in each month, as it was booked", "各资产各月已入账的折旧"),
    columns: depreciationFields
  ) { db, selection, _, writer in
    try DepreciationViewStore.write(db, depreciationFields, selection, writer)
  }

  private static let assetBookFields: [Field] = [
    .code("asset_no", "资产编号"), .text("name", "资产名称"), .text("category", "类别"),
    .choice("kind", "资产类型", Choice.assetKinds), .code("company_no", "收款主体"),
    .code("property_no", "项目编号"), .text("department", "部门"), .text("location", "存放地点"),
    .text("custodian", "保管人"), .money("cost", "原值"), .money("accumulated", "累计折旧"),
    .money("impairment", "减值准备"), .money("net_value", "账面净值"), .date("last_on", "最近记账日"),
  ]

  /// 资产台账: what stands in the books.
  static let assetBook = Export(
    name: "asset_book", zh: "资产台账",
    summary: Phrase(
      "cost, accumulated depreciation, impairment and net value of every asset as of a day",
      "截至某日各资产的原值、累计折旧、减值准备与账面净值"),
    columns: assetBookFields
  ) { db, selection, day, writer in
    try AssetBookStore.write(db, on: day, assetBookFields, selection, writer)
  }
}
