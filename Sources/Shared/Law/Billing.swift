/// What a contract should be charged: a pure function of dated facts.
package struct Billing {
  package let lease: Lease
  package let taxes: TaxTable
  /// Nothing due before this day is charged, opening receivables apart.
  package let billingFrom: CivilDate?

  package init(_ lease: Lease, taxes: TaxTable, billingFrom: CivilDate?) {
    self.lease = lease
    self.taxes = taxes
    self.billingFrom = billingFrom
  }

  /// Which charges are asked for.
  package struct Scope: Sendable {
    /// Charges that are billed by this day.
    package var asOf: CivilDate
    /// Only charges billed on or after this day.
    package var since: CivilDate?
    /// Whatever their billing day: for each source, charges of periods that start by this day.
    package var recordedThrough: [String: CivilDate] = [:]

    package init(
      asOf: CivilDate, since: CivilDate? = nil, recordedThrough: [String: CivilDate] = [:]
    ) {
      self.asOf = asOf
      self.since = since
      self.recordedThrough = recordedThrough
    }

    func takes(billOn: CivilDate, start: CivilDate, source: String) -> Bool {
      (billOn <= asOf && (since.map { $0 <= billOn } ?? true))
        || (recordedThrough[source].map { start <= $0 } ?? false)
    }
  }

  package struct Result: Sendable {
    /// In the order of line, period and kind; opening items first.
    package var charges: [Charge] = []
    /// Charges that wait until somebody accepts an implausible reading.
    package var held: [Charge] = []
    /// The first day after `asOf` on which something is to be billed.
    package var nextBillOn: CivilDate?
  }

  /// - Throws: `value.overflow` if a price or an amount outgrows its type.
  package func charges(_ scope: Scope) throws(ValueError) -> Result {
    var result = Result()
    guard lease.isSigned else { return result }
    for opening in lease.openings { try add(opening, scope, to: &result) }
    var metering: Metering?
    for term in lease.terms {
      let first = result.charges.count
      switch term.method {
      case .fixed, .area: try addPeriods(of: term, scope, to: &result)
      case .once: try addOnce(term, scope, to: &result)
      case .turnover:
        if lease.hasGuarantee(term) { try addPeriods(of: term, scope, to: &result) }
        try addTurnover(term, scope, to: &result)
      case .metered:
        if lease.installs.isEmpty { break }
        if metering == nil { metering = try Metering(lease) }
        if let metering { try addMetered(term, metering, scope, to: &result) }
      case .share: try addShares(term, scope, to: &result)
      }
      if term.method == .turnover || term.method == .metered || term.method == .share {
        result.charges[first...].sort { $0.precedes($1) }
      }
    }
    return result
  }

  /// Sees a day on which something is billed; true if the charge is asked for.
  func isWanted(
    billOn: CivilDate, dueOn: CivilDate, start: CivilDate, source: String, _ scope: Scope,
    _ result: inout Result
  ) -> Bool {
    if let billingFrom, dueOn < billingFrom { return false }
    if billOn > scope.asOf { result.nextBillOn = min(result.nextBillOn ?? billOn, billOn) }
    return scope.takes(billOn: billOn, start: start, source: source)
  }

  private func addPeriods(
    of term: LeaseTerm, _ scope: Scope, to result: inout Result
  ) throws(ValueError) {
    guard let days = lease.days(of: term) else { return }
    let schedule = Schedule(term, days: days)
    let source = "L\(term.line)"
    let recordedThrough = scope.recordedThrough[source]
    // Made when the first period is charged: most nights none is.
    var segmentation: Segmentation?
    let second =
      earliestDue(of: term, scope, recordedThrough: recordedThrough)
      .map(schedule.firstIndex(dueFrom:)) ?? 1
    var index = 0
    while let period = schedule.period(index) {
      let earliest = schedule.earliestBillOn(from: period.from)
      let mayBeAsked =
        earliest <= scope.asOf || (recordedThrough.map { period.from <= $0 } ?? false)
      if !mayBeAsked, index > 0, let next = result.nextBillOn, earliest >= next { break }
      let dueOn = schedule.dueOn(period, index: index)
      let billOn = dueOn.adding(days: -term.leadDays)
      if isWanted(
        billOn: billOn, dueOn: dueOn, start: period.from, source: source, scope, &result)
      {
        if segmentation == nil {
          segmentation = try Segmentation(
            term, in: lease, through: min(days.to, schedule.latestDay(asked: scope, source)))
        }
        let segments =
          try segmentation?.segments(of: period, slices: schedule.slices(of: index)) ?? []
        let charge = try charge(
          term, kind: .base, source: source, period: period, billOn: billOn, dueOn: dueOn,
          segments: segments)
        if charge.amounts != .zero { result.charges.append(charge) }
      }
      index = index == 0 ? second : index + 1
    }
  }

  /// The day before which nothing that falls due is asked for; nil: anything may be.
  private func earliestDue(
    of term: LeaseTerm, _ scope: Scope, recordedThrough: CivilDate?
  ) -> CivilDate? {
    guard let since = scope.since, recordedThrough == nil else { return billingFrom }
    let due = min(since, scope.asOf.next).adding(days: term.leadDays)
    return billingFrom.map { max($0, due) } ?? due
  }

  private func addOnce(
    _ term: LeaseTerm, _ scope: Scope, to result: inout Result
  ) throws(ValueError) {
    let day = term.on ?? term.fromOn ?? lease.startOn
    let source = "L\(term.line)"
    let schedule = Schedule(term, days: Period(day, day))
    let dueOn = term.firstDueOn ?? schedule.dueOn(base: day)
    let billOn = dueOn.adding(days: -term.leadDays)
    guard isWanted(billOn: billOn, dueOn: dueOn, start: day, source: source, scope, &result)
    else { return }
    let segment = Segment(
      days: Period(day, day), price: term.price ?? .zero, freePercent: .zero, time: .once)
    let charge = try charge(
      term, kind: .once, source: source, period: Period(day, day), billOn: billOn, dueOn: dueOn,
      segments: [segment])
    if charge.amounts != .zero { result.charges.append(charge) }
  }

  private func charge(
    _ term: LeaseTerm, kind: ChargeKind, source: String, period: Period, billOn: CivilDate,
    dueOn: CivilDate, segments: [Segment]
  ) throws(ValueError) -> Charge {
    let per = kind == .once ? nil : term.per
    var sum = Exact.zero
    for segment in segments { try sum.add(try segment.amount(per: per)) }
    return try charge(
      term, kind: kind, source: source, period: period, billOn: billOn, dueOn: dueOn,
      rounded: try sum.rounded(to: term.rounding), basis: .time(segments, per: per))
  }

  /// - Parameter rounded: what the charge comes to, tax in it or not as the term says.
  func charge(
    _ term: LeaseTerm, kind: ChargeKind, source: String, period: Period, billOn: CivilDate,
    dueOn: CivilDate, rounded: Money, basis: Charge.Basis
  ) throws(ValueError) -> Charge {
    let tax = taxes.entry(for: term.item, on: dueOn)
    let rate = term.taxRate ?? tax.rate
    return Charge(
      line: term.line, item: term.item, kind: kind,
      companyNo: term.companyNo ?? lease.companyNo, source: source, period: period,
      billOn: billOn, dueOn: dueOn, taxRate: rate, taxCode: tax.code,
      taxIncluded: term.taxIncluded,
      amounts: term.taxIncluded
        ? try Amounts(gross: rounded, rate: rate) : try Amounts(net: rounded, rate: rate),
      basis: basis)
  }

  /// An opening receivable is billed when the system starts, or when it falls due if that is later;
  /// it keeps the day on which it was due.
  private func add(
    _ opening: OpeningReceivable, _ scope: Scope, to result: inout Result
  ) throws(ValueError) {
    let source = "O\(opening.item)/\(opening.dueOn)"
    let billOn = billingFrom.map { max($0, opening.dueOn) } ?? opening.dueOn
    if billOn > scope.asOf { result.nextBillOn = min(result.nextBillOn ?? billOn, billOn) }
    guard scope.takes(billOn: billOn, start: opening.dueOn, source: source) else { return }
    let tax = taxes.entry(for: opening.item, on: opening.dueOn)
    let company = lease.terms.first { $0.item == opening.item }?.companyNo ?? lease.companyNo
    let charge = Charge(
      line: nil, item: opening.item, kind: .opening, companyNo: company, source: source,
      period: Period(opening.dueOn, opening.dueOn), billOn: billOn, dueOn: opening.dueOn,
      taxRate: tax.rate, taxCode: tax.code,
      amounts: try Amounts(gross: opening.amount, rate: tax.rate), basis: .opening)
    if charge.amounts != .zero { result.charges.append(charge) }
  }
}
