/// What a tenant sold in a month, as last reported.
package struct TurnoverReport: Sendable {
  package var line: Int
  package var month: CivilMonth
  package var amount: Money
  package var reportedOn: CivilDate?

  package init(line: Int, month: CivilMonth, amount: Money, reportedOn: CivilDate? = nil) {
    self.line = line
    self.month = month
    self.amount = amount
    self.reportedOn = reportedOn
  }
}

/// From `fromOn`, the share of what a month sells above `salesFrom`. The rows of one `fromOn` are a
/// version; the newest on the last of the term's days in a month applies.
package struct TurnoverTier: Sendable {
  package var line: Int
  package var fromOn: CivilDate
  package var salesFrom: Money
  package var percent: Fixed

  package init(line: Int, fromOn: CivilDate, salesFrom: Money, percent: Fixed) {
    self.line = line
    self.fromOn = fromOn
    self.salesFrom = salesFrom
    self.percent = percent
  }
}

/// 保底与提成取高: what the months and the lease years of a turnover term come to, beside the
/// guarantee, which is charged like rent.
package struct TurnoverRent {
  /// A part of a month's turnover and the share of it that is rent.
  package struct Band: Sendable {
    package var sales: Money
    package var percent: Fixed
  }

  /// A month that is reported.
  package struct Month: Sendable {
    /// The term's days in it.
    package var days: Period
    package var report: TurnoverReport
    package var bands: [Band]
    /// How many of the days bear turnover rent, each weighted by 1 − free percent, in millionths of
    /// a day in percent: `days × 100 × 10⁶` if all do.
    package var chargedWeight: Int64
    /// Rounded.
    package var guarantee: Money
    /// Never rounded.
    package var entitlement: Exact

    /// Whether every day of the term bears turnover rent.
    package var isWhollyCharged: Bool {
      chargedWeight == Int64(days.days) * Fixed.hundred.millionths
    }

    /// What the entitlement is more than the guarantee, each rounded; never negative.
    package func excess(_ rounding: Rounding) throws(ValueError) -> Money {
      max(try entitlement.rounded(to: rounding) - guarantee, .zero)
    }
  }

  /// A lease year that is settled (年度取高): the larger of its guarantee and its turnover rent,
  /// less what its months charged. It gives back where single months were above the guarantee and
  /// the year is not, so it is mostly negative.
  package struct Year: Sendable {
    package var days: Period
    package var guarantee: Money
    /// Rounded once for the year.
    package var entitlement: Money
    package var charged: Money

    package func settlement() throws(ValueError) -> Money {
      try max(guarantee, entitlement) - charged
    }
  }

  private let term: LeaseTerm
  private let days: Period
  private let reports: [CivilMonth: TurnoverReport]
  private let tiers: [TurnoverTier]
  /// Spans that free the term of turnover rent as well.
  private let free: [RentFree]
  /// Nil for a term without a guarantee.
  private let segmentation: Segmentation?

  /// - Parameter days: the term's first and last day.
  /// - Throws: `turnover.no-percent` if there is neither a percent nor a tier.
  init(_ term: LeaseTerm, in lease: Lease, days: Period) throws(ValueError) {
    self.term = term
    self.days = days
    var reports: [CivilMonth: TurnoverReport] = [:]
    for report in lease.turnovers where report.line == term.line { reports[report.month] = report }
    self.reports = reports
    tiers = lease.turnoverTiers.filter { $0.line == term.line }
      .sorted { ($0.fromOn, $0.salesFrom) < ($1.fromOn, $1.salesFrom) }
    guard term.percent != nil || !tiers.isEmpty else {
      throw ValueError(
        "turnover.no-percent",
        Phrase(
          "line \(term.line) has neither a percent nor turnover tiers",
          "第 \(term.line) 行既无提成比例也无提成阶梯"),
        hint: Phrase(
          "give percent, or import turnover_tier", "请填写提成比例，或导入提成阶梯"))
    }
    free = lease.rentFree.filter {
      ($0.item == term.item || $0.item == "*") && !$0.keepsTurnover
    }
    segmentation =
      lease.hasGuarantee(term) ? try Segmentation(term, in: lease, through: days.to) : nil
  }

  /// The months that are reported and in which the term has days, in order: the days only.
  var reported: [(days: Period, report: TurnoverReport)] {
    reports.values.compactMap { report in
      Period(report.month.first, report.month.last).intersection(days).map { ($0, report) }
    }.sorted { $0.days.from < $1.days.from }
  }

  /// Lease years of which every month is reported, each with its reports. A month belongs to the
  /// year in which its last day lies.
  var reportedYears: [(days: Period, reports: [TurnoverReport])] {
    var years: [(Period, [TurnoverReport])] = []
    var month = days.from.month
    for number in 0... {
      let first = days.from.adding(months: 12 * number)
      if first > days.to { break }
      let last = min(days.from.adding(months: 12 * (number + 1)).previous, days.to)
      var its: [TurnoverReport] = []
      var isWhole = true
      while min(month.last, days.to) <= last, month.first <= days.to {
        if let report = reports[month] { its.append(report) } else { isWhole = false }
        month = month.adding(1)
      }
      if isWhole { years.append((Period(first, last), its)) }
    }
    return years
  }

  /// What a reported month comes to.
  /// - Parameter its: the term's days in the month.
  func month(_ report: TurnoverReport, days its: Period) throws(ValueError) -> Month {
    let bands = try bands(report, on: its.to)
    var weight: Int64 = 0
    for day in its.from.number...its.to.number {
      weight += Fixed.hundred.millionths - freePercent(on: CivilDate(number: day)).millionths
    }
    var entitlement = Exact.zero
    for band in bands {
      var part = Exact(band.sales.fen, over: 100)
      try part.multiply(by: band.percent.millionths, over: Fixed.hundred.millionths)
      try entitlement.add(part)
    }
    try entitlement.multiply(
      by: weight, over: Int64(its.days) * Fixed.hundred.millionths)
    return Month(
      days: its, report: report, bands: bands, chargedWeight: weight,
      guarantee: try guarantee(of: report.month, days: its), entitlement: entitlement)
  }

  /// What a lease year comes to.
  func year(_ days: Period, _ reports: [TurnoverReport]) throws(ValueError) -> Year {
    var guarantee = Money.zero
    var charged = Money.zero
    var entitlement = Exact.zero
    for report in reports {
      guard let its = Period(report.month.first, report.month.last).intersection(self.days) else {
        continue
      }
      let month = try month(report, days: its)
      guarantee = try guarantee + month.guarantee
      charged = try charged + month.guarantee + month.excess(term.rounding)
      try entitlement.add(month.entitlement)
    }
    return Year(
      days: days, guarantee: guarantee,
      entitlement: try entitlement.rounded(to: term.rounding), charged: charged)
  }

  /// The month's guarantee, whatever the billing cycle.
  private func guarantee(of month: CivilMonth, days its: Period) throws(ValueError) -> Money {
    guard let segmentation else { return .zero }
    var sum = Exact.zero
    let slice = Period(month.first, month.last)
    for segment in try segmentation.segments(of: its, slices: [slice]) {
      try sum.add(try segment.amount(per: term.per))
    }
    return try sum.rounded(to: term.rounding)
  }

  private func bands(
    _ report: TurnoverReport, on day: CivilDate
  ) throws(ValueError) -> [Band] {
    guard let version = tiers.last(where: { $0.fromOn <= day })?.fromOn else {
      // Tiers alone bear nothing before their first version.
      return term.percent.map { [Band(sales: report.amount, percent: $0)] } ?? []
    }
    let its = tiers.filter { $0.fromOn == version }
    return marginalParts(
      from: 0, to: Int128(report.amount.fen), starts: its.map { Int128($0.salesFrom.fen) }
    ).map { Band(sales: Money(fen: Int64($0.part)), percent: its[$0.band].percent) }
  }

  /// Where spans overlap the larger percent counts.
  private func freePercent(on day: CivilDate) -> Fixed {
    free.reduce(Fixed.zero) { $1.days.contains(day) ? max($0, $1.percent) : $0 }
  }
}

extension Lease {
  /// Whether a turnover term has a guarantee: a price, or steps of one.
  func hasGuarantee(_ term: LeaseTerm) -> Bool {
    term.price != nil || priceSteps.contains { $0.line == term.line }
  }
}
