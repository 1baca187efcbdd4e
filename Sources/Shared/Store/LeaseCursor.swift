import GRDB

/// Reads the contracts of `Look`, one after the other in their order, each with everything that
/// the law needs and with what is recorded. Memory is that of one contract.
package final class LeaseCursor {
  /// A contract as the law sees it, and its place in the books.
  package struct Entry {
    package var lease: Lease
    /// Nothing due before this day is billed.
    package var billingFrom: CivilDate?
    /// Set where the contract did not change; then `recorded` is not read.
    package var since: CivilDate?
    package var recorded: [RecordedCharge] = []
    /// The newest revision of the adjusting rows of each source and period.
    package var adjustRevisions: [String: Int64] = [:]

    package static func revisionKey(_ source: String, _ start: CivilDate) -> String {
      "\(source) \(start)"
    }
  }

  private struct Property {
    var companyNo: String
    var billingFrom: CivilDate?
  }

  private let contracts: SQLStatement
  private let units: Child
  private let terms: Child
  private let steps: Child
  private let spans: Child
  private let openings: Child
  private let charges: Child
  private var properties: [String: Property] = [:]

  package init(_ db: Database) throws {
    let all = try SQLStatement(db, "SELECT property_no, company_no, billing_from FROM property")
    while try all.step() {
      properties[all.text(0)] = Property(
        companyNo: all.text(1), billingFrom: try all.optionalDate(2))
    }
    contracts = try SQLStatement(
      db,
      """
      SELECT l.seq, c.contract_no, c.tenant_no, c.property_no, c.company_no, c.start_on, c.end_on,
        c.terminated_on, c.status = 'signed', l.since
      FROM temp.look l CROSS JOIN contract c ON c.contract_no = l.contract_no
      ORDER BY l.seq
      """)
    units = try Child(
      db, "unit_no, area_m2_e6, from_on, to_on", of: "contract_unit", order: "unit_no, from_on")
    terms = try Child(
      db,
      """
      line, item, method, unit_no, company_no, price_e6, per, cycle_months, anchor, timing, due_day,
      due_month, due_days, first_due_on, lead_days, proration, escalate_percent_e6,
      escalate_months, price_places, tax_rate_e6, tax_included, rounding, from_on, to_on, "on",
      guarantee_basis = 'area'
      """, of: "charge_term", order: "line")
    steps = try Child(
      db, "line, from_on, price_e6", of: "price_step", order: "line, from_on")
    spans = try Child(
      db, "item, from_on, to_on, percent_e6", of: "rent_free", order: "item, from_on")
    openings = try Child(
      db, "item, due_on, amount_fen", of: "opening_balance", order: "item, due_on",
      where: "x.kind = 'receivable'")
    charges = try Child(
      db,
      """
      id, line, item, kind, source, period_start, period_end, revision, adjusts, tax_rate_e6,
      tax_code, net_fen, tax_fen, amount_fen,
      (SELECT due_on FROM bill b WHERE b.bill_no = x.bill_no),
      (SELECT company_no FROM bill b WHERE b.bill_no = x.bill_no)
      """, of: "charge", order: "id", where: "l.since IS NULL", sorted: false)
  }

  /// The rows of one table that belong to the contracts of `Look`, in their order.
  private final class Child {
    private let rows: SQLStatement
    private var seq: Int64?

    /// - Parameter sorted: whether an index gives the order, so that nothing need be sorted; else
    ///   the rows of a contract come in any order.
    init(
      _ db: Database, _ columns: String, of table: String, order: String,
      where condition: String = "1", sorted: Bool = true
    ) throws {
      rows = try SQLStatement(
        db,
        """
        SELECT l.seq, \(columns)
        FROM temp.look l CROSS JOIN \(table) x ON x.contract_no = l.contract_no
        WHERE \(condition) ORDER BY l.seq\(sorted ? ", \(order)" : "")
        """)
      // A table without rows is not looked up for every contract.
      if try SQLStatement(db, "SELECT 1 FROM \(table) LIMIT 1").hasRow() { try advance() }
    }

    private func advance() throws {
      seq = try rows.step() ? rows.integer(0) : nil
    }

    /// Calls `body` for each row of the contract; columns count from 1.
    func forEach(_ wanted: Int64, _ body: (SQLStatement) throws -> Void) throws {
      while let seq, seq <= wanted {
        if seq == wanted { try body(rows) }
        try advance()
      }
    }
  }

  package func next() throws -> Entry? {
    guard try contracts.step() else { return nil }
    let seq = contracts.integer(0)
    var lease = Lease(startOn: try contracts.date(5), endOn: try contracts.date(6))
    lease.contractNo = contracts.text(1)
    lease.tenantNo = contracts.text(2)
    lease.propertyNo = contracts.text(3)
    let property = properties[lease.propertyNo]
    lease.companyNo = contracts.optionalText(4) ?? property?.companyNo ?? ""
    lease.terminatedOn = try contracts.optionalDate(7)
    lease.isSigned = contracts.integer(8) != 0
    try units.forEach(seq) { row in
      lease.units.append(
        LeaseUnit(
          unitNo: row.text(1), area: row.fixed(2), fromOn: try row.optionalDate(3),
          toOn: try row.optionalDate(4)))
    }
    try terms.forEach(seq) { lease.terms.append(try LeaseTerm(row: $0)) }
    try steps.forEach(seq) { row in
      lease.priceSteps.append(
        PriceStep(line: Int(row.integer(1)), fromOn: try row.date(2), price: row.fixed(3)))
    }
    try spans.forEach(seq) { row in
      lease.rentFree.append(
        RentFree(
          item: row.text(1), days: Period(try row.date(2), try row.date(3)),
          percent: row.fixed(4)))
    }
    try openings.forEach(seq) { row in
      lease.openings.append(
        OpeningReceivable(item: row.text(1), dueOn: try row.date(2), amount: row.money(3)))
    }
    var entry = Entry(
      lease: lease, billingFrom: property?.billingFrom, since: try contracts.optionalDate(9))
    if entry.since == nil { try readRecorded(seq, into: &entry) }
    return entry
  }

  private func readRecorded(_ seq: Int64, into entry: inout Entry) throws {
    var recorded: [RecordedCharge] = []
    var adjusting: [(adjusts: Int64, amounts: Amounts)] = []
    try charges.forEach(seq) { row in
      let amounts = Amounts(net: row.money(12), tax: row.money(13), amount: row.money(14))
      let source = row.text(5)
      let start = try row.date(6)
      if let adjusts = row.optionalInteger(9) {
        adjusting.append((adjusts, amounts))
        let key = Entry.revisionKey(source, start)
        entry.adjustRevisions[key] = max(entry.adjustRevisions[key] ?? 0, row.integer(8))
        return
      }
      guard let kind = ChargeKind(rawValue: row.text(4)) else { return }
      recorded.append(
        RecordedCharge(
          id: row.integer(1), line: row.optionalInt(2), item: row.text(3), kind: kind,
          companyNo: row.text(16), source: source, period: Period(start, try row.date(7)),
          dueOn: try row.date(15), taxRate: row.fixed(10), taxCode: row.optionalText(11),
          amounts: amounts))
    }
    for (adjusts, amounts) in adjusting {
      guard let index = recorded.firstIndex(where: { $0.id == adjusts }) else { continue }
      recorded[index].amounts = try recorded[index].amounts + amounts
    }
    entry.recorded = recorded.sorted { ($0.source, $0.period.from) < ($1.source, $1.period.from) }
  }
}

