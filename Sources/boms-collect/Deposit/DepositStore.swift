import GRDB
import Shared

/// What a decision about a contract's deposits sees on a day, and where it is recorded.
final class DepositStore {
  let db: Database
  let contractNo: String
  let tenantNo: String
  let propertyNo: String
  let lastDay: CivilDate
  /// Only deposits of this fee item; nil: of any.
  let item: String?
  let day: CivilDate
  private let open: OpenMonths

  /// - Throws: `Failure` 66 if contract or item are not known.
  init(_ db: Database, _ contractNo: String, item: String?, on day: CivilDate) throws {
    try KnownNumber.require("contract", contractNo, "合同", db)
    if let item { try DepositStore.requireDeposit(item, db) }
    let contract = try SQLStatement(
      db,
      """
      SELECT tenant_no, property_no, min(end_on, coalesce(terminated_on, end_on))
      FROM contract WHERE contract_no = ?
      """)
    contract.bind(1, contractNo)
    _ = try contract.step()
    self.db = db
    self.contractNo = contractNo
    tenantNo = contract.text(0)
    propertyNo = contract.text(1)
    lastDay = try contract.date(2)
    self.item = item
    self.day = day
    open = try OpenMonths(db)
  }

  private static func requireDeposit(_ item: String, _ db: Database) throws {
    let known = try SQLStatement(
      db, "SELECT 1 FROM fee_item WHERE item = ? AND kind = 'deposit'")
    known.bind(1, item)
    if try known.hasRow() { return }
    throw Failure(
      .noInput,
      Phrase("there is no fee item '\(item)' of kind deposit", "没有押金类收费项目“\(item)”"),
      hint: Phrase("'boms-export fee_item' lists them", "可用 'boms-export fee_item' 查看"))
  }

  // MARK: Money

  /// SQL for the day on which the newest use of some money was taken back; '' if none was. What is
  /// free again is not used before that day.
  private static func freed(_ column: String, of table: String, by key: String = "id") -> String {
    """
    coalesce((SELECT max(f.booked_on) FROM (
      SELECT a.booked_on FROM allocation a WHERE a.\(column) = \(table).\(key) AND a.amount_fen < 0
      UNION ALL
      SELECT r.booked_on FROM refund_line x JOIN refund r ON r.id = x.refund_id
      WHERE x.\(column) = \(table).\(key) AND x.amount_fen < 0) f), '')
    """
  }

  /// Money with what the books know of it.
  struct Fund {
    var law: DepositUse.Fund
    /// The company that has it.
    var companyNo: String
    var item: String?
    /// Its own document: a payment, the bill of the demand; of opening balances the contract.
    var documentNo: String
    /// The day on which the newest of it was booked, or was free again.
    var bookedOn: CivilDate
  }

  /// What is held. What was collected after the day is not there yet.
  func held() throws -> [Fund] {
    let rows = try SQLStatement(
      db,
      """
      SELECT o.id, 1, o.company_no, o.item, o.contract_no, o.since,
        max(o.since, \(DepositStore.freed("opening_id", of: "o"))), l.left_fen
      FROM opening o JOIN opening_left l ON l.opening_id = o.id
      WHERE o.kind = 'deposit' AND o.contract_no = ?1 AND (?2 IS NULL OR o.item = ?2)
        AND o.since <= ?3 AND l.left_fen > 0
      UNION ALL
      SELECT * FROM (
        SELECT c.id, 0, b.company_no, c.item, c.bill_no,
          (SELECT min(a.effective_on) FROM allocation a WHERE a.charge_id = c.id) AS since,
          max((SELECT max(a.booked_on) FROM allocation a
            WHERE a.charge_id = c.id AND a.effective_on <= ?3),
            \(DepositStore.freed("deposit_id", of: "c"))),
          l.left_fen - (SELECT coalesce(sum(a.amount_fen), 0) FROM allocation a
            WHERE a.charge_id = c.id AND a.effective_on > ?3) AS left_fen
        FROM charge c JOIN bill b ON b.bill_no = c.bill_no
        JOIN deposit_left l ON l.charge_id = c.id
        WHERE c.contract_no = ?1 AND (?2 IS NULL OR c.item = ?2) AND l.left_fen > 0)
      WHERE left_fen > 0
      ORDER BY 6, 2 DESC, 1
      """)
    rows.bind(1, contractNo)
    rows.bind(2, item)
    rows.bind(3, day)
    return try funds(rows) {
      $0.integer(1) != 0 ? .prepaid($0.integer(0)) : .deposit($0.integer(0))
    }
  }

