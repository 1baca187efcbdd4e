extension Catalogue {
  /// 公摊: a cost of a month that is divided over the contracts with a share term for its item.
  package static let sharePool = Register(
    "share_pool", "公摊",
    Phrase("a cost of a month that contracts share", "当月由各合同分摊的费用"),
    fields: [
      .code("pool_no", "公摊编号").key.eg("GT-202609"),
      .month("period", "所属月份").key.eg("2026-09"),
      .code("item", "项目代码").required.eg("share"),
      .money("amount", "金额").required.eg("18642.37"),
      .choice("basis", "分摊方式", Choice.shareBases).or("area").eg("area"),
      .code("property_no", "项目编号").required.eg("XH01"),
      .decimal("own_area_m2", "自持面积", .notNegative, unit: "㎡").or("0").eg("350.5")
        .note("borne by the operator", "由运营方承担"),
    ],
    references: [Reference("item", "fee_item"), Reference("property_no", "property")],
    rules: [
      .number(
        "share_pool.amount", Named("amount", "金额"), level: .warning,
        asks: Phrase("should not be zero", "不应为零"),
        hint: Phrase("leave the pool out until its cost is known", "费用确定后再录入该公摊")
      ) { $0 != 0 },
      plausiblePeriod, ownArea,
    ])

  private static let plausiblePeriod = RowRule(
    "share_pool.period", .warning,
    Phrase("period lies in the years 2000 to 2099", "所属月份在 2000 至 2099 年之间")
  ) { record in
    guard let period = record.text("period"), !("2000-01"..."2099-12").contains(period) else {
      return nil
    }
    return Violation(
      "period", Phrase("period '\(period)' is hardly meant", "所属月份“\(period)”不合常理"),
      hint: Phrase("correct the year", "请更正年份"))
  }

  private static let ownArea = RowRule(
    "share_pool.own-area", .warning,
    Phrase("own_area_m2 counts only where the basis is area", "自持面积仅用于按面积分摊")
  ) { record in
    guard record.text("basis") == "equal", let area = record.fixed("own_area_m2"), area > .zero
    else { return nil }
    return Violation(
      "own_area_m2",
      Phrase(
        "own_area_m2 '\(area)' is not used where every contract bears the same",
        "平均分摊时不使用自持面积“\(area)”"),
      hint: Phrase("leave own_area_m2 empty, or share by area", "请清空自持面积，或改为按面积分摊"))
  }
}

extension Choice {
  static let shareBases = [Choice("area", "按面积"), Choice("equal", "平均")]
}
