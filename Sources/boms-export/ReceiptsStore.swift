import GRDB
import Shared

enum ReceiptsStore {
  static func write(
    _ db: Database, on day: CivilDate, _ fields: [Field], _ selection: Selection,
    _ writer: RecordWriter
  ) throws {
    // A payment is its tenant's whoever claimed it when: nothing of one is allocated before.
    let receipts =
      """
      (SELECT x.*, t.name AS tenant_name,
        CASE WHEN void THEN 0 ELSE amount_fen - allocated_fen - refunded_fen END AS left_fen
      FROM (
        SELECT r.receipt_no, r.issued_on, r.month, r.serial, p.payment_no, p.paid_on,
          p.property_no, r.company_no, p.method, p.reference, p.amount_fen,
          coalesce(p.tenant_no, (SELECT c.tenant_no FROM payment_claim c
            WHERE c.payment_no = p.payment_no ORDER BY c.id DESC LIMIT 1)) AS tenant_no,
          (SELECT coalesce(sum(a.amount_fen), 0) FROM allocation a
            WHERE a.payment_no = p.payment_no AND a.booked_on <= ?1) AS allocated_fen,
          (SELECT coalesce(sum(l.amount_fen), 0)
            FROM refund_line l JOIN refund f ON f.id = l.refund_id
            WHERE l.payment_no = p.payment_no AND f.booked_on <= ?1) AS refunded_fen,
          EXISTS (SELECT 1 FROM payment_void v
            WHERE v.payment_no = p.payment_no AND v.booked_on <= ?1) AS void
        FROM receipt r JOIN payment p ON p.payment_no = r.payment_no) x
      LEFT JOIN tenant t ON t.tenant_no = x.tenant_no)
      WHERE issued_on <= ?1
      """
    try ExportStore.write(
      db, from: receipts, on: day, order: "company_no, month, serial", fields, selection, writer)
  }
}
