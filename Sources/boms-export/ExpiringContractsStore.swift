import GRDB
import Shared

/// Joins the contracts that end with their rent: they are read in the order of their numbers and go
/// out in that of their last days, so what the law says of each is kept in a temporary table.
///
/// A contract counts as renewed by one that names it as its previous contract; a draft does not
/// renew yet. Those that are over and not renewed stay in the list until they are archived.
final class ExpiringContractsStore {
  let rentItems: Set<String>
  private let db: Database
  private let day: CivilDate
  private let cursor: LeaseCursor
  private let insert: SQLStatement

  /// - Parameter within: how many days after the day a contract may still run.
  init(_ db: Database, on day: CivilDate, within: Int) throws {
    self.db = db
    self.day = day
    rentItems = try FeeItemStore.items(of: ["rent"], db)
    try db.run(
      """
      DROP TABLE IF EXISTS temp.touched;
      CREATE TEMP TABLE touched (contract_no TEXT PRIMARY KEY) WITHOUT ROWID;
      DROP TABLE IF EXISTS temp.ending;
      CREATE TEMP TABLE ending (
        contract_no TEXT PRIMARY KEY, last_on TEXT, unit_no TEXT, area_m2_e6 INTEGER,
        monthly_rent_fen INTEGER) WITHOUT ROWID
      """)
    let find = try SQLStatement(
      db,
      """
      INSERT INTO temp.touched
      SELECT c.contract_no FROM contract c
      WHERE c.status = 'signed' AND (c.end_on <= ?2 OR c.terminated_on <= ?2)
        AND (min(c.end_on, coalesce(c.terminated_on, c.end_on)) >= ?1
          OR NOT EXISTS (SELECT 1 FROM contract n
            WHERE n.previous_contract_no = c.contract_no AND n.status <> 'draft'))
      ORDER BY c.contract_no
      """)
    find.bind(1, day)
    find.bind(2, day.adding(days: within))
    try find.run()
    try Look.at(db, .touched)
    cursor = try LeaseCursor(db)
    insert = try SQLStatement(db, "INSERT INTO temp.ending VALUES (?,?,?,?,?)")
  }

  func next() throws -> LeaseCursor.Entry? {
    try cursor.next()
  }

  /// - Parameters:
  ///   - units: codes separated by `;`.
  ///   - area: m² of the units together.
  func add(_ lease: Lease, units: String?, area: Fixed?, rent: Money?) throws {
    insert.bind(1, lease.contractNo)
    insert.bind(2, lease.lastDay)
    insert.bind(3, units)
    insert.bind(4, area)
    insert.bind(5, rent?.fen)
    try insert.run()
  }

  func write(_ selection: Selection, _ fields: [Field], _ writer: RecordWriter) throws {
    try ExportStore.write(
      db,
      from: """
        (SELECT c.property_no, c.contract_no, c.kind, c.tenant_no, t.name AS tenant_name, c.brand,
          coalesce(c.trade, t.trade) AS trade, e.unit_no, e.area_m2_e6, c.start_on, c.end_on,
          c.terminated_on, e.last_on,
          CAST(julianday(e.last_on) - julianday(?1) AS INTEGER) AS days_left,
          e.monthly_rent_fen,
          (SELECT group_concat(n.contract_no, ';') FROM (
            SELECT n.contract_no FROM contract n
            WHERE n.previous_contract_no = c.contract_no AND n.status <> 'draft'
            ORDER BY n.contract_no) n) AS renewed_by
        FROM temp.ending e
        JOIN contract c ON c.contract_no = e.contract_no
        JOIN tenant t ON t.tenant_no = c.tenant_no) x WHERE 1
        """, on: day, order: "last_on, contract_no", fields, selection, writer)
  }
}
