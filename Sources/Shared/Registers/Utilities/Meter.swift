extension Catalogue {
  /// 表计: a meter as a thing; where it counts for whom stands in its installs.
  package static let meter = Register(
    "meter", "表计",
    Phrase("a meter as a thing", "表计档案"),
    fields: [
      .code("meter_no", "表号").key.eg("E00002"),
      .choice("kind", "表类", Choice.meterKinds).called("类型", "表类型").eg("power"),
      .code("property_no", "项目编号").required.eg("XH01"),
      .integer("digits", "位数", 1...12).eg("6")
        .note("before the point; needed to know a rollover", "整数位数，用于判断翻转"),
    ],
    references: [Reference("property_no", "property")])
}

extension Choice {
  static let meterKinds = [
    Choice("power", "电").called("电表"), Choice("water", "水").called("水表"),
    Choice("gas", "气").called("气表", "燃气", "燃气表"), Choice("heat", "热").called("热力", "热力表"),
    Choice("cooling", "冷"),
  ]
}