  /// What demands were lowered by and is still owed to the tenant; it was there when the demand had
  /// been paid.
  func owedBack() throws -> [Fund] {
    let rows = try SQLStatement(
      db,
      """
      SELECT c.id, 0, b.company_no, c.item, c.bill_no, b.bill_on,
        max(b.booked_on, coalesce((SELECT max(a.booked_on) FROM allocation a
          WHERE a.charge_id = c.adjusts), b.booked_on),
          \(DepositStore.freed("credit_id", of: "c"))),
        -o.open_fen
      FROM charge c JOIN bill b ON b.bill_no = c.bill_no
      JOIN fee_item i ON i.item = c.item AND i.kind = 'deposit'
      JOIN charge_open o ON o.charge_id = c.id
      WHERE c.contract_no = ?1 AND (?2 IS NULL OR c.item = ?2) AND c.amount_fen < 0
        AND b.bill_on <= ?3 AND o.open_fen < 0
      ORDER BY 6, 1
      """)
    rows.bind(1, contractNo)
    rows.bind(2, item)
    rows.bind(3, day)
    return try funds(rows) { .creditNote($0.integer(0)) }
  }

  /// What is left of the tenant's payments for the property, and of what was prepaid.
  /// - Parameter payment: only this one.
  func money(_ payment: String?) throws -> [Fund] {
    let prepaid = try SQLStatement(
      db,
      """
      SELECT o.id, 0, o.company_no, o.item, o.contract_no, o.since,
        max(o.since, \(DepositStore.freed("opening_id", of: "o"))), l.left_fen
      FROM prepaid_opening o JOIN opening_left l ON l.opening_id = o.id
      WHERE o.tenant_no = ?1 AND o.property_no = ?2 AND o.since <= ?3 AND ?4 IS NULL
        AND l.left_fen > 0
      ORDER BY 6, 1
      """)
    let payments = try SQLStatement(
      db,
      """
      SELECT p.payment_no, p.pays_any, p.entry_company_no, NULL, p.payment_no, p.paid_on,
        max(p.booked_on, \(DepositStore.freed("payment_no", of: "p", by: "payment_no")),
          coalesce((SELECT c.booked_on FROM payment_claim c
            WHERE c.payment_no = p.payment_no ORDER BY c.id DESC LIMIT 1), '')),
        l.left_fen
      FROM payment_owner p JOIN payment_left l ON l.payment_no = p.payment_no
      WHERE p.tenant_no = ?1 AND p.property_no = ?2 AND p.paid_on <= ?3
        AND (?4 IS NULL OR p.payment_no = ?4) AND p.booked_on IS NOT NULL AND l.left_fen > 0
      ORDER BY 6, 1
      """)
    for rows in [prepaid, payments] {
      rows.bind(1, tenantNo)
      rows.bind(2, propertyNo)
      rows.bind(3, day)
      rows.bind(4, payment)
    }
    return try funds(prepaid) { .prepaid($0.integer(0)) }
      + funds(payments) { .payment($0.text(0)) }
  }

  /// Columns: id, whether it pays any company, company, item, document, since, booked, left.
  private func funds(
    _ rows: SQLStatement, _ source: (SQLStatement) -> Allocation.Source
  ) throws -> [Fund] {
    var funds: [Fund] = []
    while try rows.step() {
      let source = source(rows)
      var paysAny = false
      if case .payment = source { paysAny = rows.integer(1) != 0 }
      let companyNo = rows.text(2)
      funds.append(
        Fund(
          law: .init(
            source: source, companyNo: paysAny ? nil : companyNo, since: try rows.date(5),
            left: rows.money(7)),
          companyNo: companyNo, item: rows.optionalText(3), documentNo: rows.text(4),
          bookedOn: try rows.date(6)))
    }
    return funds
  }

