import GRDB
import Shared

/// What the books of a month lack before it may be closed: what each of the month's jobs would still
/// record in it. Every job is tried, and nothing stays of it.
struct MonthTrialStore {
  let db: Database
  let month: CivilMonth
  /// Whose books are to be closed.
  let companies: Set<String>

  /// Something that is to be in the books of the month and is not.
  struct Missing {
    enum Kind: String, CaseIterable {
      /// A charge, or an adjustment of one.
      case charge
      /// A payment that is not in the books (未入账).
      case entry
      /// A payment whose tenant is known by its account or name.
      case claim
      /// Money that pays a charge.
      case allocation
      /// What of the month is earned (收入确认).
      case accrual
      /// What assets lost (折旧), and what else changed their values.
      case depreciation

      var zh: String {
        switch self {
        case .charge: "费用"
        case .entry: "收款入账"
        case .claim: "收款匹配"
        case .allocation: "核销"
        case .accrual: "收入确认"
        case .depreciation: "折旧"
        }
      }
    }

    var kind: Kind
    var companyNo: String
    var contractNo: String?
    var item: String?
    var chargeKind: String?
    var period: Period?
    var amount: Money
    var explain: Phrase
    var paymentNo: String?
  }

  struct Outcome {
    var missing: [Missing] = []
    /// Contracts and pools that cannot be billed.
    var notBilled: [BillRun.Failed] = []
    /// Contracts whose revenue cannot be computed.
    var notAccrued: [BillRun.Failed] = []
    /// Accounts that cannot be collected.
    var notCollected: [CollectRun.Failed] = []
    /// Assets whose depreciation cannot be computed.
    var notDepreciated: [DepreciationRun.Failed] = []

    var isComplete: Bool {
      missing.isEmpty && notBilled.isEmpty && notCollected.isEmpty && notAccrued.isEmpty
        && notDepreciated.isEmpty
    }
  }

  func outcome() throws -> Outcome {
    var outcome = Outcome()
    try attempt { try bill(into: &outcome) }
    try attempt { try collect(into: &outcome) }
    try accrue(into: &outcome)
    try depreciate(into: &outcome)
    return outcome
  }

  private func attempt(_ body: () throws -> Void) throws {
    try db.run("SAVEPOINT trial_run")
    defer { try? db.run("ROLLBACK TO trial_run; RELEASE trial_run") }
    try body()
  }

  // MARK: Charges

  private func bill(into outcome: inout Outcome) throws {
    let run = try BillRun(asOf: month.last).run(db) {}
    outcome.notBilled = run.failed
    let rows = try SQLStatement(
      db,
      """
      SELECT b.contract_no, b.company_no, c.item, c.kind, c.period_start, c.period_end,
        c.amount_fen, c.explain
      FROM bill b JOIN charge c ON c.bill_no = b.bill_no WHERE b.id > ? ORDER BY c.id
      """)
    rows.bind(1, run.posted.lastBillBefore)
    while try rows.step() {
      guard companies.contains(rows.text(1)) else { continue }
      outcome.missing.append(
        Missing(
          kind: .charge, companyNo: rows.text(1), contractNo: rows.text(0), item: rows.text(2),
          chargeKind: rows.text(3), period: Period(try rows.date(4), try rows.date(5)),
          amount: rows.money(6), explain: Phrase(rows.text(7), rows.text(7))))
    }
  }

  // MARK: Money

  private func collect(into outcome: inout Outcome) throws {
    let last = try SQLStatement(
      db,
      """
      SELECT (SELECT coalesce(max(id), 0) FROM payment_entry),
        (SELECT coalesce(max(id), 0) FROM payment_claim)
      """)
    _ = try last.step()
    let (entry, claim) = (last.integer(0), last.integer(1))
    last.reset()
    let run = try CollectRun(asOf: month.last).run(db) {}
    outcome.notCollected = run.failed
    try addEntries(after: entry, to: &outcome)
    try addClaims(after: claim, to: &outcome)
    try addAllocations(after: run.lastBefore, to: &outcome)
  }

  private func addEntries(after id: Int64, to outcome: inout Outcome) throws {
    let rows = try SQLStatement(
      db,
      """
      SELECT e.company_no, p.payment_no, p.amount_fen, p.paid_on
      FROM payment_entry e JOIN payment p ON p.payment_no = e.payment_no
      WHERE e.id > ? AND e.booked_on <= ? ORDER BY e.id
      """)
    rows.bind(1, id)
    rows.bind(2, month.last)
    while try rows.step() {
      guard companies.contains(rows.text(0)) else { continue }
      let paidOn = try rows.date(3)
      outcome.missing.append(
        Missing(
          kind: .entry, companyNo: rows.text(0), amount: rows.money(2),
          explain: Phrase("paid on \(paidOn), not entered", "\(paidOn) 收款，未入账"),
          paymentNo: rows.text(1)))
    }
  }

