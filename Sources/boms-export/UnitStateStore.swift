import GRDB
import Shared

/// Who has which unit: the one answer that the rent roll, vacancy and occupancy give.
///
/// A contract for management only does not occupy a unit, and a draft does not yet.
enum UnitStateStore {
  /// Makes the view `tenancy`, the days on which a contract has a unit, and the table `unit_state`,
  /// what each unit is on a day: `let` (by the contract named, a lease before others), else
  /// `vacant`, `reserved` or `withdrawn`.
  static func prepare(_ db: Database, on day: CivilDate) throws {
    try db.run(
      """
      DROP VIEW IF EXISTS temp.tenancy;
      CREATE TEMP VIEW tenancy AS
      SELECT cu.unit_no, cu.contract_no, c.kind, cu.area_m2_e6, cu.from_on AS unit_from_on,
        max(cu.from_on, c.start_on) AS from_on,
        min(coalesce(cu.to_on, c.end_on), c.end_on, coalesce(c.terminated_on, c.end_on)) AS to_on
      FROM contract_unit cu JOIN contract c ON c.contract_no = cu.contract_no
      WHERE c.status <> 'draft' AND c.kind <> 'management'
        AND max(cu.from_on, c.start_on)
          <= min(coalesce(cu.to_on, c.end_on), c.end_on, coalesce(c.terminated_on, c.end_on));
      DROP TABLE IF EXISTS temp.unit_state;
      CREATE TEMP TABLE unit_state (
        unit_no TEXT PRIMARY KEY, state TEXT NOT NULL, contract_no TEXT) WITHOUT ROWID
      """)
    let insert = try SQLStatement(
      db,
      """
      INSERT INTO temp.unit_state
      SELECT unit_no,
        CASE WHEN contract_no IS NOT NULL THEN 'let'
          WHEN status = 'available' THEN 'vacant' ELSE status END,
        contract_no
      FROM (
        SELECT u.unit_no, u.status, (
          SELECT y.contract_no FROM temp.tenancy y
          WHERE y.unit_no = u.unit_no AND y.from_on <= ?1 AND y.to_on >= ?1
          ORDER BY y.kind <> 'lease', y.contract_no LIMIT 1) AS contract_no
        FROM unit u ORDER BY u.unit_no)
      """)
    insert.bind(1, day)
    try insert.run()
  }
}
