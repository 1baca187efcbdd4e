import GRDB
import Shared

/// Money of which something is left.
struct Credit {
  /// `payment`, `credit_note` or `prepaid`.
  var kind: String
  /// Of the payment or the credit note; of prepaid money, the contract's.
  var number: String
  var propertyNo: String
  var tenantNo: String
  var tenantName: String
  /// Whose charges it pays; nil: those of any.
  var companyNo: String?
  var contractNo: String?
  var item: String?
  var since: CivilDate
  var amount: Money
  var used: Money
}

enum CreditsStore {
  /// Payments count by the day on which they were paid, credit notes and what was used by
  /// `booked_on`. Payments that nobody has claimed and those below zero are left out.
  static func forEach(
    _ db: Database, on day: CivilDate, _ body: (Credit) throws -> Void
  ) throws {
    func used(_ by: String) -> String {
      """
      (SELECT coalesce(sum(a.amount_fen), 0) FROM allocation a
        WHERE \(by) AND a.booked_on <= ?1) AS used_fen
      """
    }
    let rows = try SQLStatement(
      db,
      """
      SELECT m.kind, m.number, m.property_no, m.tenant_no, t.name, m.company_no, m.contract_no,
        m.item, m.since, m.amount_fen, m.used_fen
      FROM (
        SELECT 'payment' AS kind, p.payment_no AS number, p.property_no, p.tenant_no,
          CASE p.pays_any WHEN 0 THEN p.entry_company_no END AS company_no,
          p.contract_no, NULL AS item, p.paid_on AS since, p.amount_fen,
          \(used("a.payment_no = p.payment_no")), 2 AS place, p.id
        FROM payment_owner p
        WHERE p.tenant_no IS NOT NULL AND p.booked_on <= ?1
        UNION ALL
        SELECT 'credit_note', b.bill_no, b.property_no, b.tenant_no, b.company_no, b.contract_no,
          c.item, b.bill_on, -c.amount_fen, \(used("a.credit_id = c.id")), 1, c.id
        FROM charge c JOIN bill b ON b.bill_no = c.bill_no
        WHERE c.amount_fen < 0 AND b.booked_on <= ?1
        UNION ALL
        SELECT 'prepaid', o.contract_no, o.property_no, o.tenant_no, o.company_no, o.contract_no,
          o.item, o.since, o.amount_fen, \(used("a.opening_id = o.id")), 0, o.id
        FROM prepaid_opening o WHERE o.since <= ?1) m
      JOIN tenant t ON t.tenant_no = m.tenant_no
      WHERE m.amount_fen <> m.used_fen
      ORDER BY m.tenant_no, m.property_no, m.since, m.place, m.number, m.id
      """)
    rows.bind(1, day)
    while try rows.step() {
      let credit = Credit(
        kind: rows.text(0), number: rows.text(1), propertyNo: rows.text(2),
        tenantNo: rows.text(3), tenantName: rows.text(4), companyNo: rows.optionalText(5),
        contractNo: rows.optionalText(6), item: rows.optionalText(7), since: try rows.date(8),
        amount: rows.money(9), used: rows.money(10))
      try body(credit)
    }
  }
}
