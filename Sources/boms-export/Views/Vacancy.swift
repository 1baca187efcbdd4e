import Shared

extension Export {
  private static let vacancyFields: [Field] = [
    .code("property_no", "项目编号"), .code("building_no", "楼栋号"), .text("floor", "楼层"),
    .code("unit_no", "铺位号"), .text("unit_name", "铺位名称"),
    .choice("usage", "用途", Choice.usages), .text("trade", "业态"),
    .choice("state", "出租状态", Choice.occupancyStates), .decimal("area_m2", "面积"),
    .decimal("asking_price", "挂牌租金"), .date("vacant_from", "空置起"),
    .integer("days_vacant", "空置天数", 0...Int.max), .code("last_contract_no", "上一合同编号"),
    .money("forgone_rent", "月租金损失"), .code("next_contract_no", "下一合同编号"),
    .date("next_from_on", "下一起租日"),
  ]

  /// 空置: the units that nobody has, since when, and what that costs a month.
  static let vacancy = Export(
    name: "vacancy", zh: "空置",
    summary: Phrase(
      "units that are not let as of a day: since when, at which asking price, until when",
      "截至某日未出租的铺位：自何日起空置、挂牌租金、何日起已签新约"),
    columns: vacancyFields
  ) { db, selection, day, writer in
    try VacancyStore.forEach(db, on: day) { unit in
      let from = unit.lastOn?.next
      let rent = try unit.askingPrice.flatMap { try CurrentRent.asked($0, area: unit.area) }
      try ComputedRow(cells: [
        .text(unit.propertyNo), Cell(unit.buildingNo), Cell(unit.floor), .text(unit.unitNo),
        Cell(unit.name), Cell(unit.usage), Cell(unit.trade), .text(unit.state), Cell(unit.area),
        Cell(unit.askingPrice), Cell(from), Cell(from.map { day.days(since: $0) + 1 }),
        Cell(unit.lastContractNo), Cell(rent), Cell(unit.nextContractNo), Cell(unit.nextOn),
      ]).write(selection, to: writer)
    }
  }
}
