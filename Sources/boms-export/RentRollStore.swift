import GRDB
import Shared

/// Joins the units with who occupies them: contracts come in their order, the roll goes out in the
/// order of the units, so what the law says of each is kept in a temporary table between.
final class RentRollStore {
  let rentItems: Set<String>
  private let db: Database
  private let cursor: LeaseCursor
  private let insert: SQLStatement

  init(_ db: Database) throws {
    self.db = db
    rentItems = try String.fetchSet(db, sql: "SELECT item FROM fee_item WHERE kind = 'rent'")
    try Look.at(db, .all(property: nil, contract: nil))
    try db.run(
      """
      DROP TABLE IF EXISTS temp.occupied;
      CREATE TEMP TABLE occupied (
        unit_no TEXT, contract_no TEXT, area_m2_e6 INTEGER, from_on TEXT, to_on TEXT,
        method TEXT, price_e6 INTEGER, per TEXT, monthly_rent_fen INTEGER)
      """)
    cursor = try LeaseCursor(db)
    insert = try SQLStatement(db, "INSERT INTO temp.occupied VALUES (?,?,?,?,?,?,?,?,?)")
  }

  func next() throws -> LeaseCursor.Entry? {
    try cursor.next()
  }

  func occupy(_ rent: CurrentRent, _ lease: Lease) throws {
    insert.bind(1, rent.unit.unitNo)
    insert.bind(2, lease.contractNo)
    insert.bind(3, rent.unit.area)
    insert.bind(4, max(rent.unit.fromOn ?? lease.startOn, lease.startOn))
    insert.bind(5, min(rent.unit.toOn ?? lease.lastDay, lease.lastDay))
    insert.bind(6, rent.term?.method.rawValue)
    insert.bind(7, rent.price)
    insert.bind(8, rent.term?.per?.rawValue)
    insert.bind(9, rent.monthly?.fen)
    try insert.run()
  }

  /// A contract for management only does not occupy a unit, and a draft does not yet.
  func write(_ selection: Selection, _ fields: [Field], _ writer: RecordWriter) throws {
    try ExportStore.write(
      db,
      from: """
        (SELECT u.property_no, u.building_no, u.floor, u.unit_no, u.name AS unit_name, u.usage,
          CASE WHEN c.contract_no IS NOT NULL THEN 'let'
            WHEN u.status = 'available' THEN 'vacant' ELSE u.status END AS state,
          coalesce(o.area_m2_e6, u.area_m2_e6) AS area_m2_e6, c.contract_no, c.tenant_no,
          t.name AS tenant_name, c.brand, coalesce(c.trade, t.trade, u.trade) AS trade,
          o.from_on, o.to_on, o.method, o.price_e6, o.per, o.monthly_rent_fen,
          u.asking_price_e6
        FROM unit u
        LEFT JOIN (temp.occupied o JOIN contract c ON c.contract_no = o.contract_no
          AND c.status <> 'draft' AND c.kind <> 'management') ON o.unit_no = u.unit_no
        LEFT JOIN tenant t ON t.tenant_no = c.tenant_no) x WHERE 1
        """, order: "property_no, building_no, floor, unit_no, contract_no", fields, selection,
      writer)
  }
}
