import GRDB
import Shared

/// How much of some units is let on a day.
struct OccupiedShare {
  /// `property`, `building`, `floor`, `usage`, `trade`: what the units have in common.
  var level: String
  var propertyNo: String
  var buildingNo: String?
  var floor: String?
  var usage: String?
  var trade: String?
  var units: Int
  var letUnits: Int
  /// In m², the units' own.
  var area: Fixed
  var letArea: Fixed
}

enum OccupancyStore {
  /// Withdrawn units that nobody has are left out.
  static func forEach(
    _ db: Database, on day: CivilDate, _ body: (OccupiedShare) throws -> Void
  ) throws {
    try UnitStateStore.prepare(db, on: day)
    func level(_ place: Int, _ name: String, _ columns: String...) -> String {
      let all = ["building_no", "floor", "usage", "trade"].map {
        columns.contains($0) ? $0 : "NULL"
      }
      let group = (["property_no"] + columns).joined(separator: ", ")
      return """
        SELECT \(place), '\(name)', property_no, \(all.joined(separator: ", ")), count(*),
          sum(is_let), sum(area_m2_e6), sum(area_m2_e6 * is_let)
        FROM states GROUP BY \(group)
        """
    }
    let levels = [
      level(1, "property"), level(2, "building", "building_no"),
      level(3, "floor", "building_no", "floor"), level(4, "usage", "usage"),
      level(5, "trade", "trade"),
    ]
    let rows = try SQLStatement(
      db,
      """
      WITH states AS (
        SELECT u.property_no, u.building_no, u.floor, u.usage, u.area_m2_e6,
          s.state = 'let' AS is_let, coalesce(c.trade, t.trade, u.trade) AS trade
        FROM unit u JOIN temp.unit_state s ON s.unit_no = u.unit_no
        LEFT JOIN contract c ON c.contract_no = s.contract_no
        LEFT JOIN tenant t ON t.tenant_no = c.tenant_no
        WHERE s.state <> 'withdrawn')
      \(levels.joined(separator: "\nUNION ALL\n"))
      ORDER BY 1, 3, 4, 5, 6, 7
      """)
    while try rows.step() {
      try body(
        OccupiedShare(
          level: rows.text(1), propertyNo: rows.text(2), buildingNo: rows.optionalText(3),
          floor: rows.optionalText(4), usage: rows.optionalText(5), trade: rows.optionalText(6),
          units: Int(rows.integer(7)), letUnits: Int(rows.integer(8)), area: rows.fixed(9),
          letArea: rows.fixed(10)))
    }
  }
}
