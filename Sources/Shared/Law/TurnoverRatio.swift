/// What a month's turnover of a contract comes to per m² (坪效) and what it pays for the place out
/// of it (租售比).
package struct TurnoverRatio: Sendable {
  package var turnover: Money
  /// m² of the units of the reported terms, each by its days of the month's.
  package var area: Fixed
  /// Turnover per m²; nil where there is no area.
  package var perArea: Money?
  /// Turnover per m² and day on which the unit was there.
  package var perAreaDay: Money?
  /// Charged for the month; nil where no charge of the kind has days in it.
  package var rent: Money?
  package var service: Money?
  /// Rent in percent of the turnover, two places; nil without a turnover above zero.
  package var rentPercent: Fixed?
  /// Rent and service charges in percent of the turnover.
  package var costPercent: Fixed?
}

extension TurnoverRatio {
  /// An amount that was charged for some days.
  package struct Charged: Sendable {
    package var days: Period
    /// Tax included.
    package var amount: Money

    package init(days: Period, amount: Money) {
      self.days = days
      self.amount = amount
    }
  }

  /// - Parameters:
  ///   - reports: the turnover of each line for the month.
  ///   - rent: charges of items of kind rent, of any days.
  ///   - service: charges of items of kind service.
  package init(
    _ lease: Lease, in month: CivilMonth, reports: [(line: Int, amount: Money)],
    rent: [Charged], service: [Charged]
  ) throws(ValueError) {
    let days = Period(month.first, month.last)
    var turnover = Money.zero
    for report in reports { turnover = try turnover + report.amount }
    let lines = Set(reports.map(\.line))
    // m² × days of each unit; those of two terms count once.
    var areaDays = Exact.zero
    for unit in lease.units {
      var covered: UInt32 = 0
      for term in lease.terms
      where lines.contains(term.line)
        && (term.unitNos.isEmpty || term.unitNos.contains(unit.unitNo))
      {
        covered |= lease.days(of: unit, in: term).map { month.bits(of: $0) } ?? 0
      }
      var area = Exact(unit.area)
      try area.multiply(by: Int64(covered.nonzeroBitCount))
      try areaDays.add(area)
    }
    self.turnover = turnover
    var area = areaDays
    try area.multiply(by: 1, over: Int64(days.days))
    self.area = try area.fixed()
    perArea = try turnover.over(area)
    perAreaDay = try turnover.over(areaDays)
    self.rent = try TurnoverRatio.share(of: rent, in: days)
    self.service = try TurnoverRatio.share(of: service, in: days)
    if let rent = self.rent {
      rentPercent = try rent.percent(of: turnover)
      costPercent = try (rent + (self.service ?? .zero)).percent(of: turnover)
    }
  }

  /// What of the charges is for the days: of each the share of its days, rounded once in the end.
  private static func share(
    of charges: [Charged], in days: Period
  ) throws(ValueError) -> Money? {
    var sum: Exact?
    for charge in charges {
      guard let common = charge.days.intersection(days) else { continue }
      var part = Exact(charge.amount.fen, over: 100)
      try part.multiply(by: Int64(common.days), over: Int64(charge.days.days))
      var total = sum ?? .zero
      try total.add(part)
      sum = total
    }
    return try sum?.rounded(to: .fen)
  }
}

extension Lease {
  /// The days on which contract, term and unit are in force.
  fileprivate func days(of unit: LeaseUnit, in term: LeaseTerm) -> Period? {
    guard let days = days(of: term), let own = Period(startOn, lastDay).intersection(days) else {
      return nil
    }
    let from = max(unit.fromOn ?? own.from, own.from)
    let to = min(unit.toOn ?? own.to, own.to)
    return from <= to ? Period(from, to) : nil
  }
}

extension CivilMonth {
  /// A bit for each day of the month that the period has: bit 0 is the first.
  fileprivate func bits(of period: Period) -> UInt32 {
    guard let days = period.intersection(Period(first, last)) else { return 0 }
    return ((1 << UInt32(days.days)) - 1) << UInt32(days.from.days(since: first))
  }
}

extension Money {
  /// Yuan per unit of `divisor`, to the fen; nil for a divisor of zero.
  fileprivate func over(_ divisor: Exact) throws(ValueError) -> Money? {
    guard divisor.numerator > 0 else { return nil }
    guard let numerator = Int64(exactly: divisor.numerator),
      let denominator = Int64(exactly: divisor.denominator)
    else { throw .overflow(Phrase("the area", "面积")) }
    var quotient = Exact(fen, over: 100)
    try quotient.multiply(by: denominator, over: numerator)
    return try quotient.rounded(to: .fen)
  }

  /// In percent of another amount, two places half up; nil unless that is above zero.
  package func percent(of whole: Money) throws(ValueError) -> Fixed? {
    try Fixed.percent(of: fen, in: whole.fen)
  }
}

extension Fixed {
  /// `part` in percent of `whole`, in the same unit, two places half up; nil unless `whole` is above
  /// zero.
  package static func percent(of part: Int64, in whole: Int64) throws(ValueError) -> Fixed? {
    guard whole > 0 else { return nil }
    let hundredths = try roundHalfUp(Int128(part) * 10_000, over: Int128(whole))
    let (millionths, overflow) = hundredths.multipliedReportingOverflow(by: Fixed.one / 100)
    if overflow { throw .overflow(Phrase("the percentage", "比例")) }
    return Fixed(millionths: millionths)
  }
}
