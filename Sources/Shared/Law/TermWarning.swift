/// Something about a term's periods that is allowed but seldom meant.
package struct TermWarning: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// Two periods fall due on one day.
    case dueTwice(CivilDate, Period, Period)
    /// The last period has under three days.
    case shortLastPeriod(Period)
  }

  package var line: Int
  package var kind: Kind

  /// Of each term at most one of a kind: the first.
  package static func all(of lease: Lease) -> [TermWarning] {
    var warnings: [TermWarning] = []
    for term in lease.terms {
      guard
        [.fixed, .area].contains(term.method)
          || (term.method == .turnover && lease.hasGuarantee(term)),
        let days = lease.days(of: term)
      else { continue }
      let schedule = Schedule(term, days: days)
      var isDueTwice = false
      var last: (period: Period, dueOn: CivilDate)?
      var index = 0
      while let period = schedule.period(index), index < 2400 {
        let dueOn = schedule.dueOn(period, index: index)
        if let last, last.dueOn == dueOn, !isDueTwice {
          isDueTwice = true
          warnings.append(
            TermWarning(line: term.line, kind: .dueTwice(dueOn, last.period, period)))
        }
        last = (period, dueOn)
        index += 1
      }
      if let last, index > 1, last.period.days < 3 {
        warnings.append(TermWarning(line: term.line, kind: .shortLastPeriod(last.period)))
      }
    }
    return warnings
  }
}
