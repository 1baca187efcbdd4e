import GRDB
import Shared

/// Payments without a tenant, and who claimed them.
final class ClaimStore {
  private let db: Database
  private let insert: SQLStatement
  let payers: Payers

  init(_ db: Database) throws {
    self.db = db
    insert = try SQLStatement(
      db,
      """
      INSERT INTO payment_claim (payment_no, tenant_no, matched_by, claimed_on, reason)
      VALUES (?, ?, ?, ?, ?)
      """)
    var payers = Payers()
    let tenants = try SQLStatement(db, "SELECT tenant_no, name, bank_account FROM tenant")
    while try tenants.step() {
      payers.add(
        tenant: tenants.text(0), name: tenants.text(1), account: tenants.optionalText(2))
    }
    self.payers = payers
  }

  private static let unclaimedBy =
    "tenant_no IS NULL AND paid_on <= ?1 AND (?2 IS NULL OR property_no = ?2)"

  func toMatch(asOf: CivilDate, property: String?) throws -> [Payers.Payment] {
    let rows = try SQLStatement(
      db,
      """
      SELECT payment_no, payer_name, payer_account FROM payment_owner
      WHERE \(ClaimStore.unclaimedBy) AND amount_fen > 0 ORDER BY paid_on, payment_no
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

  func add(
    _ paymentNo: String, _ tenantNo: String, _ by: Payers.MatchedBy, on day: CivilDate,
    reason: String?
  ) throws {
    insert.bind(1, paymentNo)
    insert.bind(2, tenantNo)
    insert.bind(3, by.rawValue)
    insert.bind(4, day)
    insert.bind(5, reason)
    try insert.run()
  }

  /// How many payments nobody has claimed, and their sum.
  func unclaimed(asOf: CivilDate, property: String?) throws -> (count: Int, amount: Money) {
    let rows = try SQLStatement(
      db,
      """
      SELECT count(*), coalesce(sum(amount_fen), 0) FROM payment_owner
      WHERE \(ClaimStore.unclaimedBy)
      """)
    rows.bind(1, asOf)
    rows.bind(2, property)
    _ = try rows.step()
    return (Int(rows.integer(0)), rows.money(1))
  }

  static let fields: [Field] = [
    .code("payment_no", "收款单号"), .date("paid_on", "收款日期"), .money("amount", "金额"),
    .text("payer_name", "付款户名"), .code("payer_account", "付款账号"),
    .choice("method", "收款方式", Choice.paymentMethods), .code("reference", "流水号"),
    .code("property_no", "项目编号"),
  ]

  /// Writes the payments that nobody has claimed. Accounts are masked.
  static func write(
    _ db: Database, asOf: CivilDate, property: String?, _ writer: RecordWriter
  ) throws -> (count: Int, amount: Money) {
    let rows = try SQLStatement(
      db,
      """
      SELECT payment_no, paid_on, amount_fen, payer_name, payer_account, method, reference,
        property_no
      FROM payment_owner WHERE \(unclaimedBy) ORDER BY paid_on, payment_no
      """)
    rows.bind(1, asOf)
    rows.bind(2, property)
    var sum: (count: Int, amount: Money) = (0, .zero)
    while try rows.step() {
      sum = (sum.count + 1, try sum.amount + rows.money(2))
      for column in 0...3 { rows.write(column, to: writer) }
      if let account = rows.optionalText(4) {
        writer.text(Masking.mask(account, field: "payer_account"))
      } else {
        writer.null()
      }
      for column in 5...7 { rows.write(column, to: writer) }
      try writer.endRow()
    }
    return sum
  }

  /// A payment that somebody claims: the tenant it has now, and what of it is allocated.
  struct Claimed {
    /// The tenant that the payment itself names.
    var ownTenantNo: String?
    var tenantNo: String?
    var allocated: Money
  }

  func claimed(_ paymentNo: String) throws -> Claimed {
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
