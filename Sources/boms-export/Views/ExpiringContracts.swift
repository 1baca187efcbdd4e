import Shared

extension Export {
  private static let expiringFields: [Field] = [
    .code("property_no", "项目编号"), .code("contract_no", "合同编号"),
    .choice("kind", "合同类型", Choice.contractKinds), .code("tenant_no", "租户编号"),
    .text("tenant_name", "租户名称"), .text("brand", "品牌"), .text("trade", "业态"),
    .codes("unit_no", "铺位号"), .decimal("area_m2", "面积"), .date("start_on", "开始日期"),
    .date("end_on", "结束日期"), .date("terminated_on", "终止日期"), .date("last_on", "到期日"),
    .integer("days_left", "剩余天数", Int.min...Int.max), .money("monthly_rent", "月租金"),
    .codes("renewed_by", "续签合同编号"),
  ]

  /// 到期合同: the contracts that end soon, and those that are over and were not renewed.
  static let expiringContracts = Export(
    name: "expiring_contracts", zh: "到期合同",
    summary: Phrase(
      "signed contracts that end within 90 days (--within), or are over and not renewed",
      "90 天内到期（--within 可改）或已到期未续签的已签合同"),
    columns: expiringFields, takesWithin: true
  ) { db, selection, day, writer in
    let store = try ExpiringContractsStore(db, on: day, within: selection.within ?? 90)
    while let entry = try store.next() {
      let lease = entry.lease
      // The rent on the day; of a contract that is over, its last.
      let rents = try lease.rents(
        on: min(max(day, lease.startOn), lease.lastDay), rentItems: store.rentItems)
      var area = Fixed.zero
      for rent in rents { area = try area + rent.unit.area }
      let monthly = rents.compactMap(\.monthly)
      var rent = Money.zero
      for part in monthly { rent = try rent + part }
      let units = rents.map(\.unit.unitNo).joined(separator: ";")
      try store.add(
        lease, units: rents.isEmpty ? nil : units, area: rents.isEmpty ? nil : area,
        rent: monthly.isEmpty ? nil : rent)
    }
    try store.write(selection, expiringFields, writer)
  }
}
