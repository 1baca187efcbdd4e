/// 直线法: the days over which a lease's income is spread, in equal months, part months by days
/// (CAS 21 article 45; IFRS 16.81).
///
/// Each month takes its share of what is left to be recognized when it begins. As long as the
/// contract stays as it is that gives equal amounts; once it is modified, what is left and the time
/// that is left are those of a new lease that takes the balance in (IFRS 16.87). The last month
/// takes all that is left, so nothing ever remains.
package struct StraightLine: Sendable, Equatable {
  package let days: Period

  package init(_ days: Period) {
    self.days = days
  }

  /// So many months: `whole` and `part / of`.
  package struct Months: Sendable, Equatable {
    package var whole: Int64
    package var part: Int64 = 0
    package var of: Int64 = 1

    package static let none = Months(whole: 0)
  }

  /// How much of a calendar month the lease has.
  package func share(of month: CivilMonth) -> Months {
    guard let its = Period(month.first, month.last).intersection(days) else { return .none }
    return its.days == month.days
      ? Months(whole: 1)
      : Months(whole: 0, part: Int64(its.days), of: Int64(month.days))
  }

  /// How much of the lease is left when a month begins, that month included.
  package func left(from month: CivilMonth) -> Months {
    let month = max(month, days.from.month)
    let last = days.to.month
    if month > last { return .none }
    if month == last { return share(of: month) }
    let (first, end) = (share(of: month), share(of: last))
    let between = Int64(last.number - month.number) - 1 + first.whole + end.whole
    var (part, of) = (first.part * end.of + end.part * first.of, first.of * end.of)
    for prime: Int64 in [2, 3, 5, 7, 29, 31] {
      while part % prime == 0, of % prime == 0 { (part, of) = (part / prime, of / prime) }
    }
    return Months(whole: between + part / of, part: part % of, of: of)
  }

  /// What a month takes of what is left to be recognized, rounded to the fen; nothing before the
  /// first month, all of it in the last one and afterwards.
  package func income(of month: CivilMonth, left: Money) throws(ValueError) -> Money {
    if month < days.from.month { return .zero }
    if month >= days.to.month { return left }
    let (share, rest) = (share(of: month), self.left(from: month))
    let numerator = Int128(share.whole * share.of + share.part) * Int128(rest.of)
    let denominator = Int128(rest.whole * rest.of + rest.part) * Int128(share.of)
    return Money(fen: try roundHalfUp(Int128(left.fen) * numerator, over: denominator))
  }
}

extension StraightLine.Months: CustomStringConvertible {
  /// `24`, `17/31`, `23+15/31`.
  package var description: String {
    if part == 0 { return "\(whole)" }
    return whole == 0 ? "\(part)/\(of)" : "\(whole)+\(part)/\(of)"
  }
}
