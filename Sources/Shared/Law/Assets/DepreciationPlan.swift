/// How what is left of an asset is spread over the months that are left: from its first month, or anew
/// from the month after something happened to it.
///
/// Amounts are fen. An amount is exact until it is rounded to the fen, half up.
struct DepreciationPlan {
  let method: Asset.Method
  let form: Asset.Form
  /// What is to be spread.
  let base: Int64
  /// Over how many months.
  let length: Int
  /// The life that the rate of double declining is of, in months.
  let rateLife: Int
  /// Over how many units (millionths), and how many of them are left at the start.
  let units: Int64
  let unitsLeft: Int64
  private(set) var position = 0
  private(set) var unitsUsed: Int64 = 0
  private var year = Year()

  /// 使用年度: not a calendar year. Counted back from the end of the life, so that a part of a year
  /// comes first; over a whole life there is none.
  private struct Year {
    var number = 0
    var months = 0
    /// The month of the year that comes next, from 0.
    var month = 0
    var amount: Int64 = 0
    var charged: Int64 = 0
    var working = DepreciationWorking.Year.byDigits(base: 0, share: 0, of: 1)
  }

  init(
    method: Asset.Method, form: Asset.Form, base: Int64, length: Int, rateLife: Int,
    units: Int64 = 0, unitsLeft: Int64 = 0
  ) {
    self.method = method
    self.form = form
    self.base = base
    self.length = length
    self.rateLife = rateLife
    self.units = units
    self.unitsLeft = unitsLeft
  }

  /// The next month's amount, from nothing to `left`.
  /// - Parameters:
  ///   - net: the net value at the start of the month.
  ///   - left: what of it may still be charged, above zero.
  ///   - used: the month's units, for method units.
  mutating func charge(
    net: Int64, left: Int64, used: Int64?
  ) throws(ValueError) -> (amount: Int64, working: DepreciationWorking) {
    defer { position += 1 }
    switch method {
    case .none: return (0, .nothing)
    case .units: return try chargeUnits(left: left, used: used ?? 0)
    case .straightLine:
      if position >= length - 1 { return (left, .rest) }
      let months = form == .fixed ? length : length - position
      let amount = try roundHalfUp(
        Int128(form == .fixed ? base : left), over: Int128(months))
      let working: DepreciationWorking =
        form == .fixed ? .equal(base: base, months: months) : .remaining(months: months)
      return amount < left ? (amount, working) : (left, .rest)
    case .doubleDeclining, .sumOfYears:
      // The old books charged the whole life, but not all of the value.
      if position >= length { return (left, .rest) }
      if year.month >= year.months { try beginYear(net: net, left: left) }
      let (amount, working) = try chargeYear()
      if position >= length - 1 || amount > left { return (left, .rest) }
      return (amount, working)
    }
  }

  // MARK: Units

  private mutating func chargeUnits(
    left: Int64, used: Int64
  ) throws(ValueError) -> (Int64, DepreciationWorking) {
    let (sum, overflow) = unitsUsed.addingReportingOverflow(used)
    if overflow { throw .overflow(Phrase("the units", "工作量")) }
    unitsUsed = sum
    // The month that reaches the total takes the remainder.
    if unitsUsed >= unitsLeft { return (left, .rest) }
    let amount = try roundHalfUp(Int128(base) * Int128(used), over: Int128(units))
    return amount < left
      ? (amount, .units(base: base, used: used, of: units)) : (left, .rest)
  }

  // MARK: Service years

  private var years: Int { (length + 11) / 12 }

  private mutating func beginYear(net: Int64, left: Int64) throws(ValueError) {
    let first = length % 12 == 0 ? 12 : length % 12
    year.number += 1
    year.months = year.number == 1 ? first : 12
    year.month = 0
    year.charged = 0
    let ahead = years - year.number
    if method == .sumOfYears {
      let share = (ahead + 1) * year.months
      let digits = years * first + 12 * (years - 1) * years / 2
      year.amount = try roundHalfUp(Int128(base) * Int128(share), over: Int128(digits))
      year.working = .byDigits(base: base, share: Int64(share), of: Int64(digits))
    } else if ahead >= 2 {
      year.amount = min(
        left, try roundHalfUp(Int128(net) * Int128(2 * year.months), over: Int128(rateLife)))
      year.working = .declining(net: net, months: year.months, rateLife: rateLife)
    } else {
      let months = year.months + 12 * ahead
      year.amount = try roundHalfUp(Int128(left) * Int128(year.months), over: Int128(months))
      year.working = .lastTwo(left: left, months: year.months, of: months)
    }
  }

  /// A year's amount over its months; the last one takes the year's remainder.
  private mutating func chargeYear() throws(ValueError) -> (Int64, DepreciationWorking) {
    year.month += 1
    let rest = year.amount - year.charged
    let isLast = year.month == year.months
    let amount =
      isLast ? rest : min(rest, try roundHalfUp(Int128(year.amount), over: Int128(year.months)))
    let working = DepreciationWorking.year(
      year.working, number: year.number, amount: year.amount, months: year.months,
      charged: isLast ? year.charged : nil)
    year.charged += amount
    return (amount, working)
  }
}

/// How a month's amount arose.
package enum DepreciationWorking: Sendable, Equatable {
  case nothing
  /// An equal part of what is spread.
  case equal(base: Int64, months: Int)
  /// What is left over the months left.
  case remaining(months: Int)
  /// What is left, and no more.
  case rest
  case units(base: Int64, used: Int64, of: Int64)
  /// A part of a service year; `charged` is what its other months had, for the last one.
  case year(Year, number: Int, amount: Int64, months: Int, charged: Int64?)

  package enum Year: Sendable, Equatable {
    case declining(net: Int64, months: Int, rateLife: Int)
    case lastTwo(left: Int64, months: Int, of: Int)
    case byDigits(base: Int64, share: Int64, of: Int64)
  }
}
