extension Catalogue {
  /// 楼栋: a part of a property with units of its own.
  package static let building = Register(
    "building", "楼栋",
    Phrase("a part of a property with units of its own", "项目内的楼栋或区域"),
    group: ["property_no"],
    fields: [
      .code("property_no", "项目编号").key.eg("XH01"),
      .code("building_no", "楼栋号").key.eg("A"),
      .text("name", "楼栋名称").eg("A座 购物中心"),
    ],
    references: [Reference("property_no", "property")])
}
