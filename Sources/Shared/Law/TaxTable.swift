/// The rate and the code of each fee item, by day.
package struct TaxTable: Sendable {
  package struct Entry: Sendable, Equatable {
    /// The first day that it holds; nil: from the beginning.
    package var fromOn: CivilDate?
    /// A share of one.
    package var rate: Fixed
    package var code: String?

    package init(fromOn: CivilDate? = nil, rate: Fixed, code: String? = nil) {
      self.fromOn = fromOn
      self.rate = rate
      self.code = code
    }
  }

  private var entries: [String: [Entry]] = [:]

  package init() {}

  /// Adds an item's rate; those of one item are given from the earliest to the latest.
  package mutating func add(_ entry: Entry, for item: String) {
    entries[item, default: []].append(entry)
  }

  /// What is in force for an item on a day; an item without a rate bears no tax.
  package func entry(for item: String, on day: CivilDate) -> Entry {
    entries[item]?.last { $0.fromOn.map { $0 <= day } ?? true } ?? Entry(rate: .zero)
  }
}
