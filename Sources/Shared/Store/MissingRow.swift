/// A missing report or reading with its place in the books, as `boms-bill missing` and the view
/// `missing` write it.
package struct MissingRow: Sendable {
  package static let fields: [Field] = [
    .choice("kind", "缺项", MissingFact.Kind.allCases.map { Choice($0.rawValue, $0.zh) }),
    .code("property_no", "项目编号"), .code("contract_no", "合同编号"),
    .code("tenant_no", "租户编号"), .text("tenant_name", "租户名称"),
    .integer("line", "行号", 0...9999), .code("item", "收费项目"), .code("meter_no", "表号"),
    .choice("register", "时段", Choice.meterRegisters), .month("month", "月份"),
    .date("from_on", "起"), .date("to_on", "止"), .date("last_read_on", "上次抄表日"),
    .integer("days_overdue", "逾期天数", 0...Int.max),
  ]

  /// The term or the meter that the fact is of.
  package struct Place: Sendable {
    package var propertyNo: String
    package var contractNo: String
    package var tenantNo: String
    package var tenantName: String
    package var line: Int
    package var item: String
    /// Nil for a turnover.
    package var meterNo: String?
    package var register: String?
  }

  package let fact: MissingFact
  package let place: Place

  /// In the order of the fields.
  package var cells: [Cell] {
    [
      .text(fact.kind.rawValue), .text(place.propertyNo), .text(place.contractNo),
      .text(place.tenantNo), .text(place.tenantName), Cell(place.line), .text(place.item),
      Cell(place.meterNo), Cell(place.register),
      .text(fact.month.description), Cell(fact.days.from), Cell(fact.days.to),
      Cell(fact.lastReadOn), Cell(fact.daysOverdue),
    ]
  }
}
