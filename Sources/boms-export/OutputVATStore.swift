import GRDB
import Shared

enum OutputVATStore {
  /// The output tax that fell due by a day. `early` is what fell due because it was paid before its
  /// due day.
  static func write(
    _ db: Database, on day: CivilDate, _ fields: [Field], _ selection: Selection,
    _ writer: RecordWriter
  ) throws {
    try ExportStore.write(
      db,
      from: """
        (SELECT b.company_no, substr(m.booked_on, 1, 7) AS month, c.tax_rate_e6, c.item,
          i.name AS item_name, c.tax_code, sum(m.net_fen) AS net_fen, sum(m.tax_fen) AS tax_fen,
          sum(m.net_fen + m.tax_fen) AS amount_fen,
          sum(CASE m.cause WHEN 'paid' THEN m.net_fen ELSE 0 END) AS early_net_fen,
          sum(CASE m.cause WHEN 'paid' THEN m.tax_fen ELSE 0 END) AS early_tax_fen
        FROM tax_movement m JOIN charge c ON c.id = m.charge_id
        JOIN bill b ON b.bill_no = c.bill_no JOIN fee_item i ON i.item = c.item
        WHERE m.booked_on <= ?1
        GROUP BY b.company_no, substr(m.booked_on, 1, 7), c.tax_rate_e6, c.item, c.tax_code
        HAVING sum(m.net_fen) <> 0 OR sum(m.tax_fen) <> 0 OR early_net_fen <> 0) WHERE 1
        """, on: day, order: "company_no, month, tax_rate_e6, item, tax_code", fields, selection,
      writer)
  }
}
