import Shared

extension Export {
  private static let rentRollFields: [Field] = [
    .code("property_no", "项目编号"), .code("building_no", "楼栋号"), .text("floor", "楼层"),
    .code("unit_no", "铺位号"), .text("unit_name", "铺位名称"),
    .choice("usage", "用途", Choice.usages),
    .choice("state", "出租状态", Choice.occupancyStates),
    .decimal("area_m2", "面积"), .code("contract_no", "合同编号"), .code("tenant_no", "租户编号"),
    .text("tenant_name", "租户名称"), .text("brand", "品牌"), .text("trade", "业态"),
    .date("from_on", "起租日"), .date("to_on", "到期日"),
    .choice("method", "计费方式", Choice.chargeMethods), .decimal("price", "单价"),
    .choice("per", "计价单位", Choice.timeUnits), .money("monthly_rent", "月租金"),
    .decimal("asking_price", "挂牌租金"),
  ]

  /// 租金台账: every unit, who occupies it until when at which rent, as of a day.
  static let rentRoll = Export(
    name: "rent_roll", zh: "租金台账",
    summary: Phrase(
      "who occupies which unit until when at which rent, vacant units included, as of a day",
      "截至某日各铺位由谁承租、租至何时、租金多少（含空置）"),
    columns: rentRollFields
  ) { db, selection, day, writer in
    let roll = try RentRollStore(db, on: day)
    while let entry = try roll.next() {
      for rent in try entry.lease.rents(on: day, rentItems: roll.rentItems) {
        try roll.add(rent, entry.lease)
      }
    }
    try roll.write(selection, rentRollFields, writer)
  }
}

extension Choice {
  static let occupancyStates = [
    Choice("let", "在租"), Choice("vacant", "空置"), Choice("reserved", "预留"),
    Choice("withdrawn", "停用"),
  ]
}
