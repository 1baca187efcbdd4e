import GRDB

/// Reads the contracts of `Look`, one after the other in their order, each with everything that
/// the law needs and with what is recorded. Memory is that of one contract.
package final class LeaseCursor {
  /// A contract as the law sees it, and its place in the books.
  package struct Entry {
    package var lease: Lease
    /// Its place in `Look`.
    package let seq: Int64
    /// Nothing due before this day is billed.
    package var billingFrom: CivilDate?
    /// Set where the contract did not change; then `recorded` is not read.
    package var since: CivilDate?
    /// What is recorded and not taken back, each with its adjustments.
    package var recorded: [RecordedCharge] = []
    /// The next revision of the rows of each source, period and kind; 0 where there are none.
    package fileprivate(set) var revisions: [Identity: Int64] = [:]

    /// What settled the recorded charges, by id; only where it is asked for.
    package var courses: [Int64: LateFeeBilling.Course] = [:]

    package struct Identity: Hashable {
      var source: String
      var start: CivilDate
      var kind: ChargeKind
    }

    /// Takes the next revision of an identity. Adjusting rows begin with 1.
    package mutating func takeRevision(
      _ source: String, _ start: CivilDate, _ kind: ChargeKind
    ) -> Int64 {
      let identity = Identity(source: source, start: start, kind: kind)
      let revision = revisions[identity] ?? (kind == .adjust ? 1 : 0)
      revisions[identity] = revision + 1
      return revision
    }

    /// Says what the next revision is where the recorded rows were not read.
    package mutating func setNextRevision(
      _ revision: Int64, _ source: String, _ start: CivilDate, _ kind: ChargeKind
    ) {
      revisions[Identity(source: source, start: start, kind: kind)] = revision
    }

    fileprivate mutating func note(
      _ revision: Int64, _ source: String, _ start: CivilDate, _ kind: ChargeKind
    ) {
      let identity = Identity(source: source, start: start, kind: kind)
      revisions[identity] = max(revisions[identity] ?? 0, revision + 1)
    }
  }

  private struct Property {
    var companyNo: String
    var billingFrom: CivilDate?
  }

  private let contracts: SQLStatement
  private let units: ContractRows
  private let terms: ContractRows
  private let steps: ContractRows
  private let spans: ContractRows
  private let openings: ContractRows
  private let turnovers: ContractRows
  private let tiers: ContractRows
  private let installs: ContractRows
  private let readings: ContractRows
  private let tariffs: ContractRows
  private let shares: ContractRows
  private let charges: ContractRows
  private let settlements: ContractRows?
  private let given: ContractRows?
  private let writtenOff: ContractRows?
  private let waivers: ContractRows?
  private let holds: ContractRows?
  private var properties: [String: Property] = [:]

  /// - Parameter withCourses: whether what settled the charges is read as well.
  package init(_ db: Database, withCourses: Bool = false) throws {
    let all = try SQLStatement(db, "SELECT property_no, company_no, billing_from FROM property")
    while try all.step() {
      properties[all.text(0)] = Property(
        companyNo: all.text(1), billingFrom: try all.optionalDate(2))
    }
    contracts = try SQLStatement(
      db,
      """
      SELECT l.seq, c.contract_no, c.tenant_no, c.property_no, c.company_no, c.start_on, c.end_on,
        c.terminated_on, c.status = 'signed', l.since, c.handover_on
      FROM temp.look l CROSS JOIN contract c ON c.contract_no = l.contract_no
      ORDER BY l.seq
      """)
    units = try ContractRows(
      db, "unit_no, area_m2_e6, from_on, to_on", of: "contract_unit", order: "unit_no, from_on")
    terms = try ContractRows(
      db,
      """
      line, item, method, unit_no, company_no, price_e6, per, cycle_months, anchor, timing, due_day,
      due_month, due_days, first_due_on, lead_days, proration, escalate_percent_e6,
      escalate_months, price_places, tax_rate_e6, tax_included, rounding, from_on, to_on, "on",
      guarantee_basis = 'area', percent_e6, true_up = 'year'
      """, of: "charge_term", order: "line")
    steps = try ContractRows(
      db, "line, from_on, price_e6", of: "price_step", order: "line, from_on")
    spans = try ContractRows(
      db, "item, from_on, to_on, percent_e6, turnover", of: "rent_free", order: "item, from_on")
    openings = try ContractRows(
      db, "item, due_on, amount_fen", of: "opening_balance", order: "item, due_on",
      where: "x.kind = 'receivable'")
    turnovers = try ContractRows(
      db, "line, month, amount_fen, reported_on", of: "turnover", order: "line, month, revision")
    tiers = try ContractRows(
      db, "line, from_on, sales_from_fen, percent_e6", of: "turnover_tier",
      order: "line, from_on, sales_from_fen")
    installs = try ContractRows(
      db,
      """
      meter_no, register, line, multiplier_e6,
      (SELECT digits FROM meter m WHERE m.meter_no = x.meter_no), tariff_no, from_on,
      open_reading_e6, to_on, close_reading_e6
      """, of: "meter_install", order: "line", sorted: false)
    // The newest revision of each reading; accepted if nothing newer of the day was read since.
    readings = try ContractRows(
      db,
      """
      r.meter_no, r.register, r.read_on, r.value_e6,
      EXISTS (SELECT 1 FROM reading_accepted a WHERE a.meter_no = r.meter_no
        AND a.read_on = r.read_on AND a.reading_id >= (SELECT max(n.id) FROM reading n
          WHERE n.meter_no = r.meter_no AND n.read_on = r.read_on)), r.id
      """, of: "meter_install", order: "",
      joined: """
        CROSS JOIN reading r ON r.meter_no = x.meter_no AND r.register = x.register
        """,
      where: """
        NOT EXISTS (SELECT 1 FROM reading n WHERE n.meter_no = r.meter_no
          AND n.read_on = r.read_on AND n.register = r.register AND n.revision > r.revision)
        AND x.from_on = (SELECT min(f.from_on) FROM meter_install f
          WHERE f.contract_no = x.contract_no AND f.meter_no = x.meter_no
            AND f.register = x.register)
        """, sorted: false)
    tariffs = try ContractRows(
      db,
      """
      DISTINCT t.tariff_no, t.from_on, t.register, t.tier_from_e6, t.price_e6,
      t.tier_basis = 'year'
      """, of: "meter_install", order: "",
      joined: "CROSS JOIN tariff t ON t.tariff_no = x.tariff_no", sorted: false)
    shares = try ContractRows(
      db,
      """
      d.pool_no, d.period, x.line, d.amount_fen, d.basis, x.weight, d.weight, x.amount_fen
      """, of: "share_part", order: "",
      joined: "CROSS JOIN share_division d ON d.id = x.division_id",
      where: "NOT EXISTS (SELECT 1 FROM share_void v WHERE v.division_id = d.id)", sorted: false)
    charges = try ContractRows(
      db,
      """
      id, line, item, kind, source, period_start, period_end, revision, adjusts, tax_rate_e6,
      tax_code, net_fen, tax_fen, amount_fen,
      (SELECT due_on FROM bill b WHERE b.bill_no = x.bill_no),
      (SELECT company_no FROM bill b WHERE b.bill_no = x.bill_no), voids,
      x.bill_no
      """, of: "charge", order: "id", where: "l.since IS NULL", sorted: false)
    // What a charge's own credit takes off it stands in its rows; what it gives to others, of another
    // contract too, is missing here.
    settlements =
      !withCourses
      ? nil
      : try ContractRows(
        db,
        """
        coalesce(x.adjusts, x.id), a.amount_fen, a.effective_on, coalesce(k.adjusts, k.id)
        """, of: "charge", order: "",
        joined: """
          CROSS JOIN allocation a ON a.charge_id = x.id LEFT JOIN charge k ON k.id = a.credit_id
          """, sorted: false, unlessEmpty: "allocation")
    given =
      !withCourses
      ? nil
      : try ContractRows(
        db,
        """
        coalesce(x.adjusts, x.id), a.amount_fen, a.effective_on, coalesce(k.adjusts, k.id)
        """, of: "charge", order: "",
        joined: """
          CROSS JOIN allocation a ON a.credit_id = x.id JOIN charge k ON k.id = a.charge_id
          """, where: "x.amount_fen < 0", sorted: false, unlessEmpty: "allocation")
    writtenOff =
      !withCourses
      ? nil
      : try ContractRows(
        db, "coalesce(x.adjusts, x.id), w.amount_fen, w.written_off_on", of: "charge", order: "",
        joined: "CROSS JOIN write_off w ON w.charge_id = x.id", sorted: false,
        unlessEmpty: "write_off")
    waivers =
      !withCourses
      ? nil
      : try ContractRows(
        db, "x.id, w.amount_fen", of: "charge", order: "",
        joined: "CROSS JOIN late_fee_waiver w ON w.charge_id = x.id", sorted: false,
        unlessEmpty: "late_fee_waiver")
    holds =
      !withCourses
      ? nil
      : try ContractRows(
        db, "c.id, e.event, e.done_on, e.id", of: "bill", order: "",
        joined: """
          CROSS JOIN bill_event e ON e.bill_no = x.bill_no
          CROSS JOIN charge c ON c.bill_no = x.bill_no
          """, sorted: false, unlessEmpty: "bill_event")
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
    lease.handoverOn = try contracts.optionalDate(10)
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
          percent: row.fixed(4), keepsTurnover: row.integer(5) != 0))
    }
    try openings.forEach(seq) { row in
      lease.openings.append(
        OpeningReceivable(item: row.text(1), dueOn: try row.date(2), amount: row.money(3)))
    }
    try readFacts(seq, into: &lease)
    var entry = Entry(
      lease: lease, seq: seq, billingFrom: property?.billingFrom,
      since: try contracts.optionalDate(9))
    if entry.since == nil { try readRecorded(seq, into: &entry) }
    try readCourses(seq, into: &entry)
    return entry
  }

  /// What comes in month by month.
  private func readFacts(_ seq: Int64, into lease: inout Lease) throws {
    // A later revision takes the place of the one before.
    try turnovers.forEach(seq) { row in
      let report = TurnoverReport(
        line: Int(row.integer(1)), month: try row.month(2), amount: row.money(3),
        reportedOn: try row.optionalDate(4))
      if let last = lease.turnovers.last, last.line == report.line, last.month == report.month {
        lease.turnovers.removeLast()
      }
      lease.turnovers.append(report)
    }
    try tiers.forEach(seq) { row in
      lease.turnoverTiers.append(
        TurnoverTier(
          line: Int(row.integer(1)), fromOn: try row.date(2), salesFrom: row.money(3),
          percent: row.fixed(4)))
    }
    try installs.forEach(seq) { row in
      lease.installs.append(
        MeterInstall(
          meterNo: row.text(1), register: try row.meterRegister(2), line: Int(row.integer(3)),
          multiplier: row.fixed(4), digits: row.optionalInt(5), tariffNo: row.text(6),
          fromOn: try row.date(7), openReading: row.fixed(8), toOn: try row.optionalDate(9),
          closeReading: row.optionalFixed(10)))
    }
    try readings.forEach(seq) { row in
      lease.readings.append(
        MeterReading(
          meterNo: row.text(1), register: try row.meterRegister(2), readOn: try row.date(3),
          value: row.fixed(4), isAccepted: row.integer(5) != 0, id: row.integer(6)))
    }
    try tariffs.forEach(seq) { row in
      lease.tariffs.add(
        TariffBand(
          fromOn: try row.date(2), register: try row.meterRegister(3), tierFrom: row.fixed(4),
          price: row.fixed(5), isByYear: row.integer(6) != 0), to: row.text(1))
    }
    try shares.forEach(seq) { row in
      lease.shares.append(
        CostShare(
          poolNo: row.text(1), month: try row.month(2), line: Int(row.integer(3)),
          poolAmount: row.money(4), basis: row.text(5) == "equal" ? .equal : .area,
          weight: row.integer(6), totalWeight: row.integer(7), amount: row.money(8)))
    }
    lease.shares.sort { ($0.poolNo, $0.month) < ($1.poolNo, $1.month) }
    lease.isFromBooks = true
  }

  private func readRecorded(_ seq: Int64, into entry: inout Entry) throws {
    var recorded: [RecordedCharge] = []
    var adjusting: [(adjusts: Int64, amounts: Amounts, dueOn: CivilDate)] = []
    var voided: Set<Int64> = []
    try charges.forEach(seq) { row in
      guard let kind = ChargeKind(rawValue: row.text(4)) else { return }
      let amounts = Amounts(net: row.money(12), tax: row.money(13), amount: row.money(14))
      let source = row.text(5)
      let start = try row.date(6)
      entry.note(row.integer(8), source, start, kind)
      if let adjusts = row.optionalInteger(9) {
        adjusting.append((adjusts, amounts, try row.date(15)))
        if row.integer(17) != 0 { voided.insert(adjusts) }
        return
      }
      recorded.append(
        RecordedCharge(
          id: row.integer(1), line: row.optionalInt(2), item: row.text(3), kind: kind,
          companyNo: row.text(16), source: source, period: Period(start, try row.date(7)),
          dueOn: try row.date(15), taxRate: row.fixed(10), taxCode: row.optionalText(11),
          amounts: amounts))
      recorded[recorded.count - 1].billNo = row.text(18)
    }
    let places = Dictionary(
      uniqueKeysWithValues: recorded.enumerated().map { ($0.element.id, $0.offset) })
    for (adjusts, amounts, dueOn) in adjusting {
      guard let index = places[adjusts] else { continue }
      recorded[index].amounts = try recorded[index].amounts + amounts
      recorded[index].rows.append(LateFee.Demand(amounts.amount, dueOn: dueOn))
    }
    entry.recorded = recorded.filter { !voided.contains($0.id) }
      .sorted { ($0.source, $0.period.from) < ($1.source, $1.period.from) }
  }
}

