import GRDB

/// Reads the accounts that have money left, and appends what is allocated.
package final class AccountStore {
  /// What a tenant owes and paid for a property is one account.
  package struct Key: Hashable {
    package var tenantNo: String
    package var propertyNo: String

    package init(tenantNo: String, propertyNo: String) {
      self.tenantNo = tenantNo
      self.propertyNo = propertyNo
    }
  }

  package struct Account {
    package var law: TenantAccount
    /// Where each charge is booked.
    var places: [Int64: (companyNo: String, bookedOn: CivilDate)] = [:]
    /// Where each payment is booked, and from which day on as the tenant's.
    var entries: [String: (companyNo: String, bookedOn: CivilDate)] = [:]
  }

  /// Of fee items without a priority: after all that have one.
  static let lastPriority = 10_000

  private let db: Database
  private let asOf: CivilDate
  private let property: String?
  private let open: OpenMonths
  private let rows: SQLStatement
  private let recorded: SQLStatement
  private let payments: SQLStatement
  private let lines: SQLStatement
  private let prepaid: SQLStatement
  private let insert: SQLStatement

  package init(_ db: Database, asOf: CivilDate, property: String?) throws {
    self.db = db
    self.asOf = asOf
    self.property = property
    try AccountStore.findPayments(db, asOf: asOf, property: property)
    open = try OpenMonths(db)
    let charges =
      """
      FROM contract k CROSS JOIN bill b ON b.contract_no = k.contract_no
        CROSS JOIN charge c ON c.bill_no = b.bill_no
      """
    rows = try SQLStatement(
      db,
      """
      SELECT c.id, b.bill_no, c.contract_no, b.company_no, i.kind = 'deposit',
        coalesce(i.priority, \(AccountStore.lastPriority)), c.source GLOB 'C[0-9]*', b.bill_on,
        b.due_on, c.amount_fen, c.adjusts, b.booked_on
      \(charges) JOIN fee_item i ON i.item = c.item
      WHERE k.tenant_no = ?1 AND k.property_no = ?2 ORDER BY c.id
      """)
    recorded = try SQLStatement(
      db,
      """
      SELECT a.payment_no, a.credit_id, a.opening_id, a.deposit_id, a.charge_id, a.amount_fen
      \(charges) CROSS JOIN allocation a ON a.charge_id = c.id
      WHERE k.tenant_no = ?1 AND k.property_no = ?2
      UNION ALL
      SELECT NULL, NULL, NULL, NULL, w.charge_id, w.amount_fen
      \(charges) CROSS JOIN write_off w ON w.charge_id = c.id
      WHERE k.tenant_no = ?1 AND k.property_no = ?2
      UNION ALL
      SELECT l.payment_no, l.credit_id, l.opening_id, l.deposit_id, NULL, l.amount_fen
      FROM refund r JOIN refund_line l ON l.refund_id = r.id
      WHERE r.tenant_no = ?1 AND r.property_no = ?2
      """)
    payments = try SQLStatement(
      db,
      """
      SELECT p.payment_no, p.paid_on, p.amount_fen, p.contract_no, p.bill_no, e.company_no,
        e.pays_any, max(e.booked_on, coalesce((SELECT k.booked_on FROM payment_claim k
          WHERE k.payment_no = p.payment_no ORDER BY k.id DESC LIMIT 1), e.booked_on))
      FROM temp.left_over l CROSS JOIN payment p ON p.id = l.payment
        JOIN payment_entry e ON e.payment_no = p.payment_no
      WHERE l.tenant_no = ?1 AND l.property_no = ?2
      """)
    lines = try SQLStatement(
      db, "SELECT bill_no, amount_fen FROM payment_line WHERE payment_no = ? ORDER BY id")
    prepaid = try SQLStatement(
      db,
      """
      SELECT id, company_no, since, amount_fen FROM prepaid_opening
      WHERE tenant_no = ?1 AND property_no = ?2
      """)
    insert = try SQLStatement(
      db,
      """
      INSERT INTO allocation (payment_no, credit_id, opening_id, charge_id, amount_fen,
        effective_on, booked_on, step)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """)
  }

  /// Payments of which something is left, by account.
  private static func findPayments(_ db: Database, asOf: CivilDate, property: String?) throws {
    try db.run(
      """
      DROP TABLE IF EXISTS temp.left_over;
      CREATE TEMP TABLE left_over (
        tenant_no TEXT NOT NULL, property_no TEXT NOT NULL, payment INTEGER NOT NULL,
        PRIMARY KEY (tenant_no, property_no, payment)) WITHOUT ROWID
      """)
    let find = try SQLStatement(
      db,
      """
      INSERT INTO temp.left_over SELECT tenant_no, property_no, id FROM payment_owner o
      WHERE tenant_no IS NOT NULL AND booked_on IS NOT NULL AND paid_on <= ?1
        AND (?2 IS NULL OR property_no = ?2)
        AND (SELECT l.left_fen FROM payment_left l WHERE l.payment_no = o.payment_no) > 0
      """)
    find.bind(1, asOf)
    find.bind(2, property)
    try find.run()
  }

  /// The accounts with money left: of payments, of credit notes, of what was prepaid.
  package func keys() throws -> [Key] {
    let found = try SQLStatement(
      db,
      """
      SELECT tenant_no, property_no FROM temp.left_over
      UNION
      SELECT b.tenant_no, b.property_no FROM charge c JOIN bill b ON b.bill_no = c.bill_no
      WHERE c.amount_fen < 0 AND b.bill_on <= ?1 AND (?2 IS NULL OR b.property_no = ?2)
        AND (SELECT o.open_fen FROM charge_open o WHERE o.charge_id = c.id) < 0
      UNION
      SELECT tenant_no, property_no FROM prepaid_opening o
      WHERE since <= ?1 AND (?2 IS NULL OR property_no = ?2)
        AND (SELECT l.left_fen FROM opening_left l WHERE l.opening_id = o.id) > 0
      ORDER BY 1, 2
      """)
    found.bind(1, asOf)
    found.bind(2, property)
    var keys: [Key] = []
    while try found.step() {
      keys.append(Key(tenantNo: found.text(0), propertyNo: found.text(1)))
    }
    return keys
  }

  // MARK: One account

  package func account(_ key: Key) throws -> Account {
    var account = Account(law: TenantAccount(rows: [], payments: []))
    try forEach(rows, key) { row in
      let id = row.integer(0)
      let companyNo = row.text(3)
      account.law.rows.append(
        TenantAccount.Row(
          id: id, billNo: row.text(1), contractNo: row.text(2), companyNo: companyNo,
          isDeposit: row.integer(4) != 0, priority: Int(row.integer(5)),
          isLateFee: row.integer(6) != 0, billOn: try row.date(7), dueOn: try row.date(8),
          amount: row.money(9), adjusts: row.optionalInteger(10)))
      account.places[id] = (companyNo, try row.date(11))
    }
    try forEach(recorded, key) { row in
      account.law.recorded.append(
        TenantAccount.Recorded(
          source: source(row), chargeID: row.optionalInteger(4), amount: row.money(5)))
    }
    try forEach(payments, key) { row in
      account.law.payments.append(
        TenantAccount.Payment(
          no: row.text(0), paidOn: try row.date(1), amount: row.money(2),
          companyNo: row.integer(6) != 0 ? nil : row.text(5), contractNo: row.optionalText(3),
          billNo: row.optionalText(4)))
      account.entries[row.text(0)] = (row.text(5), try row.date(7))
    }
    for index in account.law.payments.indices {
      account.law.payments[index].lines = try lines(of: account.law.payments[index].no)
    }
    try forEach(prepaid, key) { row in
      account.law.prepaid.append(
        TenantAccount.Prepaid(
          id: row.integer(0), companyNo: row.text(1), since: try row.date(2), amount: row.money(3)))
    }
    return account
  }

  private func forEach(
    _ statement: SQLStatement, _ key: Key, _ body: (SQLStatement) throws -> Void
  ) throws {
    statement.bind(1, key.tenantNo)
    statement.bind(2, key.propertyNo)
    defer { statement.reset() }
    while try statement.step() { try body(statement) }
  }

  private func source(_ row: SQLStatement) -> Allocation.Source {
    if let no = row.optionalText(0) { return .payment(no) }
    if let id = row.optionalInteger(1) { return .creditNote(id) }
    if let id = row.optionalInteger(2) { return .prepaid(id) }
    if let id = row.optionalInteger(3) { return .other("deposit \(id)") }
    return .other("write-off")
  }

  private func lines(of paymentNo: String) throws -> [TenantAccount.Payment.Line] {
    lines.bind(1, paymentNo)
    defer { lines.reset() }
    var found: [TenantAccount.Payment.Line] = []
    while try lines.step() { found.append(.init(billNo: lines.text(0), amount: lines.money(1))) }
    return found
  }

  // MARK: Appending

  /// All of an account, or nothing.
  package func append(_ allocations: [Allocation], of account: Account) throws {
    if allocations.isEmpty { return }
    try db.run("SAVEPOINT account")
    do {
      for allocation in allocations { try append(allocation, account) }
      try db.run("RELEASE account")
    } catch {
      try db.run("ROLLBACK TO account; RELEASE account")
      throw error
    }
  }

  private func append(_ allocation: Allocation, _ account: Account) throws {
    for position: Int32 in 1...3 { insert.bind(position, null: ()) }
    var bookedOn = allocation.effectiveOn
    if let charge = account.places[allocation.chargeID] {
      // Not before the charge itself, whose month may have been closed at its time.
      bookedOn = max(open.bookedOn(charge.companyNo, bookedOn), charge.bookedOn)
    }
    switch allocation.source {
    case .payment(let no):
      insert.bind(1, no)
      if let entry = account.entries[no] {
        bookedOn = max(bookedOn, entry.bookedOn, open.bookedOn(entry.companyNo, bookedOn))
      }
    case .creditNote(let id):
      insert.bind(2, id)
      if let note = account.places[id] { bookedOn = max(bookedOn, note.bookedOn) }
    case .prepaid(let id): insert.bind(3, id)
    case .other: break
    }
    insert.bind(4, allocation.chargeID)
    insert.bind(5, allocation.amount)
    insert.bind(6, allocation.effectiveOn)
    insert.bind(7, bookedOn)
    insert.bind(8, allocation.step.rawValue)
    try insert.run()
  }

  package func lastAllocation() throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT max(id) FROM allocation") ?? 0
  }
}
