/// What overdue charges of a property bear a day (违约金规则), by fee item and day.
package struct LateFeeRules: Sendable {
  package enum GraceMode: String, Sendable, CaseIterable {
    /// 宽限期免计: the days of grace bear nothing.
    case skip
    /// 逾期后全额起算: who pays within the grace pays nothing more, who does not pays for it too.
    case waive
  }

  package struct Rule: Sendable, Equatable {
    package var fromOn: CivilDate
    /// A day, in ‰ of what is open.
    package var ratePermille: Fixed
    package var graceDays: Int
    package var graceMode: GraceMode
    /// Of the charge; nil: no cap.
    package var capPercent: Fixed?

    package init(
      fromOn: CivilDate, ratePermille: Fixed, graceDays: Int = 0, graceMode: GraceMode = .skip,
      capPercent: Fixed? = nil
    ) {
      self.fromOn = fromOn
      self.ratePermille = ratePermille
      self.graceDays = graceDays
      self.graceMode = graceMode
      self.capPercent = capPercent
    }
  }

  /// Stands for every item without a rule of its own in force.
  package static let everyItem = "*"

  /// Of each item from the earliest to the latest.
  private var rules: [String: [Rule]] = [:]

  package init() {}

  /// Adds a rule, in any order of days.
  /// - Parameter item: a fee item, or `*`.
  package mutating func add(_ rule: Rule, for item: String) {
    var own = rules[item] ?? []
    own.insert(rule, at: own.firstIndex { $0.fromOn > rule.fromOn } ?? own.count)
    rules[item] = own
  }

  /// The newest rule of the item that is in force on the day; if it has none, that of `*`.
  package func rule(for item: String, on day: CivilDate) -> Rule? {
    rules[item]?.last { $0.fromOn <= day }
      ?? rules[LateFeeRules.everyItem]?.last { $0.fromOn <= day }
  }

  /// The rule in force on the day, else the one in force on the first later day that has one.
  func firstRule(for item: String, from day: CivilDate) -> Rule? {
    rule(for: item, on: day)
      ?? changes(for: item).filter { $0 > day }.min().flatMap { rule(for: item, on: $0) }
  }

  /// The days from which another rule may be in force for the item.
  func changes(for item: String) -> [CivilDate] {
    ((rules[item] ?? []) + (rules[LateFeeRules.everyItem] ?? [])).map(\.fromOn)
  }
}
