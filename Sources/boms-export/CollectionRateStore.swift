import GRDB
import Shared

/// What was charged and what settled it, by the month of the due day and that of the books.
enum CollectionRateStore {
  /// Charges of what are looked at together.
  struct Place: Hashable {
    var propertyNo: String
    var companyNo: String
    var item: String
    var itemName: String
  }

  /// Deposits, late fees, penalties and what is owed to tenants are in none: a penalty is paid by the
  /// deposit that is forfeited for it. By place, in the order of keys.
  static func movements(
    _ db: Database, on day: CivilDate
  ) throws -> [(place: Place, movements: [CollectionRate.Movement])] {
    let rows = try SQLStatement(
      db,
      """
      SELECT property_no, company_no, m.item, i.name, due_in, is_opening, m.kind, booked_in,
        undone_in, sum(amount_fen)
      FROM (
        \(movement("'charged'", "b.booked_on", "NULL", "c.amount_fen", of: "", "c.amount_fen > 0"))
        UNION ALL
        \(movement("CASE WHEN a.credit_id IS NULL THEN 'collected' ELSE 'netted' END",
          "a.booked_on", "substr(o.booked_on, 1, 7)", "a.amount_fen",
          of: "allocation a LEFT JOIN allocation o ON o.id = a.reverses CROSS JOIN",
          "c.id = a.charge_id"))
        UNION ALL
        \(movement("'written_off'", "a.booked_on", "substr(o.booked_on, 1, 7)", "a.amount_fen",
          of: "write_off a LEFT JOIN write_off o ON o.id = a.reverses CROSS JOIN",
          "c.id = a.charge_id"))) m
      JOIN fee_item i ON i.item = m.item WHERE i.kind NOT IN ('deposit', 'penalty')
      GROUP BY property_no, company_no, m.item, due_in, is_opening, m.kind, booked_in, undone_in
      ORDER BY property_no, company_no, m.item
      """)
    rows.bind(1, day)
    var found: [(place: Place, movements: [CollectionRate.Movement])] = []
    while try rows.step() {
      guard let kind = CollectionRate.Movement.Kind(rawValue: rows.text(6)) else { continue }
      let place = Place(
        propertyNo: rows.text(0), companyNo: rows.text(1), item: rows.text(2),
        itemName: rows.text(3))
      if found.last?.place != place { found.append((place, [])) }
      found[found.count - 1].movements.append(
        CollectionRate.Movement(
          kind, rows.money(9), dueIn: try rows.month(4), bookedIn: try rows.month(7),
          undoes: rows.isNull(8) ? nil : try rows.month(8), isOpening: rows.integer(5) != 0))
    }
    return found
  }

  /// One ledger's movements: of what kind, on which day, of which month it takes something back.
  private static func movement(
    _ kind: String, _ day: String, _ undoneIn: String, _ amount: String, of ledger: String,
    _ isAsked: String
  ) -> String {
    """
    SELECT b.property_no, b.company_no, c.item, substr(b.due_on, 1, 7) AS due_in,
      coalesce(r.kind, c.kind) = 'opening' AS is_opening, \(kind) AS kind,
      substr(\(day), 1, 7) AS booked_in, \(undoneIn) AS undone_in, \(amount) AS amount_fen
    FROM \(ledger) charge c CROSS JOIN bill b ON b.bill_no = c.bill_no
    LEFT JOIN charge r ON r.id = c.adjusts
    WHERE \(day) <= ?1 AND c.source NOT GLOB 'C[0-9]*' AND \(isAsked)
    """
  }
}
