import GRDB

/// Payments without a tenant, and who claimed them.
package final class ClaimStore {
  private let db: Database
  private let insert: SQLStatement
  let open: OpenMonths
  let payers: Payers

  package init(_ db: Database) throws {
    self.db = db
    open = try OpenMonths(db)
    insert = try SQLStatement(
      db,
      """
      INSERT INTO payment_claim (payment_no, tenant_no, matched_by, claimed_on, booked_on, reason)
      VALUES (?, ?, ?, ?, ?, ?)
      """)
    var payers = Payers()
    let tenants = try SQLStatement(db, "SELECT tenant_no, name, bank_account FROM tenant")
    while try tenants.step() {
      payers.add(
        tenant: tenants.text(0), name: tenants.text(1), account: tenants.optionalText(2))
    }
    self.payers = payers
  }

  private static let unmatched =
    "tenant_no IS NULL AND paid_on <= ?1 AND (?2 IS NULL OR property_no = ?2)"

  /// Payments that are nobody's as of a day (?1), of a property (?2; null: of all), with what is left
  /// of them: by their days in the books, those that are not entered yet by `paid_on`.
  package static let unclaimed =
    """
    (SELECT p.*, CASE WHEN v.id IS NULL THEN p.amount_fen ELSE 0 END
      - coalesce((SELECT sum(l.amount_fen) FROM refund_line l JOIN refund r ON r.id = l.refund_id
        WHERE l.payment_no = p.payment_no AND r.booked_on <= ?1), 0) AS left_fen
    FROM payment p LEFT JOIN payment_entry e ON e.payment_no = p.payment_no
    LEFT JOIN payment_void v ON v.payment_no = p.payment_no AND v.booked_on <= ?1
    WHERE p.tenant_no IS NULL AND coalesce(e.booked_on, p.paid_on) <= ?1
      AND (?2 IS NULL OR p.property_no = ?2)
      AND NOT EXISTS (SELECT 1 FROM payment_claim k
        WHERE k.payment_no = p.payment_no AND k.booked_on <= ?1))
    """

  func toMatch(asOf: CivilDate, property: String?) throws -> [Payers.Payment] {
    let rows = try SQLStatement(
      db,
      """
      SELECT payment_no, payer_name, payer_account FROM payment_owner
      WHERE \(ClaimStore.unmatched) AND amount_fen > 0 ORDER BY paid_on, payment_no
      """)
    rows.bind(1, asOf)
    rows.bind(2, property)
    var payments: [Payers.Payment] = []
    while try rows.step() {
      payments.append(
        Payers.Payment(
          paymentNo: rows.text(0), payerName: rows.optionalText(1),
          payerAccount: rows.optionalText(2)))
    }
    return payments
  }

  /// - Parameter day: no claim counts in a month that is closed.
  package func add(
    _ paymentNo: String, _ tenantNo: String, _ by: Payers.MatchedBy, on day: CivilDate,
    reason: String?
  ) throws {
    insert.bind(1, paymentNo)
    insert.bind(2, tenantNo)
    insert.bind(3, by.rawValue)
    insert.bind(4, day)
    insert.bind(5, try bookedOn(paymentNo, day))
    insert.bind(6, reason)
    try insert.run()
  }

  private func bookedOn(_ paymentNo: String, _ day: CivilDate) throws -> CivilDate {
    let entry = try SQLStatement(
      db, "SELECT company_no, booked_on FROM payment_entry WHERE payment_no = ?")
    entry.bind(1, paymentNo)
    guard try entry.step() else { return day }
    return max(open.bookedOn(entry.text(0), day), try entry.date(1))
  }

  /// How many payments nobody has claimed, and their sum.
  package func unclaimed(asOf: CivilDate, property: String?) throws -> (count: Int, amount: Money) {
    let rows = try SQLStatement(
      db,
      """
      SELECT count(*), coalesce(sum(left_fen), 0) FROM \(ClaimStore.unclaimed)
      WHERE left_fen <> 0
      """)
    rows.bind(1, asOf)
    rows.bind(2, property)
    _ = try rows.step()
    return (Int(rows.integer(0)), rows.money(1))
  }

  /// A payment that somebody claims: the tenant it has now, and what of it is allocated.
  package struct Claimed {
    /// The tenant that the payment itself names.
    package var ownTenantNo: String?
    package var tenantNo: String?
    package var allocated: Money
  }

  package func claimed(_ paymentNo: String) throws -> Claimed {
    try KnownNumber.require("payment", paymentNo, "收款单", db)
    let rows = try SQLStatement(
      db,
      """
      SELECT p.tenant_no, o.tenant_no,
        (SELECT coalesce(sum(a.amount_fen), 0) FROM allocation a WHERE a.payment_no = p.payment_no)
      FROM payment p JOIN payment_owner o ON o.id = p.id WHERE p.payment_no = ?
      """)
    rows.bind(1, paymentNo)
    _ = try rows.step()
    return Claimed(
      ownTenantNo: rows.optionalText(0), tenantNo: rows.optionalText(1), allocated: rows.money(2))
  }
}
