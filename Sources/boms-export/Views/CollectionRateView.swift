import Shared

extension Export {
  /// 收缴率与清欠: how much of what fell due was collected, and of what was overdue recovered.
  static let collectionRate = Export(
    name: "collection_rate", zh: "收缴率",
    summary: Phrase(
      "what was collected as of a day of what fell due in each month, and what of older arrears was "
        + "recovered in it: by property, company and item",
      "截至某日各月应收的收缴率，以及当月清欠：分项目、主体、收费项目"),
    columns: [
      .choice("level", "统计口径", [Choice("company", "收款主体"), Choice("item", "收费项目")]),
      .month("month", "月份"), .code("property_no", "项目编号"), .code("company_no", "收款主体"),
      .code("item", "项目代码"), .text("item_name", "项目名称"), .money("due", "当月应收"),
      .money("collected", "已收"), .money("open", "未收"), .percent("rate", "收缴率"),
      .money("arrears", "月初欠费"), .money("recovered", "当月清欠"),
      .percent("recovery_rate", "清欠率"),
    ]
  ) { db, selection, day, writer in
    var rows: [CollectionRateRow] = []
    let places = try CollectionRateStore.movements(db, on: day)
    func add(
      _ place: CollectionRateStore.Place?, _ first: CollectionRateStore.Place,
      _ movements: [CollectionRate.Movement]
    ) throws {
      for rate in try CollectionRate.rates(of: movements, through: day.month) {
        rows.append(
          CollectionRateRow(
            propertyNo: first.propertyNo, companyNo: first.companyNo, item: place?.item,
            itemName: place?.itemName, rate: rate))
      }
    }
    for (place, movements) in places { try add(place, place, movements) }
    let companies = Dictionary(grouping: places) { [$0.place.propertyNo, $0.place.companyNo] }
    for its in companies.values {
      try add(nil, its[0].place, its.flatMap(\.movements))
    }
    for row in rows.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      try ComputedRow(cells: row.cells()).write(selection, to: writer)
    }
  }
}

/// A row: of a company and all that it charges for, or of one item.
private struct CollectionRateRow {
  var propertyNo: String
  var companyNo: String
  var item: String?
  var itemName: String?
  var rate: CollectionRate

  /// By month; a company before its items.
  var key: [String] { ["\(rate.month)", propertyNo, companyNo, item ?? ""] }

  func cells() throws -> [Cell] {
    [
      .text(item == nil ? "company" : "item"), .text("\(rate.month)"), .text(propertyNo),
      .text(companyNo), Cell(item), Cell(itemName), Cell(rate.due), Cell(rate.collected),
      Cell(try rate.due - rate.collected), Cell(try rate.rate()), Cell(rate.arrears),
      Cell(rate.recovered), Cell(try rate.recoveryRate()),
    ]
  }
}
