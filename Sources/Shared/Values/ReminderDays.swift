/// The days on which something is reminded of, relative to its due day: below zero before it.
package struct ReminderDays: Equatable, Sendable {
  /// In the order of time, each once; at least one.
  package let offsets: [Int]

  /// Ten years either way.
  private static let range = -3650...3650

  /// - Precondition: not empty.
  package init(_ offsets: [Int]) {
    self.offsets = Set(offsets).sorted()
  }

  /// `-30;-7;0;1;7;15`; nil if it is something else.
  package init?(_ text: String) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false)
    let offsets = parts.compactMap { Int($0) }
    guard !offsets.isEmpty, offsets.count == parts.count,
      offsets.allSatisfy(ReminderDays.range.contains)
    else { return nil }
    self.init(offsets)
  }

  /// `90;60;30`, in days before.
  package init?(before text: String) {
    guard let days = ReminderDays(text), days.offsets.allSatisfy({ $0 >= 0 }) else { return nil }
    self.init(days.offsets.map { -$0 })
  }

  /// The last of the days that has come; nil before the first.
  package func reached(dueOn: CivilDate, asOf: CivilDate) -> Int? {
    offsets.last { $0 <= asOf.days(since: dueOn) }
  }
}

extension ReminderDays: CustomStringConvertible {
  package var description: String { offsets.map(String.init).joined(separator: ";") }
}
