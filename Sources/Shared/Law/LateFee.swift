/// The late fee (逾期付款违约金) of one charge: a pure function of what was demanded when and of what
/// settled it when.
///
/// A day after the due day bears what is open when it begins × the rate of the day. All rows of a
/// charge together are rounded once and capped once: each row is the difference of two roundings
/// of the whole.
package struct LateFee: Sendable {
  /// A row of the ledger of charges: the charge, or an adjustment of it.
  package struct Demand: Sendable {
    /// Below zero: demanded less.
    package var amount: Money
    package var dueOn: CivilDate

    package init(_ amount: Money, dueOn: CivilDate) {
      self.amount = amount
      self.dueOn = dueOn
    }
  }

  /// What settled the charge or one of its adjustments: a payment, credit, deposit or write-off.
  package struct Settlement: Sendable {
    /// Below zero: a settlement taken back.
    package var amount: Money
    package var effectiveOn: CivilDate

    package init(_ amount: Money, on effectiveOn: CivilDate) {
      self.amount = amount
      self.effectiveOn = effectiveOn
    }
  }

  /// The charge itself first, then its adjustments in any order.
  package var rows: [Demand]
  /// In any order. What a negative row of `rows` takes off the others counts there and not here;
  /// what it gives to other charges is missing here and counts below zero.
  package var settlements: [Settlement]
  /// Days on hold (争议挂起) bear nothing: the day of the hold through the day before its release.
  package var holds: [Period]
  /// All that was ever waived (减免) of the charge's late fee.
  package var waived: Money
  package var rules: LateFeeRules
  package var item: String
  /// No day before bears anything: `billing_from` for opening items.
  package var bearsFrom: CivilDate?

  package init(
    rows: [Demand], settlements: [Settlement] = [], holds: [Period] = [], waived: Money = .zero,
    rules: LateFeeRules, item: String, bearsFrom: CivilDate? = nil
  ) {
    self.rows = rows
    self.settlements = settlements
    self.holds = holds
    self.waived = waived
    self.rules = rules
    self.item = item
    self.bearsFrom = bearsFrom
  }

  /// The rows that the charge should have by a day: one for each settlement day and each month's
  /// end after the grace, where the days since the last one come to something. A later day adds
  /// rows and changes none.
  /// - Throws: `value.overflow`.
  package func postings(asOf: CivilDate) throws(ValueError) -> [LateFeePosting] {
    try Course(self)?.postings(asOf: asOf) ?? []
  }

  /// The first month's end after a day on which a row may be wanted if nothing more is paid; nil if
  /// nothing that bears is open.
  /// - Throws: `value.overflow`.
  package func nextPostingOn(after day: CivilDate) throws(ValueError) -> CivilDate? {
    try Course(self)?.nextPostingOn(after: day)
  }

  /// Both, with what the charge bears worked out once.
  package func outlook(
    rowsThrough: CivilDate, after day: CivilDate
  ) throws(ValueError) -> (postings: [LateFeePosting], nextPostingOn: CivilDate?) {
    guard let course = try Course(self) else { return ([], nil) }
    return (try course.postings(asOf: rowsThrough), try course.nextPostingOn(after: day))
  }
}

/// What a charge comes to through a day.
private struct Total {
  /// Never rounded, in billionths of a fen.
  var exact: Int128 = 0
  var rounded = Money.zero
  /// Rounded, and at most the cap.
  var capped = Money.zero
  /// Less what was waived.
  var charged = Money.zero
}

/// What a charge bears over time, as far as the facts go.
private struct Course {
  /// The first day that may bear.
  let first: CivilDate
  /// The first day that a row may be dated: after the grace.
  let firstPosting: CivilDate
  /// From `firstPosting` on, in order, each once.
  let settlementDays: [CivilDate]
  /// The days that bear something, in order; what stays open bears to the end of time.
  let spans: [LateFeeSpan]
  let capPercent: Fixed?
  private let cap: Money?
  private let waived: Money

  var lastBearing: CivilDate { spans.last?.days.to ?? first.previous }

