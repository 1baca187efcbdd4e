import GRDB
import Shared

enum OpenItemsStore {
  /// What is open as of a day is what was charged and allocated by then, both by `booked_on`: what a
  /// month that is closed said stays.
  static func write(
    _ db: Database, on day: CivilDate, _ fields: [Field], _ selection: Selection,
    _ writer: RecordWriter
  ) throws {
    let items =
      """
      (SELECT s.*, amount_fen - settled_fen AS open_fen,
        CASE WHEN due_on < ?1 AND amount_fen > settled_fen
          THEN CAST(julianday(?1) - julianday(due_on) AS INTEGER) ELSE 0 END AS days_overdue
      FROM (
        SELECT b.bill_no, b.property_no, c.contract_no, b.tenant_no, t.name AS tenant_name,
          b.company_no, c.line, c.item, i.name AS item_name, c.kind, c.period_start, c.period_end,
          b.due_on, b.booked_on, c.id AS charge_id, c.amount_fen,
          CASE WHEN c.amount_fen < 0
            THEN -(SELECT coalesce(sum(a.amount_fen), 0) FROM allocation a
              WHERE a.credit_id = c.id AND a.booked_on <= ?1)
            ELSE (SELECT coalesce(sum(a.amount_fen), 0) FROM allocation a
              WHERE a.charge_id = c.id AND a.booked_on <= ?1) END AS settled_fen
        FROM charge c JOIN bill b ON b.bill_no = c.bill_no
        JOIN tenant t ON t.tenant_no = b.tenant_no JOIN fee_item i ON i.item = c.item
        WHERE b.booked_on <= ?1) s)
      WHERE open_fen <> 0
      """
    try ExportStore.write(
      db, from: items, on: day, order: "tenant_no, property_no, company_no, due_on, charge_id",
      fields, selection, writer)
  }
}
