import Shared

/// What stands on an asset's card.
struct Card {
  var assetNo: String
  var name: String
  var companyName: String?
  /// Names and values of what the asset is, in order; empty ones are left out.
  var facts: [(name: Phrase, value: Phrase)] = []
  var location: String?
  var net = Money.zero
  var movements: [Movement] = []
  var years: [Year] = []

  /// What changed its values, as it is booked.
  struct Movement {
    var on: CivilDate
    var name: Phrase
    var explain: String
    var cost: Money
    var accumulated: Money
    var impairment: Money
  }

  /// What it lost in a calendar year.
  struct Year {
    var year: String
    var months: Int
    var amount: Money
    /// Of depreciation alone, without what the old books charged.
    var sum: Money
  }
}
