extension Catalogue {
  /// 铺位: what is let, from a shop to a parking space.
  package static let unit = Register(
    "unit", "铺位",
    Phrase("what is let, from a shop to a parking space", "可出租的铺位、办公、车位等"),
    fields: [
      .code("unit_no", "铺位号").key
        .called("铺位", "铺位编号", "商铺号", "商铺编号", "铺号").eg("A-L1-002"),
      .code("property_no", "项目编号").required.eg("XH01"),
      .code("building_no", "楼栋号").eg("A"),
      .text("floor", "楼层").eg("L1"),
      .text("name", "铺位名称").eg("健身2号铺"),
      .decimal("area_m2", "建筑面积", .positive, unit: "㎡").required.called("面积").eg("149.94"),
      .decimal("inner_area_m2", "套内面积", .positive, unit: "㎡").eg("107.96"),
      .choice("usage", "用途", Choice.usages).eg("shop"),
      .text("trade", "业态").called("经营业态").eg("健身"),
      .decimal("asking_price", "挂牌租金", .notNegative, unit: "元/㎡·日").eg("5.63"),
      .choice("status", "状态", Choice.unitStatuses).or("available").eg("available"),
      .text("deed_no", "产权证号").eg("浙(2019)杭州市不动产权第0479856号"),
      .text("deed_address", "不动产地址").eg("浙江省杭州市西湖区文三路100号"),
    ],
    references: [
      Reference("property_no", "property"),
      Reference(["property_no", "building_no"], "building"),
    ],
    rules: [innerArea])

  private static let innerArea = RowRule(
    "unit.inner-area", .warning,
    Phrase("inner_area_m2 is not larger than area_m2", "套内面积不大于建筑面积")
  ) { record in
    guard let inner = record.fixed("inner_area_m2"), let area = record.fixed("area_m2"),
      inner > area
    else { return nil }
    return Violation(
      "inner_area_m2",
      Phrase(
        "inner_area_m2 '\(inner)' is larger than area_m2 '\(area)'",
        "套内面积“\(inner)”大于建筑面积“\(area)”"),
      hint: Phrase("see whether the two areas are exchanged", "请检查两个面积是否填反"))
  }
}

extension Choice {
  package static let usages = [
    Choice("shop", "商铺").called("店铺", "门店", "商业", "零售", "餐饮"),
    Choice("office", "办公").called("办公室", "写字楼", "写字间"), Choice("stall", "摊位"),
    Choice("kiosk", "多经点位").called("多经"), Choice("storage", "仓库").called("库房", "仓储"),
    Choice("ad", "广告位").called("广告"),
    Choice("parking", "车位").called("停车位"),
  ]
  static let unitStatuses = [
    Choice("available", "可租"), Choice("reserved", "预留"), Choice("withdrawn", "停用"),
  ]
}
