import GRDB
import Shared

enum OutputVATStore {
  /// The output tax that fell due by a day. `early` is what fell due because it was paid before its
  /// due day; `invoiced` is what was invoiced in the month, and `uninvoiced` the rest: below zero
  /// where it fell due before.
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
          sum(m.early_net_fen) AS early_net_fen, sum(m.early_tax_fen) AS early_tax_fen,
          sum(m.invoiced_net_fen) AS invoiced_net_fen, sum(m.invoiced_tax_fen) AS invoiced_tax_fen,
          sum(m.net_fen - m.invoiced_net_fen) AS uninvoiced_net_fen,
          sum(m.tax_fen - m.invoiced_tax_fen) AS uninvoiced_tax_fen
        FROM (
          SELECT charge_id, booked_on, net_fen, tax_fen,
            CASE cause WHEN 'paid' THEN net_fen ELSE 0 END AS early_net_fen,
            CASE cause WHEN 'paid' THEN tax_fen ELSE 0 END AS early_tax_fen,
            0 AS invoiced_net_fen, 0 AS invoiced_tax_fen FROM tax_movement WHERE booked_on <= ?1
          UNION ALL
          SELECT charge_id, booked_on, 0, 0, 0, 0, net_fen, tax_fen FROM invoice_charge
          WHERE booked_on <= ?1
        ) m JOIN charge c ON c.id = m.charge_id
        JOIN bill b ON b.bill_no = c.bill_no JOIN fee_item i ON i.item = c.item
        GROUP BY b.company_no, substr(m.booked_on, 1, 7), c.tax_rate_e6, c.item, c.tax_code
        HAVING sum(m.net_fen) <> 0 OR sum(m.tax_fen) <> 0 OR sum(m.early_net_fen) <> 0
          OR sum(m.invoiced_net_fen) <> 0 OR sum(m.invoiced_tax_fen) <> 0) WHERE 1
        """, on: day, order: "company_no, month, tax_rate_e6, item, tax_code", fields, selection,
      writer)
  }
}
