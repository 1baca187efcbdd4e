import GRDB
import Shared

enum WriteOffsStore {
  static func write(
    _ db: Database, on day: CivilDate, _ fields: [Field], _ selection: Selection,
    _ writer: RecordWriter
  ) throws {
    // The reason is that of the newest row: why it was given up, or why it was taken back.
    let rows =
      """
      (SELECT b.bill_no, b.property_no, b.contract_no, b.tenant_no, t.name AS tenant_name,
        b.company_no, c.item, i.name AS item_name, c.period_start, c.period_end, b.due_on,
        c.amount_fen, w.written_off_fen, w.reversed_fen,
        w.written_off_fen - w.reversed_fen AS given_up_fen, w.last_on, n.reason, c.id AS charge_id
      FROM (
        SELECT charge_id, sum(max(amount_fen, 0)) AS written_off_fen,
          -sum(min(amount_fen, 0)) AS reversed_fen, max(booked_on) AS last_on, max(id) AS newest
        FROM write_off WHERE booked_on <= ?1 GROUP BY charge_id) w
      JOIN write_off n ON n.id = w.newest JOIN charge c ON c.id = w.charge_id
      JOIN bill b ON b.bill_no = c.bill_no JOIN fee_item i ON i.item = c.item
      JOIN tenant t ON t.tenant_no = b.tenant_no)
      WHERE 1
      """
    try ExportStore.write(
      db, from: rows, on: day, order: "tenant_no, property_no, company_no, due_on, charge_id",
      fields, selection, writer)
  }
}