extension LeaseTerm {
  /// From a row of `charge_term`, the fields in the register's order from column 1.
  init(row: SQLStatement) throws {
    func word<Word: RawRepresentable>(_ column: Int) throws -> Word where Word.RawValue == String {
      guard let word = Word(rawValue: row.text(column)) else {
        throw DatabaseError(
          resultCode: .SQLITE_CORRUPT, message: "charge_term: '\(row.text(column))' is unknown")
      }
      return word
    }
    self.init(line: Int(row.integer(1)), item: row.text(2), method: try word(3))
    unitNos =
      row.isNull(4) ? [] : row.text(4).split(separator: ";").map(String.init)
    companyNo = row.optionalText(5)
    price = row.optionalFixed(6)
    per = row.isNull(7) ? nil : try word(7)
    cycleMonths = Int(row.integer(8))
    anchor = try word(9)
    timing = try word(10)
    dueDay = row.optionalInt(11)
    dueMonth = row.isNull(12) ? nil : try word(12)
    dueDays = row.optionalInt(13)
    firstDueOn = try row.optionalDate(14)
    leadDays = Int(row.integer(15))
    proration = try word(16)
    escalatePercent = row.optionalFixed(17)
    escalateMonths = row.optionalInt(18)
    pricePlaces = Int(row.integer(19))
    taxRate = row.optionalFixed(20)
    taxIncluded = row.integer(21) != 0
    rounding = try word(22)
    fromOn = try row.optionalDate(23)
    toOn = try row.optionalDate(24)
    on = try row.optionalDate(25)
    isGuaranteePerArea = row.integer(26) != 0
  }
}
