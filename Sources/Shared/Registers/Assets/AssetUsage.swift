extension Catalogue {
  /// 工作量: what an asset did in a month. A corrected figure is a new revision.
  package static let assetUsage = Register(
    "asset_usage", "工作量",
    Phrase("what an asset did in a month, for method units", "工作量法资产当月完成的工作量"),
    change: .revise,
    fields: [
      .code("asset_no", "资产编号").key.eg("GD00002"),
      .month("month", "月份").key.eg("2026-08"),
      .decimal("units", "工作量", .notNegative).required.eg("549")
        .note("in the unit of the asset's total_units", "单位同资产的总工作量"),
    ],
    references: [Reference("asset_no", "asset")])
}
