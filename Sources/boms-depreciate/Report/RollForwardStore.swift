import GRDB
import Shared

/// How the balances of a month moved, group by group.
enum RollForwardStore {
  static func fields(_ group: ReportCommand.Group) -> [Field] {
    let first: Field =
      switch group {
      case .category: .text("category", "类别")
      case .department: .text("department", "部门")
      case .property: .code("property_no", "项目编号")
      case .company: .code("company_no", "收款主体")
      case .kind: .choice("kind", "资产类型", Choice.assetKinds)
      }
    return [
      first, .choice("measure", "项目", measures), .money("opening", "期初"),
      .money("additions", "增加"), .money("depreciation", "折旧"), .money("impairment", "减值"),
      .money("transfers", "转移"), .money("disposals", "处置减少"), .money("closing", "期末"),
    ]
  }

  private static let measures = [
    Choice("cost", "原值"), Choice("accumulated", "累计折旧"), Choice("impairment", "减值准备"),
    Choice("net", "账面净值"),
  ]

  /// What is summed of each measure, in the order of the columns.
  private static let parts = [
    "booked_on < ?1", "booked_on >= ?1 AND kind IN ('acquire', 'opening', 'improve')",
    "booked_on >= ?1 AND kind = 'depreciation'", "booked_on >= ?1 AND kind = 'impair'",
    "booked_on >= ?1 AND kind = 'transfer'", "booked_on >= ?1 AND kind = 'dispose'",
  ]

  /// - Returns: the depreciation of all groups.
  static func write(
    _ db: Database, _ month: CivilMonth, by group: ReportCommand.Group, property: String?,
    _ writer: RecordWriter
  ) throws -> Money {
    let column =
      switch group {
      case .category: "category"
      case .department: "department"
      case .property: "property_no"
      case .company: "company_no"
      case .kind: "asset_kind"
      }
    let sums = ["cost_fen", "accumulated_fen", "impairment_fen"].flatMap { measure in
      parts.map { "sum(iif(\($0), \(measure), 0))" }
    }
    let rows = try SQLStatement(
      db,
      """
      SELECT \(column), \(sums.joined(separator: ", "))
      FROM (SELECT c.*, a.category, a.kind AS asset_kind
        FROM asset_change c JOIN asset a ON a.asset_no = c.asset_no)
      WHERE booked_on <= ?2 AND (?3 IS NULL OR property_no = ?3)
      GROUP BY 1 ORDER BY 1
      """)
    rows.bind(1, month.first)
    rows.bind(2, month.last)
    rows.bind(3, property)
    var depreciation = Money.zero
    while try rows.step() {
      let name = Cell(rows.optionalText(0))
      let values = (0..<3).map { measure in
        parts.indices.map { rows.integer(1 + measure * parts.count + $0) }
      }
      depreciation = try depreciation + Money(fen: values[1][2])
      let net = parts.indices.map { values[0][$0] - values[1][$0] - values[2][$0] }
      for (measure, values) in zip(measures, values + [net]) {
        if values.allSatisfy({ $0 == 0 }) { continue }
        // What leaves is written above zero, under its heading.
        let shown = values.dropLast() + [-values[5]]
        try writer.row(
          [name, .text(measure.code)] + shown.map { .integer($0) }
            + [.integer(values.reduce(0, +))])
      }
    }
    return depreciation
  }
}