  private func addClaims(after id: Int64, to outcome: inout Outcome) throws {
    let rows = try SQLStatement(
      db,
      """
      SELECT e.company_no, p.payment_no, p.amount_fen, t.tenant_no, t.name, m.matched_by
      FROM payment_claim m JOIN payment_entry e ON e.payment_no = m.payment_no
      JOIN payment p ON p.payment_no = m.payment_no JOIN tenant t ON t.tenant_no = m.tenant_no
      WHERE m.id > ? AND m.booked_on <= ? ORDER BY m.id
      """)
    rows.bind(1, id)
    rows.bind(2, month.last)
    while try rows.step() {
      guard companies.contains(rows.text(0)) else { continue }
      let (tenant, isAccount) = ("\(rows.text(3)) \(rows.text(4))", rows.text(5) == "account")
      outcome.missing.append(
        Missing(
          kind: .claim, companyNo: rows.text(0), amount: rows.money(2),
          explain: Phrase(
            "of tenant \(tenant), by the payer's \(isAccount ? "account" : "name")",
            "按付款\(isAccount ? "账号" : "户名")属于租户 \(tenant)"),
          paymentNo: rows.text(1)))
    }
  }

  private func addAllocations(after id: Int64, to outcome: inout Outcome) throws {
    let rows = try SQLStatement(
      db,
      """
      SELECT b.company_no, e.company_no, c.contract_no, c.item, c.kind, c.period_start, c.period_end,
        a.amount_fen, a.payment_no, a.step, coalesce(p.paid_on, n.bill_on, o.since),
        c.amount_fen - (SELECT sum(s.amount_fen) FROM allocation s
          WHERE s.charge_id = c.id AND s.id <= a.id)
      FROM allocation a JOIN charge c ON c.id = a.charge_id JOIN bill b ON b.bill_no = c.bill_no
      LEFT JOIN payment p ON p.payment_no = a.payment_no
      LEFT JOIN payment_entry e ON e.payment_no = a.payment_no
      LEFT JOIN charge k ON k.id = a.credit_id LEFT JOIN bill n ON n.bill_no = k.bill_no
      LEFT JOIN prepaid_opening o ON o.id = a.opening_id
      WHERE a.id > ? AND a.booked_on <= ? ORDER BY a.id
      """)
    rows.bind(1, id)
    rows.bind(2, month.last)
    while try rows.step() {
      // In the books of the charge's company, and in those of the one that got the money.
      guard companies.contains(rows.text(0)) || companies.contains(rows.text(1)) else { continue }
      let step = Allocation.Step(rawValue: rows.text(9))
      outcome.missing.append(
        Missing(
          kind: .allocation, companyNo: rows.text(0), contractNo: rows.text(2), item: rows.text(3),
          chargeKind: rows.text(4), period: Period(try rows.date(5), try rows.date(6)),
          amount: rows.money(7),
          explain: step?.explanation(since: try rows.date(10), open: rows.money(11))
            ?? Phrase("", ""),
          paymentNo: rows.optionalText(8)))
    }
  }

  // MARK: Revenue

  /// Nothing is written, so that nothing has to be taken back.
  private func accrue(into outcome: inout Outcome) throws {
    let (rows, failed) = try AccrualRun(month: month).missing(db, companies: companies)
    outcome.notAccrued = failed
    for row in rows {
      let accrual = row.accrual
      outcome.missing.append(
        Missing(
          kind: .accrual, companyNo: accrual.group.companyNo, contractNo: row.contractNo,
          item: accrual.group.item, period: Period(accrual.month.first, accrual.month.last),
          amount: try accrual.missing.earned + accrual.missing.straight,
          explain: Phrase(try accrual.explanation(.en), try accrual.explanation(.zh))))
    }
  }

  // MARK: Assets

  /// A row for each company: what is missing of which asset, `boms-depreciate run --dry-run` says.
  private func depreciate(into outcome: inout Outcome) throws {
    let (sums, failed) = try DepreciationRun(through: month).missing(db, companies: companies)
    outcome.notDepreciated = failed
    for sum in sums {
      outcome.missing.append(
        Missing(
          kind: .depreciation, companyNo: sum.companyNo, period: Period(month.first, month.last),
          amount: sum.amount,
          explain: Phrase(
            "\(sum.assets) asset\(sum.assets == 1 ? "" : "s") not booked through \(month)",
            "\(sum.assets) 项资产至 \(month) 未入账")))
    }
  }
}
