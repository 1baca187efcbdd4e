import GRDB
import Shared

/// The payments that a statement is compared with.
final class ReconcileStore {
  private let db: Database
  private let byReference: SQLStatement
  private let byNumber: SQLStatement

  private static let columns = "payment_no, our_account, reference, paid_on, amount_fen, payer_name"

  init(_ db: Database) throws {
    self.db = db
    byReference = try SQLStatement(
      db,
      """
      SELECT \(ReconcileStore.columns) FROM payment_owner
      WHERE reference = ? AND our_account IS NOT NULL
      """)
    byNumber = try SQLStatement(
      db, "SELECT \(ReconcileStore.columns) FROM payment_owner WHERE payment_no = ?")
  }

  /// The payments of those days on those accounts in the order of days, and those of any day that an
  /// entry names. Without voided ones.
  func payments(
    _ days: Period, accounts: Set<String>, of entries: [Reconciliation.Entry]
  ) throws -> [Reconciliation.Entry] {
    var found: [Reconciliation.Entry] = []
    var known: Set<String> = []
    func add(_ rows: SQLStatement, _ isWanted: (Reconciliation.Entry) -> Bool) throws {
      defer { rows.reset() }
      while try rows.step() {
        let entry = Reconciliation.Entry(
          no: rows.text(0), account: AccountNumber.digits(rows.optionalText(1)),
          reference: rows.optionalText(2), on: try rows.date(3), amount: rows.money(4),
          payer: rows.optionalText(5))
        if isWanted(entry), known.insert(rows.text(0)).inserted { found.append(entry) }
      }
    }
    let ofDays = try SQLStatement(
      db,
      """
      SELECT \(ReconcileStore.columns) FROM payment_owner
      WHERE paid_on BETWEEN ? AND ? AND our_account IS NOT NULL ORDER BY paid_on, payment_no
      """)
    ofDays.bind(1, days.from)
    ofDays.bind(2, days.to)
    try add(ofDays) { $0.account.map(accounts.contains) ?? false }
    for entry in entries {
      if let reference = entry.reference {
        byReference.bind(1, reference)
        try add(byReference) { $0.account == entry.account }
      }
      if let no = entry.no {
        byNumber.bind(1, no)
        try add(byNumber) { _ in true }
      }
    }
    return found
  }

  /// Payments by bank that say nothing of the account that they came to.
  func withoutAccount(_ days: Period) throws -> Int {
    let rows = try SQLStatement(
      db,
      """
      SELECT count(*) FROM payment_owner
      WHERE paid_on BETWEEN ? AND ? AND our_account IS NULL AND coalesce(method, 'bank') = 'bank'
      """)
    rows.bind(1, days.from)
    rows.bind(2, days.to)
    return try rows.step() ? Int(rows.integer(0)) : 0
  }

  /// Why the books do not have what the bank has, where they say so: the payment is void, or it is a
  /// refund that came back.
  func whyMissing(_ entry: Reconciliation.Entry?) throws -> Phrase? {
    guard let entry else { return nil }
    let voided = try SQLStatement(
      db,
      """
      SELECT p.payment_no, v.voided_on, p.our_account FROM payment p
      JOIN payment_void v ON v.payment_no = p.payment_no
      WHERE p.payment_no = ?1 OR (p.reference = ?2 AND p.our_account IS NOT NULL)
      ORDER BY p.id
      """)
    voided.bind(1, entry.no)
    voided.bind(2, entry.reference)
    while try voided.step() {
      guard
        voided.text(0) == entry.no || AccountNumber.digits(voided.optionalText(2)) == entry.account
      else { continue }
      let (no, on) = (voided.text(0), try voided.date(1))
      return Phrase(
        "payment '\(no)' was voided on \(on)", "收款单“\(no)”已于 \(on) 作废")
    }
    let returned = try SQLStatement(
      db, "SELECT refund_no FROM refund WHERE reference = ? AND amount_fen < 0")
    returned.bind(1, entry.reference)
    guard try returned.step() else { return nil }
    let no = returned.text(0)
    return Phrase(
      "refund '\(no)' came back and is no payment", "退款“\(no)”被退回，不是收款")
  }
}