extension LeaseCursor {
  /// What happened to the recorded charges.
  private func readCourses(_ seq: Int64, into entry: inout Entry) throws {
    try settlements?.forEach(seq) { row in
      let (root, credit) = (row.integer(1), row.optionalInteger(4))
      if root == credit { return }
      entry.courses[root, default: .init()].settlements
        .append(.init(row.money(2), on: try row.date(3)))
    }
    try given?.forEach(seq) { row in
      let (root, paid) = (row.integer(1), row.integer(4))
      if root == paid { return }
      entry.courses[root, default: .init()].settlements
        .append(.init(try .zero - row.money(2), on: try row.date(3)))
    }
    try writtenOff?.forEach(seq) { row in
      entry.courses[row.integer(1), default: .init()].settlements
        .append(.init(row.money(2), on: try row.date(3)))
    }
    try waivers?.forEach(seq) { row in
      let waived = entry.courses[row.integer(1)]?.waived ?? .zero
      entry.courses[row.integer(1), default: .init()].waived = try waived + row.money(2)
    }
    // Holds and releases alternate.
    var events: [Int64: [(id: Int64, isHold: Bool, day: CivilDate)]] = [:]
    try holds?.forEach(seq) { row in
      events[row.integer(1), default: []].append(
        (row.integer(4), row.text(2) == "hold", try row.date(3)))
    }
    for (charge, its) in events {
      var held: CivilDate?
      for event in its.sorted(by: { $0.id < $1.id }) {
        if event.isHold {
          held = event.day
        } else if let from = held {
          if from < event.day {
            entry.courses[charge, default: .init()].holds.append(
              Period(from, event.day.previous))
          }
          held = nil
        }
      }
      if let held {
        entry.courses[charge, default: .init()].holds.append(Period(held, .last))
      }
    }
  }
}

extension CivilDate {
  /// A day after all others: 9999-12-31.
  fileprivate static let last = CivilMonth(year: 9999, month: 12).last
}

extension SQLStatement {
  fileprivate func meterRegister(_ column: Int) throws -> MeterRegister {
    guard let register = MeterRegister(rawValue: text(column)) else {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT, message: "register '\(text(column))' is unknown")
    }
    return register
  }
}