  /// Whose a payment is; the tenant is nil while nobody has claimed it.
  /// - Throws: `Failure` 66 if there is no such payment.
  func owner(
    ofPayment no: String
  ) throws -> (tenantNo: String?, propertyNo: String, isVoid: Bool) {
    try KnownNumber.require("payment", no, "收款单", db)
    let rows = try SQLStatement(
      db,
      """
      SELECT o.tenant_no, p.property_no, o.id IS NULL FROM payment p
      LEFT JOIN payment_owner o ON o.payment_no = p.payment_no WHERE p.payment_no = ?
      """)
    rows.bind(1, no)
    _ = try rows.step()
    return (rows.optionalText(0), rows.text(1), rows.integer(2) != 0)
  }

  // MARK: Charges

  /// A charge of which something is open.
  struct Open {
    var law: DepositUse.Open
    var bookedOn: CivilDate
  }

  /// The demands for deposits of a contract.
  func demands(of contract: String) throws -> [Open] {
    try open("c.contract_no = ?2 AND i.kind = 'deposit' AND (?3 IS NULL OR c.item = ?3)") {
      $0.bind(2, contract)
      $0.bind(3, item)
    }
  }

  /// What the contract's deposits pay on a bill.
  func uses(
    onBill billNo: String, _ reversal: SettlementReversal
  ) throws -> [SettlementReversal.Standing] {
    try reversal.standing(
      """
      c.bill_no = ? AND (
        a.deposit_id IN (SELECT id FROM charge WHERE contract_no = ?)
        OR a.opening_id IN (SELECT id FROM opening_balance
          WHERE contract_no = ? AND kind = 'deposit'))
      """, [billNo, contractNo, contractNo], on: day)
  }

  /// What is not a deposit on a bill.
  func charges(onBill billNo: String) throws -> [Open] {
    try open("c.bill_no = ?2 AND i.kind <> 'deposit'") { $0.bind(2, billNo) }
  }

  /// What the tenant owes for the property, deposits apart.
  func debts() throws -> [Open] {
    try open(
      """
      i.kind <> 'deposit' AND b.contract_no IN (
        SELECT contract_no FROM contract WHERE tenant_no = ?2 AND property_no = ?3)
      """
    ) {
      $0.bind(2, tenantNo)
      $0.bind(3, propertyNo)
    }
  }

  /// What any demand for deposits to the tenant for the property lacks, by company.
  func isAnyDemandOpen(_ companyNo: String) throws -> Bool {
    try open(
      """
      i.kind = 'deposit' AND b.company_no = ?4 AND b.contract_no IN (
        SELECT contract_no FROM contract WHERE tenant_no = ?2 AND property_no = ?3)
      """
    ) {
      $0.bind(2, tenantNo)
      $0.bind(3, propertyNo)
      $0.bind(4, companyNo)
    }.isEmpty == false
  }

  private func open(_ condition: String, _ bind: (SQLStatement) -> Void) throws -> [Open] {
    let rows = try SQLStatement(
      db,
      """
      SELECT c.id, c.bill_no, b.company_no, b.due_on,
        coalesce(i.priority, \(AccountStore.lastPriority)), c.source GLOB 'C[0-9]*', o.open_fen,
        max(b.booked_on, coalesce((SELECT max(a.booked_on) FROM allocation a
            WHERE a.charge_id = c.id AND a.amount_fen < 0), ''),
          coalesce((SELECT max(w.booked_on) FROM write_off w
            WHERE w.charge_id = c.id AND w.amount_fen < 0), ''))
      FROM bill b JOIN charge c ON c.bill_no = b.bill_no JOIN fee_item i ON i.item = c.item
      JOIN charge_open o ON o.charge_id = c.id
      WHERE b.bill_on <= ?1 AND c.amount_fen > 0 AND o.open_fen > 0 AND \(condition) ORDER BY c.id
      """)
    rows.bind(1, day)
    bind(rows)
    var found: [Open] = []
    while try rows.step() {
      found.append(
        Open(
          law: .init(
            id: rows.integer(0), billNo: rows.text(1), companyNo: rows.text(2),
            dueOn: try rows.date(3), priority: Int(rows.integer(4)),
            isLateFee: rows.integer(5) != 0, open: rows.money(6)),
          bookedOn: try rows.date(7)))
    }
    return found
  }

