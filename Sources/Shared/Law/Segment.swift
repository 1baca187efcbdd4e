/// A part of a period in which price, area and free percent stay the same, and the share of time
/// that it counts for. The amount is price × area × time × (1 − free percent).
package struct Segment: Sendable {
  package enum Time: Sendable, Equatable {
    /// So many days at a price per day.
    case days(Int)
    /// So many whole months.
    case months(Int)
    /// `days` of a month that counts `of` days.
    case share(days: Int, of: Int)
    /// `days` of a year of 365 days, of twelve monthly prices.
    case yearShare(days: Int)
    /// A month begun is a month paid, less its `free` days of `of`.
    case begun(free: Int, of: Int)
    /// A one-off amount.
    case once
  }

  package var days: Period
  package var price: Fixed
  /// In m²; nil where the price is not per m².
  package var area: Fixed?
  package var freePercent: Fixed
  package var time: Time

  /// The amount in yuan, never rounded.
  package func amount(per: LeaseTerm.Per?) throws(ValueError) -> Exact {
    var amount = Exact(price)
    if let area { try amount.multiply(by: area) }
    switch time {
    case .days(let days): try amount.multiply(by: Int64(days))
    case .months(let months): try amount.multiply(by: Int64(months))
    case .share(let days, let whole): try amount.multiply(by: Int64(days), over: Int64(whole))
    case .yearShare(let days): try amount.multiply(by: 12 * Int64(days), over: 365)
    case .begun(let free, let whole):
      try amount.multiply(by: Int64(whole - free), over: Int64(whole))
    case .once: break
    }
    if let months = per?.months, months > 1 { try amount.multiply(by: 1, over: months) }
    if freePercent > .zero {
      try amount.multiply(
        by: Fixed.hundred.millionths - freePercent.millionths, over: Fixed.hundred.millionths)
    }
    return amount
  }

  /// Takes the next segment in if it only carries this one on.
  mutating func absorb(_ next: Segment) -> Bool {
    guard next.price == price, next.area == area, next.freePercent == freePercent,
      next.days.from == days.to.next
    else { return false }
    switch (time, next.time) {
    case (.days(let a), .days(let b)): time = .days(a + b)
    case (.months(let a), .months(let b)): time = .months(a + b)
    case (.yearShare(let a), .yearShare(let b)): time = .yearShare(days: a + b)
    case (.share(let a, 30), .share(let b, 30)): time = .share(days: a + b, of: 30)
    default: return false
    }
    days = Period(days.from, next.days.to)
    return true
  }
}