  /// Nil if no rule ever comes into force or nothing remains of the charge.
  init?(_ fee: LateFee) throws(ValueError) {
    guard let base = fee.rows.first,
      let rule = fee.rules.firstRule(for: fee.item, from: base.dueOn.next)
    else { return nil }
    var final = Money.zero
    for row in fee.rows { final = try final + row.amount }
    guard final > .zero else { return nil }

    let graceEnd = base.dueOn.adding(days: rule.graceDays)
    let first = max(base.dueOn.next, fee.bearsFrom ?? base.dueOn.next)
    let firstPosting = max(graceEnd.next, first)
    self.first = first
    self.firstPosting = firstPosting
    waived = max(fee.waived, .zero)
    capPercent = rule.capPercent
    var cap: Money?
    if let percent = rule.capPercent {
      cap = Money(
        fen: try roundHalfUp(
          Int128(final.fen) * Int128(percent.millionths), over: Int128(Fixed.hundred.millionths)))
    }
    self.cap = cap
    settlementDays = Set(fee.settlements.map(\.effectiveOn)).filter { $0 >= firstPosting }.sorted()

    // From which day on each row and each settlement counts.
    var demanded = fee.rows.map { row in
      Step(
        from: row.dueOn.adding(days: rule.graceMode == .skip ? rule.graceDays + 1 : 1),
        amount: row.amount)
    }
    var settled = fee.settlements.map { settlement in
      let isInTime = rule.graceMode == .waive && settlement.effectiveOn <= graceEnd
      return Step(
        from: (isInTime ? min(base.dueOn, settlement.effectiveOn) : settlement.effectiveOn).next,
        amount: settlement.amount)
    }
    demanded.sort { $0.from < $1.from }
    settled.sort { $0.from < $1.from }
    var cuts = Set(demanded.map(\.from) + settled.map(\.from) + fee.rules.changes(for: fee.item))
    for hold in fee.holds { cuts.formUnion([hold.from, hold.to.next]) }
    let end = CivilMonth.endOfTime.last
    let days = [first] + cuts.filter { $0 > first && $0 <= end }.sorted()

    var spans: [LateFeeSpan] = []
    var (demandedSoFar, settledSoFar) = (Money.zero, Money.zero)
    var (demands, settlements) = (demanded[...], settled[...])
    for (index, day) in days.enumerated() {
      while let step = demands.first, step.from <= day {
        demandedSoFar = try demandedSoFar + step.amount
        demands.removeFirst()
      }
      while let step = settlements.first, step.from <= day {
        settledSoFar = try settledSoFar + step.amount
        settlements.removeFirst()
      }
      let open = try min(demandedSoFar, final) - settledSoFar
      guard open > .zero, let rate = fee.rules.rule(for: fee.item, on: day)?.ratePermille,
        rate > .zero, !fee.holds.contains(where: { $0.contains(day) })
      else { continue }
      let to = index + 1 < days.count ? days[index + 1].previous : end
      if let last = spans.last, last.days.to == day.previous, last.open == open,
        last.ratePermille == rate
      {
        spans[spans.count - 1].days = Period(last.days.from, to)
      } else {
        spans.append(LateFeeSpan(days: Period(day, to), open: open, ratePermille: rate))
      }
    }
    self.spans = spans
  }

  private struct Step {
    var from: CivilDate
    var amount: Money
  }

  /// Nothing more can be charged.
  func isCapped(_ total: Total) -> Bool {
    cap.map { total.capped >= $0 } ?? false
  }

  /// The parts of the spans that lie in a period.
  func spans(in period: Period) -> [LateFeeSpan] {
    // Most spans of a long debt lie before: looked for from the back.
    guard let last = spans.lastIndex(where: { $0.days.from <= period.to }) else { return [] }
    var parts: [LateFeeSpan] = []
    for span in spans[...last].reversed() {
      guard let days = span.days.intersection(period) else { break }
      parts.append(LateFeeSpan(days: days, open: span.open, ratePermille: span.ratePermille))
    }
    return parts.reversed()
  }

  func total(after total: Total, _ spans: [LateFeeSpan]) throws(ValueError) -> Total {
    var next = total
    let (exact, overflow) = try total.exact.addingReportingOverflow(spans.billionths())
    if overflow { throw .overflow(Phrase("the late fee", "违约金")) }
    next.exact = exact
    next.rounded = Money(fen: try roundHalfUp(exact, over: LateFeeSpan.billion))
    next.capped = cap.map { min($0, next.rounded) } ?? next.rounded
    next.charged = max(.zero, try next.capped - waived)
    return next
  }
}

extension Course {
  func postings(asOf: CivilDate) throws(ValueError) -> [LateFeePosting] {
    var postings: [LateFeePosting] = []
    var total = Total()
    var from = first
    var month = firstPosting.month
    var settlementDays = self.settlementDays[...]
    while from <= lastBearing, !isCapped(total) {
      var day = month.last
      if let settled = settlementDays.first, settled <= day {
        day = settled
        settlementDays.removeFirst()
      }
      if day == month.last { month = month.adding(1) }
      if day > asOf { break }
      let period = Period(from, day)
      let spans = self.spans(in: period)
      let next = try self.total(after: total, spans)
      let amount = try next.charged - total.charged
      if amount > .zero {
        let accrued = try next.rounded - total.rounded
        let capped = try next.capped - total.capped
        postings.append(
          LateFeePosting(
            period: period, amount: amount, spans: spans, accrued: try spans.rounded(),
            cap: capped < accrued ? capPercent : nil, waived: try capped - amount))
      }
      total = next
      from = day.next
    }
    return postings
  }

  func nextPostingOn(after day: CivilDate) throws(ValueError) -> CivilDate? {
    let monthEnd = day.month.last == day ? day : day.month.first.previous
    let posted = max(monthEnd, settlementDays.last { $0 <= day } ?? monthEnd)
    var from = first
    if posted >= firstPosting {
      from = posted.next
      let total = try self.total(after: Total(), spans(in: Period(first, posted)))
      if isCapped(total) { return nil }
    }
    guard let span = spans.first(where: { $0.days.to >= from }) else { return nil }
    return max(span.days.from, day.next, firstPosting).month.last
  }
}

extension [LateFeeSpan] {
  fileprivate func billionths() throws(ValueError) -> Int128 {
    var sum: Int128 = 0
    for span in self {
      guard let part = span.billionths else { throw .overflow(Phrase("the late fee", "违约金")) }
      let (next, overflow) = sum.addingReportingOverflow(part)
      if overflow { throw .overflow(Phrase("the late fee", "违约金")) }
      sum = next
    }
    return sum
  }

  fileprivate func rounded() throws(ValueError) -> Money {
    Money(fen: try roundHalfUp(try billionths(), over: LateFeeSpan.billion))
  }
}

extension CivilMonth {
  /// The last month that a day can be in.
  fileprivate static let endOfTime = CivilMonth(year: 9999, month: 12)
}
