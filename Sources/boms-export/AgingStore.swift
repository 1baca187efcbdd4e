import GRDB
import Shared

enum AgingStore {
  /// How many days overdue each bucket ends with; the first is not due.
  static let ends = [30, 60, 90, 180, 365]

  /// Open items by the days that they are overdue as of a day. A deposit demand is in none.
  static func write(
    _ db: Database, on day: CivilDate, _ fields: [Field], _ selection: Selection,
    _ writer: RecordWriter
  ) throws {
    var buckets = ["sum(CASE WHEN days <= 0 THEN open_fen ELSE 0 END) AS not_due_fen"]
    var from = 1
    for end in ends {
      buckets.append(
        "sum(CASE WHEN days BETWEEN \(from) AND \(end) THEN open_fen ELSE 0 END)"
          + " AS days_\(from)_\(end)_fen")
      from = end + 1
    }
    buckets.append(
      "sum(CASE WHEN days >= \(from) THEN open_fen ELSE 0 END) AS over_\(from - 1)_fen")
    // What is owed to the tenant makes nobody's arrears smaller: it is never overdue.
    try ExportStore.write(
      db,
      from: """
        (SELECT x.tenant_no, t.name AS tenant_name, x.property_no, x.company_no,
          \(buckets.joined(separator: ",\n  ")),
          sum(open_fen) AS total_fen, sum(credit_fen) AS credit_fen
        FROM (
          SELECT b.tenant_no, b.property_no, b.company_no, o.open_fen, 0 AS credit_fen,
            CASE WHEN o.open_fen > 0
              THEN CAST(julianday(?1) - julianday(b.due_on) AS INTEGER) ELSE 0 END AS days
          FROM (\(OpenChargesStore.charges)) o CROSS JOIN charge c ON c.id = o.charge_id
          JOIN bill b ON b.bill_no = c.bill_no
          JOIN fee_item i ON i.item = c.item AND i.kind <> 'deposit'
          WHERE o.open_fen <> 0
          UNION ALL
          SELECT tenant_no, property_no, held_by, 0, left_fen, 0 FROM (\(OpenChargesStore.money))
        ) x
        JOIN tenant t ON t.tenant_no = x.tenant_no
        GROUP BY x.tenant_no, x.property_no, x.company_no) WHERE 1
        """, on: day, order: "tenant_no, property_no, company_no", fields, selection, writer)
  }
}
