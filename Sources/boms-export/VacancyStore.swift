import GRDB
import Shared

/// A unit that nobody has on a day.
struct VacantUnit {
  var propertyNo: String
  var buildingNo: String?
  var floor: String?
  var unitNo: String
  var name: String?
  var usage: String?
  var trade: String?
  /// `vacant` or `reserved`.
  var state: String
  /// In m².
  var area: Fixed
  /// In yuan per m² and day.
  var askingPrice: Fixed?
  /// The contract that had it last, and its last day in it.
  var lastContractNo: String?
  var lastOn: CivilDate?
  /// The contract that has it next, and its first day in it.
  var nextContractNo: String?
  var nextOn: CivilDate?
}

enum VacancyStore {
  static func forEach(
    _ db: Database, on day: CivilDate, _ body: (VacantUnit) throws -> Void
  ) throws {
    try UnitStateStore.prepare(db, on: day)
    let rows = try SQLStatement(
      db,
      """
      SELECT u.property_no, u.building_no, u.floor, u.unit_no, u.name, u.usage, u.trade, s.state,
        u.area_m2_e6, u.asking_price_e6,
        (SELECT y.contract_no FROM temp.tenancy y WHERE y.unit_no = u.unit_no AND y.to_on < ?1
          ORDER BY y.to_on DESC, y.contract_no LIMIT 1),
        (SELECT max(y.to_on) FROM temp.tenancy y WHERE y.unit_no = u.unit_no AND y.to_on < ?1),
        (SELECT y.contract_no FROM temp.tenancy y WHERE y.unit_no = u.unit_no AND y.from_on > ?1
          ORDER BY y.from_on, y.contract_no LIMIT 1),
        (SELECT min(y.from_on) FROM temp.tenancy y WHERE y.unit_no = u.unit_no AND y.from_on > ?1)
      FROM unit u JOIN temp.unit_state s ON s.unit_no = u.unit_no
      WHERE s.state IN ('vacant', 'reserved')
      ORDER BY u.property_no, u.building_no, u.floor, u.unit_no
      """)
    rows.bind(1, day)
    while try rows.step() {
      try body(
        VacantUnit(
          propertyNo: rows.text(0), buildingNo: rows.optionalText(1), floor: rows.optionalText(2),
          unitNo: rows.text(3), name: rows.optionalText(4), usage: rows.optionalText(5),
          trade: rows.optionalText(6), state: rows.text(7), area: rows.fixed(8),
          askingPrice: rows.optionalFixed(9), lastContractNo: rows.optionalText(10),
          lastOn: try rows.optionalDate(11), nextContractNo: rows.optionalText(12),
          nextOn: try rows.optionalDate(13)))
    }
  }
}
