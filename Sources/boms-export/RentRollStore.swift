import GRDB
import Shared

/// Joins the units with who has them and at which rent: contracts come in their order, the roll goes
/// out in the order of the units, so what the law says of each is kept in a temporary table between.
final class RentRollStore {
  let rentItems: Set<String>
  private let db: Database
  private let day: CivilDate
  private let cursor: LeaseCursor
  private let insert: SQLStatement

  init(_ db: Database, on day: CivilDate) throws {
    self.db = db
    self.day = day
    rentItems = try FeeItemStore.items(of: ["rent"], db)
    try UnitStateStore.prepare(db, on: day)
    try Look.at(db, .all(property: nil, contract: nil))
    try db.run(
      """
      DROP TABLE IF EXISTS temp.rent;
      CREATE TEMP TABLE rent (
        contract_no TEXT, unit_no TEXT, unit_from_on TEXT, method TEXT, price_e6 INTEGER,
        per TEXT, monthly_rent_fen INTEGER,
        PRIMARY KEY (contract_no, unit_no, unit_from_on)) WITHOUT ROWID
      """)
    cursor = try LeaseCursor(db)
    insert = try SQLStatement(db, "INSERT INTO temp.rent VALUES (?,?,?,?,?,?,?)")
  }

  func next() throws -> LeaseCursor.Entry? {
    try cursor.next()
  }

  func add(_ rent: CurrentRent, _ lease: Lease) throws {
    insert.bind(1, lease.contractNo)
    insert.bind(2, rent.unit.unitNo)
    insert.bind(3, rent.unit.fromOn ?? lease.startOn)
    insert.bind(4, rent.term?.method.rawValue)
    insert.bind(5, rent.price)
    insert.bind(6, rent.term?.per?.rawValue)
    insert.bind(7, rent.monthly?.fen)
    try insert.run()
  }

  func write(_ selection: Selection, _ fields: [Field], _ writer: RecordWriter) throws {
    try ExportStore.write(
      db,
      from: """
        (SELECT u.property_no, u.building_no, u.floor, u.unit_no, u.name AS unit_name, u.usage,
          s.state, coalesce(y.area_m2_e6, u.area_m2_e6) AS area_m2_e6, c.contract_no, c.tenant_no,
          t.name AS tenant_name, c.brand, coalesce(c.trade, t.trade, u.trade) AS trade,
          y.from_on, y.to_on, r.method, r.price_e6, r.per, r.monthly_rent_fen,
          u.asking_price_e6
        FROM unit u
        JOIN temp.unit_state s ON s.unit_no = u.unit_no
        LEFT JOIN temp.tenancy y ON y.unit_no = u.unit_no AND y.from_on <= ?1 AND y.to_on >= ?1
        LEFT JOIN contract c ON c.contract_no = y.contract_no
        LEFT JOIN tenant t ON t.tenant_no = c.tenant_no
        LEFT JOIN temp.rent r ON r.contract_no = y.contract_no AND r.unit_no = y.unit_no
          AND r.unit_from_on = y.unit_from_on) x WHERE 1
        """, on: day, order: "property_no, building_no, floor, unit_no, contract_no", fields,
      selection, writer)
  }
}