  struct Bill {
    var tenantNo: String
    var propertyNo: String
    var companyNo: String
  }

  /// - Throws: `Failure` 66 if there is no such bill.
  func bill(_ billNo: String) throws -> Bill {
    let rows = try SQLStatement(
      db, "SELECT tenant_no, property_no, company_no FROM bill WHERE bill_no = ?")
    rows.bind(1, billNo)
    guard try rows.step() else {
      throw Failure(
        .noInput, Phrase("there is no bill '\(billNo)'", "没有编号为“\(billNo)”的账单"),
        hint: Phrase("'boms-export bills' lists them", "可用 'boms-export bills' 查看"))
    }
    return Bill(tenantNo: rows.text(0), propertyNo: rows.text(1), companyNo: rows.text(2))
  }

  /// The contract that this one goes on as, or one after it, and that has not ended by the day.
  func successor() throws -> String? {
    let rows = try SQLStatement(
      db,
      """
      WITH RECURSIVE chain (contract_no) AS (
        SELECT ?1
        UNION
        SELECT n.contract_no FROM chain
        JOIN contract c ON c.contract_no = chain.contract_no
        JOIN contract n ON n.previous_contract_no = c.contract_no AND n.status = 'signed'
          AND n.tenant_no = c.tenant_no AND n.property_no = c.property_no AND n.kind = c.kind)
      SELECT k.contract_no FROM chain JOIN contract k ON k.contract_no = chain.contract_no
      WHERE k.contract_no <> ?1 AND min(k.end_on, coalesce(k.terminated_on, k.end_on)) >= ?2
      ORDER BY k.start_on LIMIT 1
      """)
    rows.bind(1, contractNo)
    rows.bind(2, day)
    return try rows.step() ? rows.text(0) : nil
  }

  // MARK: Recording

  func lastAllocation() throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT coalesce(max(id), 0) FROM allocation") ?? 0
  }

  /// Books what the law decided, each row no earlier than its money and its charge.
  func append(
    _ parts: [DepositUse.Part], of funds: [Fund], on charges: [Open], reason: String
  ) throws {
    let insert = try SQLStatement(
      db,
      """
      INSERT INTO allocation (payment_no, deposit_id, opening_id, charge_id, amount_fen,
        effective_on, booked_on, step)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """)
    let because = try SQLStatement(
      db, "INSERT INTO allocation_reason (allocation_id, reason) VALUES (?, ?)")
    for part in parts {
      guard let fund = funds.first(where: { $0.law.source == part.source }),
        let charge = charges.first(where: { $0.law.id == part.chargeID })
      else { continue }
      for position: Int32 in 1...3 { insert.bind(position, null: ()) }
      switch part.source {
      case .payment(let no): insert.bind(1, no)
      case .deposit(let id): insert.bind(2, id)
      case .prepaid(let id): insert.bind(3, id)
      case .creditNote, .other: continue
      }
      insert.bind(4, part.chargeID)
      insert.bind(5, part.amount)
      insert.bind(6, day)
      insert.bind(
        7,
        max(
          open.bookedOn(charge.law.companyNo, day), open.bookedOn(fund.companyNo, day),
          charge.bookedOn, fund.bookedOn))
      insert.bind(8, Allocation.Step.deposit.rawValue)
      try insert.run()
      because.bind(1, insert.lastInsertedRowID)
      because.bind(2, reason)
      try because.run()
    }
  }
}
