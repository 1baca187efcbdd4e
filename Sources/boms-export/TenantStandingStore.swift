import GRDB
import Shared

/// What tenants were asked for and when they paid it, tenant by tenant.
struct TenantStandingStore {
  struct Tenant {
    var tenantNo: String
    var name: String
    var debts: [TenantStanding.Debt]
    /// Payments of the window that were taken back.
    var bounced: Int
  }

  private let rows: SQLStatement
  private let day: CivilDate
  private let holds: [String: [Period]]
  private let bounced: [String: Int]

  init(_ db: Database, on day: CivilDate) throws {
    self.day = day
    let first = TenantStanding.first(of: day)
    holds = try TenantStandingStore.holds(db, on: day)
    bounced = try TenantStandingStore.bounced(db, from: first, to: day)
    rows = try SQLStatement(
      db,
      """
      WITH asked AS MATERIALIZED (
        SELECT c.id, b.tenant_no, b.bill_no, max(b.due_on, b.bill_on) AS due_on, c.amount_fen
        FROM charge c JOIN bill b ON b.bill_no = c.bill_no JOIN fee_item i ON i.item = c.item
        LEFT JOIN (\(OpenChargesStore.charges)) o ON o.charge_id = c.id
        WHERE b.booked_on <= ?1 AND c.amount_fen > 0 AND i.kind <> 'deposit'
          AND c.source NOT GLOB 'C[0-9]*'
          AND (b.due_on >= ?2 OR b.bill_on >= ?2 OR o.charge_id IS NOT NULL))
      SELECT a.tenant_no, t.name, a.id, s.kind, s.day, s.amount_fen, a.bill_no, a.due_on, a.amount_fen
      FROM asked a JOIN tenant t ON t.tenant_no = a.tenant_no LEFT JOIN (
        SELECT l.charge_id, CASE WHEN l.credit_id IS NULL THEN 'paid' ELSE 'netted' END AS kind,
          l.effective_on AS day, sum(l.amount_fen) AS amount_fen
        FROM allocation l WHERE l.booked_on <= ?1
        GROUP BY l.charge_id, l.credit_id IS NULL, l.effective_on HAVING sum(l.amount_fen) <> 0
        UNION ALL
        SELECT w.charge_id, 'written_off', w.written_off_on, w.amount_fen
        FROM write_off w WHERE w.booked_on <= ?1) s ON s.charge_id = a.id
      ORDER BY a.tenant_no, a.id
      """)
    rows.bind(1, day)
    rows.bind(2, first)
  }

  func forEach(_ body: (Tenant) throws -> Void) throws {
    var tenant: Tenant?
    var charge: Int64?
    while try rows.step() {
      let tenantNo = rows.text(0)
      if tenant?.tenantNo != tenantNo {
        if let tenant { try body(tenant) }
        tenant = Tenant(
          tenantNo: tenantNo, name: rows.text(1), debts: [], bounced: bounced[tenantNo] ?? 0)
      }
      if charge != rows.integer(2) {
        charge = rows.integer(2)
        tenant?.debts.append(
          TenantStanding.Debt(
            dueOn: try rows.date(7), amount: rows.money(8), holds: holds[rows.text(6)] ?? []))
      }
      guard let kind = rows.optionalText(3), var debt = tenant?.debts.popLast() else { continue }
      switch kind {
      case "paid": debt.payments.append((try rows.date(4), rows.money(5)))
      case "netted": debt.amount = try debt.amount - rows.money(5)
      default: debt.writtenOff = try debt.writtenOff + rows.money(5)
      }
      tenant?.debts.append(debt)
    }
    if let tenant { try body(tenant) }
  }

  /// The days on which bills were on hold, as far as is known by the day.
  private static func holds(_ db: Database, on day: CivilDate) throws -> [String: [Period]] {
    let rows = try SQLStatement(
      db, "SELECT bill_no, event, done_on FROM bill_event WHERE done_on <= ? ORDER BY bill_no, id")
    rows.bind(1, day)
    var holds: [String: [Period]] = [:]
    var since: [String: CivilDate] = [:]
    while try rows.step() {
      let (billNo, on) = (rows.text(0), try rows.date(2))
      if rows.text(1) == "hold" {
        since[billNo] = on
      } else if let from = since.removeValue(forKey: billNo), from < on {
        holds[billNo, default: []].append(Period(from, on.previous))
      }
    }
    for (billNo, from) in since { holds[billNo, default: []].append(Period(from, day)) }
    return holds
  }

  private static func bounced(
    _ db: Database, from: CivilDate, to: CivilDate
  ) throws -> [String: Int] {
    let rows = try SQLStatement(
      db,
      """
      SELECT coalesce(p.tenant_no, (SELECT k.tenant_no FROM payment_claim k
          WHERE k.payment_no = p.payment_no AND k.booked_on <= ?2 ORDER BY k.id DESC LIMIT 1)) AS owner,
        count(*)
      FROM payment_void v JOIN payment p ON p.payment_no = v.payment_no
      WHERE v.booked_on BETWEEN ?1 AND ?2 GROUP BY owner HAVING owner IS NOT NULL
      """)
    rows.bind(1, from)
    rows.bind(2, to)
    var found: [String: Int] = [:]
    while try rows.step() { found[rows.text(0)] = Int(rows.integer(1)) }
    return found
  }
}
