import Shared

extension Export {
  /// 坪效与租售比: what each contract sells per m², and how much of it rent and fees take.
  static let turnoverRatio = Export(
    name: "turnover_ratio", zh: "坪效租售比",
    summary: Phrase(
      "turnover per m², and rent and fees in percent of the turnover, by contract and month",
      "各合同每月坪效（每平方米营业额）与租售比"),
    columns: [
      .code("property_no", "项目编号"), .code("contract_no", "合同编号"),
      .code("tenant_no", "租户编号"), .text("tenant_name", "租户名称"), .text("brand", "品牌"),
      .text("trade", "业态"), .month("month", "月份"), .money("turnover", "营业额"),
      .decimal("area_m2", "面积"), .money("turnover_m2_month", "月坪效"),
      .money("turnover_m2_day", "日坪效"), .money("rent", "租金"), .money("service", "服务费"),
      .percent("rent_percent", "租售比"), .percent("cost_percent", "租售比（含服务费）"),
    ]
  ) { db, selection, day, writer in
    let store = try TurnoverRatioStore(db, on: day)
    while let entry = try store.next() {
      let lease = entry.lease
      let names = try store.names(of: lease)
      let rent = entry.charged(for: store.rentItems)
      let service = entry.charged(for: store.serviceItems)
      for month in try store.months(of: lease) {
        let ratio = try TurnoverRatio(
          lease, in: month.month, reports: month.reports, rent: rent, service: service)
        try ComputedRow(cells: [
          .text(lease.propertyNo), .text(lease.contractNo), .text(lease.tenantNo),
          .text(names.tenantName), Cell(names.brand), Cell(names.trade),
          .text(month.month.description), Cell(ratio.turnover), Cell(ratio.area),
          Cell(ratio.perArea), Cell(ratio.perAreaDay), Cell(ratio.rent), Cell(ratio.service),
          Cell(ratio.rentPercent), Cell(ratio.costPercent),
        ]).write(selection, to: writer)
      }
    }
  }
}

extension LeaseCursor.Entry {
  /// What the books have of some items, adjustments included. Opening items and late fees are for no
  /// days of this place.
  fileprivate func charged(for items: Set<String>) -> [TurnoverRatio.Charged] {
    recorded.filter { items.contains($0.item) && $0.kind != .opening && $0.kind != .lateFee }
      .map { TurnoverRatio.Charged(days: $0.period, amount: $0.amounts.amount) }
  }
}
