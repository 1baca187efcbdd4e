/// A span of days; both ends belong to it.
package struct Period: Hashable, Sendable {
  package let from: CivilDate
  package let to: CivilDate

  /// - Precondition: `from <= to`.
  package init(_ from: CivilDate, _ to: CivilDate) {
    self.from = from
    self.to = to
  }

  package var days: Int { to.days(since: from) + 1 }

  package func contains(_ day: CivilDate) -> Bool {
    from <= day && day <= to
  }

  /// The days that both have, or nil if there are none.
  package func intersection(_ other: Period) -> Period? {
    let from = max(from, other.from)
    let to = min(to, other.to)
    return from <= to ? Period(from, to) : nil
  }
}

extension Period: CustomStringConvertible {
  package var description: String { "\(from)…\(to)" }
}
