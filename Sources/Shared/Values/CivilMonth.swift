/// A calendar month.
package struct CivilMonth: Hashable, Comparable, Sendable {
  /// Months since year 0: `year × 12 + month − 1`.
  package let number: Int32

  package init(number: Int32) {
    self.number = number
  }

  package init(year: Int, month: Int) {
    number = Int32(truncatingIfNeeded: year * 12 + month - 1)
  }

  package var year: Int { Int(number) / 12 }

  package var month: Int { Int(number) % 12 + 1 }

  package static func < (a: CivilMonth, b: CivilMonth) -> Bool {
    a.number < b.number
  }

  package func adding(_ months: Int) -> CivilMonth {
    CivilMonth(number: number &+ Int32(truncatingIfNeeded: months))
  }

  /// How many days the month has.
  package var days: Int {
    switch month {
    case 2:
      let year = year
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  package var first: CivilDate { CivilDate(unchecked: year, month, 1) }

  package var last: CivilDate { CivilDate(unchecked: year, month, days) }

  /// That day of the month, or the month's last day if it has no such day.
  package func day(clamped day: Int) -> CivilDate {
    CivilDate(unchecked: year, month, Swift.min(day, days))
  }
}

extension CivilMonth: CustomStringConvertible {
  /// `YYYY-MM`.
  package var description: String {
    String(first.description.prefix(7))
  }

  /// The month of `YYYY-MM` exactly.
  package init?(iso text: String) {
    guard let first = CivilDate(iso: text + "-01") else { return nil }
    self = first.month
  }
}
