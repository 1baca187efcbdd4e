import GRDB
import Shared

enum CreditsStore {
  /// Money of which something is left as of a day, all by the day on which it was booked. Payments
  /// that nobody had claimed by then are left out, and what is held as deposits.
  static func write(
    _ db: Database, on day: CivilDate, _ fields: [Field], _ selection: Selection,
    _ writer: RecordWriter
  ) throws {
    let notes =
      """
      SELECT 'credit_note' AS paid_by, b.bill_no AS paid_by_no, b.property_no, b.tenant_no,
        b.company_no AS held_by, b.company_no, b.contract_no, c.item, b.bill_on AS since,
        -c.amount_fen AS amount_fen, o.open_fen - c.amount_fen - o.refunded_fen AS used_fen,
        -o.open_fen AS left_fen, o.refunded_fen, 1 AS place, c.id
      FROM (\(OpenChargesStore.charges)) o CROSS JOIN charge c ON c.id = o.charge_id
      JOIN bill b ON b.bill_no = c.bill_no
      WHERE o.open_fen < 0
      """
    try ExportStore.write(
      db,
      from: """
        (SELECT m.*, t.name AS tenant_name
        FROM (\(OpenChargesStore.money) UNION ALL \(notes)) m
        JOIN tenant t ON t.tenant_no = m.tenant_no) WHERE 1
        """, on: day, order: "tenant_no, property_no, since, place, paid_by_no, id", fields,
      selection, writer)
  }
}
