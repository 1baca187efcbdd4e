import Shared

extension Export {
  private static let occupancyFields: [Field] = [
    .choice(
      "level", "统计口径",
      [
        Choice("property", "项目"), Choice("building", "楼栋"), Choice("floor", "楼层"),
        Choice("usage", "用途"), Choice("trade", "业态"),
      ]), .code("property_no", "项目编号"), .code("building_no", "楼栋号"), .text("floor", "楼层"),
    .choice("usage", "用途", Choice.usages), .text("trade", "业态"),
    .integer("units", "铺位数", 0...Int.max), .integer("let_units", "已租铺位数", 0...Int.max),
    .decimal("area_m2", "可租面积"), .decimal("let_area_m2", "已租面积"),
    .decimal("vacant_area_m2", "空置面积"), .percent("occupancy_percent", "出租率"),
    .percent("occupancy_percent_units", "出租率（按铺位数）"),
  ]

  /// 出租率: how much of a property, its floors and its trades is let.
  static let occupancy = Export(
    name: "occupancy", zh: "出租率",
    summary: Phrase(
      "how much is let as of a day, by area and by units: of each property, building, floor, "
        + "usage and trade",
      "截至某日的出租率（按面积、按铺位数）：分项目、楼栋、楼层、用途、业态"),
    columns: occupancyFields
  ) { db, selection, day, writer in
    try OccupancyStore.forEach(db, on: day) { share in
      let (area, letArea) = (share.area.millionths, share.letArea.millionths)
      try ComputedRow(cells: [
        .text(share.level), .text(share.propertyNo), Cell(share.buildingNo), Cell(share.floor),
        Cell(share.usage), Cell(share.trade), Cell(share.units), Cell(share.letUnits),
        Cell(share.area), Cell(share.letArea), .integer(area - letArea),
        Cell(try Fixed.percent(of: letArea, in: area)),
        Cell(try Fixed.percent(of: Int64(share.letUnits), in: Int64(share.units))),
      ]).write(selection, to: writer)
    }
  }
}
