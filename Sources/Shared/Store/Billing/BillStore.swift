import GRDB

/// Appends a run's charges and bills to the books. Rows are collected in a temporary table first,
/// because numbers follow the order bill_on, contract, due_on over all contracts, and because a
/// bill's row comes before its charges.
package final class BillStore {
  private let db: Database
  private let stage: SQLStatement
  private let isRecorded: SQLStatement
  private let index: SQLStatement
  /// Whether the rows are staged in the order of their bills' numbers.
  private var isInOrder = true
  private var lastBillOn: CivilDate?
  /// How many bills are staged.
  private var stagedBills: Int64 = 0

  package init(_ db: Database) throws {
    self.db = db
    try db.run(
      """
      DROP TABLE IF EXISTS temp.staged;
      CREATE TEMP TABLE staged (
        bill INTEGER, bill_on, contract_no, due_on, company_no, kind_of_bill, tenant_no, property_no,
        source, period_start, kind, revision, line, item, period_end, adjusts, voids, quantity_e6,
        price_e6, tax_rate_e6, tax_code, net_fen, tax_fen, amount_fen, explain);
      DROP TABLE IF EXISTS temp.numbered;
      CREATE TEMP TABLE numbered (
        seq INTEGER PRIMARY KEY, staged, bill_no, serial, net_fen, tax_fen, amount_fen, booked_on)
      """)
    stage = try SQLStatement(
      db,
      """
      INSERT INTO temp.staged VALUES (?24, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,
        ?14, ?15, ?25, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)
      """)
    isRecorded = try SQLStatement(
      db,
      """
      SELECT max(revision), max(NOT EXISTS (
        SELECT 1 FROM charge v WHERE v.adjusts = c.id AND v.voids = 1))
      FROM charge c
      WHERE contract_no = ? AND source = ? AND period_start = ? AND kind = ?
      """)
    index = try SQLStatement(
      db,
      "UPDATE billing_index SET next_bill_on = ?, changed = 0 WHERE contract_no = ?")
  }

  /// Refuses a property, a contract or a tenant that the books do not know.
  package static func requireKnown(
    property: String?, contract: String?, tenant: String? = nil, _ db: Database
  ) throws {
    for (table, number, zh) in [
      ("property", property, "项目"), ("contract", contract, "合同"), ("tenant", tenant, "租户"),
    ] {
      if let number { try KnownNumber.require(table, number, zh, db) }
    }
  }

  /// Whether the books have the charge and it was not taken back; else the revision that is next.
  package func state(
    of charge: Charge, _ lease: Lease
  ) throws -> (isRecorded: Bool, nextRevision: Int64) {
    isRecorded.bind(1, lease.contractNo)
    isRecorded.bind(2, charge.source)
    isRecorded.bind(3, charge.period.from)
    isRecorded.bind(4, charge.kind.rawValue)
    defer { isRecorded.reset() }
    guard try isRecorded.step(), let newest = isRecorded.optionalInteger(0) else {
      return (false, 0)
    }
    return (isRecorded.integer(1) != 0, newest + 1)
  }

  /// What a run appends for a contract.
  package enum Row {
    case charge(Charge, revision: Int64)
    /// An adjustment is billed on the day of the run. What is owed more falls due then, or when the
    /// adjusted row does if that is later; what is owed less counts at once.
    case adjustment(Adjustment, asOf: CivilDate, revision: Int64)

    var billOn: CivilDate {
      switch self {
      case .charge(let charge, _): charge.billOn
      case .adjustment(_, let asOf, _): asOf
      }
    }

    var dueOn: CivilDate {
      switch self {
      case .charge(let charge, _): charge.dueOn
      case .adjustment(let adjustment, let asOf, _):
        isCredit ? asOf : max(asOf, adjustment.recorded.dueOn)
      }
    }

    var companyNo: String {
      switch self {
      case .charge(let charge, _): charge.companyNo
      case .adjustment(let adjustment, _, _): adjustment.recorded.companyNo
      }
    }

    var amounts: Amounts {
      switch self {
      case .charge(let charge, _): charge.amounts
      case .adjustment(let adjustment, _, _): adjustment.difference
      }
    }

    var isCredit: Bool { amounts.amount < .zero }

    /// Whether its bill comes before the other's, within a contract.
    func isBilledBefore(_ other: Row) -> Bool {
      (billOn, dueOn, companyNo, isCredit ? 1 : 0)
        < (other.billOn, other.dueOn, other.companyNo, other.isCredit ? 1 : 0)
    }
  }

  /// Stages what a contract lacks, the new charges first.
  package func stage(_ subtraction: Subtraction, of entry: LeaseCursor.Entry, asOf: CivilDate)
    throws
  {
    var entry = entry
    var rows: [Row] = []
    for charge in subtraction.new {
      let revision = entry.takeRevision(charge.source, charge.period.from, charge.kind)
      rows.append(.charge(charge, revision: revision))
    }
    for adjustment in subtraction.adjustments {
      let recorded = adjustment.recorded
      let revision = entry.takeRevision(recorded.source, recorded.period.from, .adjust)
      rows.append(.adjustment(adjustment, asOf: asOf, revision: revision))
    }
    try stage(rows, of: entry.lease)
  }

  /// Stages a contract's rows bill by bill, in the order given within a bill. Contracts come in the
  /// order of their numbers.
  package func stage(_ rows: [Row], of lease: Lease) throws {
    let sorted =
      rows.count < 2
      ? rows
      : rows.enumerated().sorted { a, b in
        a.element.isBilledBefore(b.element)
          || (!b.element.isBilledBefore(a.element) && a.offset < b.offset)
      }.map(\.element)
    var last: Row?
    for row in sorted {
      // Rows of one bill are equal in what bills are sorted by.
      if last.map({ $0.isBilledBefore(row) }) ?? true { stagedBills += 1 }
      last = row
      stage.bind(24, stagedBills)
      // On most nights all is billed on one day, and nothing need be sorted.
      if let lastBillOn, row.billOn < lastBillOn { isInOrder = false }
      lastBillOn = row.billOn
      bind(row, of: lease)
      switch row {
      case .charge(let charge, let revision): bind(charge, revision)
      case .adjustment(let adjustment, _, let revision): bind(adjustment, revision)
      }
      try stage.run()
    }
  }

  private func bind(_ row: Row, of lease: Lease) {
    let amounts = row.amounts
    stage.bind(1, row.billOn)
    stage.bind(2, lease.contractNo)
    stage.bind(3, row.dueOn)
    stage.bind(4, row.companyNo)
    stage.bind(5, row.isCredit ? "credit_note" : "bill")
    stage.bind(6, lease.tenantNo)
    stage.bind(7, lease.propertyNo)
    stage.bind(20, amounts.net)
    stage.bind(21, amounts.tax)
    stage.bind(22, amounts.amount)
  }

  private func bind(_ charge: Charge, _ revision: Int64) {
    stage.bind(8, charge.source)
    stage.bind(9, charge.period.from)
    stage.bind(10, charge.kind.rawValue)
    stage.bind(11, revision)
    stage.bind(12, charge.line)
    stage.bind(13, charge.item)
    stage.bind(14, charge.period.to)
    stage.bind(15, null: ())
    stage.bind(25, 0)
    let unit = charge.quantityAndPrice
    stage.bind(16, unit?.quantity)
    stage.bind(17, unit?.price)
    stage.bind(18, charge.taxRate)
    stage.bind(19, charge.taxCode)
    stage.bind(23, Explanation.text(charge, .zh))
  }

  private func bind(_ adjustment: Adjustment, _ revision: Int64) {
    let recorded = adjustment.recorded
    stage.bind(8, recorded.source)
    stage.bind(9, recorded.period.from)
    stage.bind(10, ChargeKind.adjust.rawValue)
    stage.bind(11, revision)
    stage.bind(12, recorded.line)
    stage.bind(13, recorded.item)
    stage.bind(14, adjustment.wanted?.period.to ?? recorded.period.to)
    stage.bind(15, recorded.id)
    stage.bind(25, adjustment.isVoid ? 1 : 0)
    stage.bind(16, null: ())
    stage.bind(17, null: ())
    stage.bind(18, adjustment.wanted?.taxRate ?? recorded.taxRate)
    stage.bind(19, adjustment.wanted?.taxCode ?? recorded.taxCode)
    stage.bind(23, adjustment.explanation(.zh))
  }

  /// Notes when the contract is to be looked at again.
  package func setNextBillOn(_ day: CivilDate?, contractNo: String) throws {
    index.bind(1, day)
    index.bind(2, contractNo)
    try index.run()
  }

  // MARK: Posting

  /// What a run appended.
  package struct Posted {
    package var bills = 0
    package var creditNotes = 0
    package var charges = 0
    package var amounts = Amounts.zero
    /// The largest ids before; the run's bills and charges are those above.
    package var lastBillBefore: Int64 = 0
    package var lastChargeBefore: Int64 = 0

    package init() {}

    /// Together with what was appended right after.
    package func with(_ next: Posted) throws(ValueError) -> Posted {
      var sum = self
      sum.bills += next.bills
      sum.creditNotes += next.creditNotes
      sum.charges += next.charges
      sum.amounts = try sum.amounts + next.amounts
      return sum
    }
  }

  /// Writes what is staged. A contract whose rows the schema refuses is left out as a whole.
  /// - Parameter refused: is told the contract and the reason.
  package func post(refused: (String, DatabaseError) -> Void) throws -> Posted {
    do {
      return try attempt { try self.postAll() }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      try dropRefused(refused)
      return try attempt { try self.postAll() }
    }
  }

  /// The bills and credit notes of a run, in their order.
  package func billNumbers(of posted: Posted) throws -> [String] {
    try String.fetchAll(
      db, sql: "SELECT bill_no FROM bill WHERE id > ? ORDER BY id",
      arguments: [posted.lastBillBefore])
  }

  /// Runs `body` in a savepoint that is rolled back if it fails.
  private func attempt<Result>(_ body: () throws -> Result) throws -> Result {
    try db.run("SAVEPOINT attempt")
    do {
      let result = try body()
      try db.run("RELEASE attempt")
      return result
    } catch {
      try db.run("ROLLBACK TO attempt; RELEASE attempt")
      throw error
    }
  }

  private func postAll(contractNo: String? = nil) throws -> Posted {
    var posted = Posted()
    let last = try SQLStatement(
      db,
      "SELECT (SELECT coalesce(max(id), 0) FROM bill), (SELECT coalesce(max(id), 0) FROM charge)")
    if try last.step() {
      posted.lastBillBefore = last.integer(0)
      posted.lastChargeBefore = last.integer(1)
    }
    last.reset()
    try number(contractNo, &posted)
    // All rows in one statement each: a statement for each row would seek its place in every index
    // anew, and INSERT … SELECT of one row keeps a journal of its own.
    try db.run(
      """
      INSERT INTO bill (bill_no, kind, company_no, property_no, tenant_no, contract_no, bill_on,
        due_on, booked_on, month, serial, net_fen, tax_fen, amount_fen)
      SELECT n.bill_no, kind_of_bill, company_no, property_no, tenant_no, contract_no, bill_on,
        due_on, n.booked_on, substr(n.booked_on, 1, 7), n.serial, n.net_fen, n.tax_fen, n.amount_fen
      FROM temp.numbered n CROSS JOIN temp.staged s ON s.rowid = n.staged
      WHERE n.serial IS NOT NULL ORDER BY n.seq;
      INSERT INTO charge (bill_no, contract_no, source, period_start, kind, revision, line, item,
        period_end, adjusts, voids, quantity_e6, price_e6, tax_rate_e6, tax_code, net_fen, tax_fen,
        amount_fen, explain)
      SELECT n.bill_no, contract_no, source, period_start, kind, revision, line, item, period_end,
        adjusts, voids, quantity_e6, price_e6, tax_rate_e6, tax_code, s.net_fen, s.tax_fen, s.amount_fen,
        explain
      FROM temp.numbered n CROSS JOIN temp.staged s ON s.rowid = n.staged ORDER BY n.seq
      """)
    return posted
  }

  /// Gives the staged rows, in their order, the numbers of their bills. The first row of a bill
  /// bears the bill's serial and its sums.
  private func number(_ contractNo: String?, _ posted: inout Posted) throws {
    try db.run("DELETE FROM temp.numbered")
    let staged = try SQLStatement(
      db,
      """
      SELECT rowid, bill, bill_on, company_no, kind_of_bill = 'bill', net_fen, tax_fen, amount_fen
      FROM temp.staged \(contractNo == nil ? "" : "WHERE contract_no = ?1")
      ORDER BY \(isInOrder ? "" : "bill_on, ")rowid
      """)
    if contractNo != nil { staged.bind(1, contractNo) }
    let insert = try SQLStatement(
      db,
      """
      INSERT INTO temp.numbered (staged, bill_no, serial, net_fen, tax_fen, amount_fen, booked_on)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
    let numbers = try NumberSeries(db, "bill")
    let open = try OpenMonths(db)

    var bill: Int64?
    var billNo = ""
    var bookedOn = CivilDate(number: 0)
    var serial: Int64 = 0
    var rows: [Int64] = []
    var sum = Amounts.zero
    func close() throws {
      insert.bind(2, billNo)
      insert.bind(3, serial)
      insert.bind(4, sum.net)
      insert.bind(5, sum.tax)
      insert.bind(6, sum.amount)
      insert.bind(7, bookedOn)
      for row in rows {
        insert.bind(1, row)
        try insert.run()
        insert.bind(3, null: ())
      }
      posted.charges += rows.count
      posted.amounts = try posted.amounts + sum
      rows.removeAll(keepingCapacity: true)
      sum = .zero
    }
    while try staged.step() {
      if staged.integer(1) != bill {
        try close()
        bill = staged.integer(1)
        let companyNo = staged.text(3)
        bookedOn = open.bookedOn(companyNo, try staged.date(2))
        let month = bookedOn.month
        serial = try numbers.next(companyNo, month: month)
        billNo = BillNumber.text(companyNo: companyNo, month: month, serial: serial)
        if staged.integer(4) != 0 { posted.bills += 1 } else { posted.creditNotes += 1 }
      }
      rows.append(staged.integer(0))
      sum =
        try sum
        + Amounts(net: staged.money(5), tax: staged.money(6), amount: staged.money(7))
    }
    try close()
    try numbers.save()
  }

  /// Finds the contracts whose rows the schema refuses, by trying each alone, and takes their rows
  /// out. They stay marked, so that the next run looks at them again.
  private func dropRefused(_ refused: (String, DatabaseError) -> Void) throws {
    try db.run("CREATE INDEX temp.staged_by_contract_no ON staged (contract_no)")
    let distinct = try SQLStatement(db, "SELECT DISTINCT contract_no FROM temp.staged ORDER BY 1")
    var contracts: [String] = []
    while try distinct.step() { contracts.append(distinct.text(0)) }
    let delete = try SQLStatement(db, "DELETE FROM temp.staged WHERE contract_no = ?")
    let mark = try SQLStatement(db, "UPDATE billing_index SET changed = 1 WHERE contract_no = ?")
    for contractNo in contracts {
      try db.run("SAVEPOINT trial")
      defer { try? db.run("ROLLBACK TO trial; RELEASE trial") }
      do {
        _ = try postAll(contractNo: contractNo)
        continue
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
        refused(contractNo, error)
      }
      try db.run("ROLLBACK TO trial")
      delete.bind(1, contractNo)
      try delete.run()
      mark.bind(1, contractNo)
      try mark.run()
      try db.run("RELEASE trial; SAVEPOINT trial")
    }
  }
}
