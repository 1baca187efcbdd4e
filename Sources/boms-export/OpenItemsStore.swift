import GRDB
import Shared

enum OpenItemsStore {
  /// What is open as of a day is what was booked by then: what a month that is closed said stays.
  static func write(
    _ db: Database, on day: CivilDate, _ fields: [Field], _ selection: Selection,
    _ writer: RecordWriter
  ) throws {
    let items =
      """
      (SELECT b.bill_no, b.property_no, c.contract_no, b.tenant_no, t.name AS tenant_name,
        b.company_no, c.line, c.item, i.name AS item_name, c.kind, c.period_start, c.period_end,
        b.due_on, b.booked_on, c.id AS charge_id, c.amount_fen,
        c.amount_fen - o.open_fen - o.written_off_fen AS settled_fen, o.open_fen,
        o.written_off_fen,
        CASE WHEN b.due_on < ?1 AND o.open_fen > 0
          THEN CAST(julianday(?1) - julianday(b.due_on) AS INTEGER) ELSE 0 END AS days_overdue
      FROM (\(OpenChargesStore.charges)) o CROSS JOIN charge c ON c.id = o.charge_id
      JOIN bill b ON b.bill_no = c.bill_no
      JOIN tenant t ON t.tenant_no = b.tenant_no JOIN fee_item i ON i.item = c.item)
      WHERE 1
      """
    try ExportStore.write(
      db, from: items, on: day, order: "tenant_no, property_no, company_no, due_on, charge_id",
      fields, selection, writer)
  }
}
