/// A report or a reading that should be there and is not (缺报、缺抄).
package struct MissingFact: Hashable, Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case turnover, reading
    case lastReading = "last_reading"
    /// There, but implausible, and nobody has accepted it.
    case implausible

    /// The word in Chinese texts.
    package var zh: String {
      switch self {
      case .turnover: "营业额"
      case .reading: "抄表"
      case .lastReading: "止码"
      case .implausible: "用量异常"
      }
    }
  }

  package var kind: Kind
  /// The month that it is for; of a last reading, that of the last day.
  package var month: CivilMonth
  /// The days that are not reported, or not read.
  package var days: Period
  /// The day of the reading before; nil where there is none, and of a turnover.
  package var lastReadOn: CivilDate?
  /// Days since the month ended, of a last reading since the last day; at least 1.
  package var daysOverdue: Int
}

/// The span in which a register of a meter counts for a contract.
package struct InstallDays: Sendable {
  package var fromOn: CivilDate
  /// Its own last day or the contract's, whichever is earlier.
  package var lastDay: CivilDate
  package var hasCloseReading: Bool

  package init(fromOn: CivilDate, lastDay: CivilDate, hasCloseReading: Bool = false) {
    self.fromOn = fromOn
    self.lastDay = lastDay
    self.hasCloseReading = hasCloseReading
  }
}

/// What should have been reported and read by a day: a month is expected when it is over.
package struct MissingFacts: Sendable {
  package let asOf: CivilDate
  /// Nothing is expected for months before that of this day.
  package let billingFrom: CivilDate?

  package init(asOf: CivilDate, billingFrom: CivilDate?) {
    self.asOf = asOf
    self.billingFrom = billingFrom
  }

  /// The months in which a turnover term has days and of which nothing is reported.
  /// - Parameter days: the term's first and last day.
  package func turnovers(of days: Period, reported: Set<CivilMonth>) -> [MissingFact] {
    months(of: days).filter { !reported.contains($0) }.compactMap { month in
      Period(month.first, month.last).intersection(days).map {
        MissingFact(
          kind: .turnover, month: month, days: $0, lastReadOn: nil,
          daysOverdue: asOf.days(since: month.last))
      }
    }
  }

  /// The months in which a register was there from the first day (to the last, or to its own) and
  /// was not read, and the reading that it should have ended with. Where that one is missing, it
  /// stands for the last month as well.
  /// - Parameter readOn: the days on which the register was read, in order; others than those of
  ///   the install do not count.
  package func readings(of install: InstallDays, readOn: [CivilDate]) -> [MissingFact] {
    guard install.fromOn <= install.lastDay else { return [] }
    let days = Period(install.fromOn, install.lastDay)
    var readOn = readOn.filter(days.contains)
    if install.hasCloseReading, readOn.last != days.to { readOn.append(days.to) }
    let lacksLast = days.to < asOf && readOn.last != days.to && isExpected(days.to.month)
    var missing: [MissingFact] = []
    var next = 0
    for month in months(of: days) where days.from <= month.first {
      if lacksLast, month == days.to.month { break }
      while next < readOn.count, readOn[next] < month.first { next += 1 }
      if next < readOn.count, readOn[next] <= month.last { continue }
      missing.append(
        MissingFact(
          kind: .reading, month: month, days: Period(month.first, min(month.last, days.to)),
          lastReadOn: next > 0 ? readOn[next - 1] : nil,
          daysOverdue: asOf.days(since: month.last)))
    }
    if lacksLast {
      missing.append(
        MissingFact(
          kind: .lastReading, month: days.to.month,
          days: Period(readOn.last?.next ?? days.from, days.to), lastReadOn: readOn.last,
          daysOverdue: asOf.days(since: days.to)))
    }
    return missing
  }

  /// Readings of a line that wait to be accepted, each with its meter and register.
  package func implausible(
    _ metering: Metering, line: Int
  ) throws(ValueError) -> [(fact: MissingFact, install: MeterInstall)] {
    var missing: [(MissingFact, MeterInstall)] = []
    for bill in try metering.bills(line: line) where bill.isHeld {
      if bill.days.to > asOf || billingFrom.map({ bill.days.to < $0 }) ?? false { continue }
      for usage in bill.usages where usage.median != nil && !usage.isAccepted {
        missing.append(
          (
            MissingFact(
              kind: .implausible, month: usage.readOn.month, days: bill.days,
              lastReadOn: bill.days.from > usage.install.fromOn ? bill.days.from.previous : nil,
              daysOverdue: asOf.days(since: usage.readOn)), usage.install
          ))
      }
    }
    return missing
  }

  private func isExpected(_ month: CivilMonth) -> Bool {
    billingFrom.map { $0.month <= month } ?? true
  }

  /// The months with days of the span that are over.
  private func months(of days: Period) -> [CivilMonth] {
    var month = max(days.from.month, billingFrom?.month ?? days.from.month)
    var months: [CivilMonth] = []
    while month <= days.to.month, month.last < asOf {
      months.append(month)
      month = month.adding(1)
    }
    return months
  }
}
