/// A fraction that is never rounded: `numerator / denominator`. Sums of day shares of different
/// months stay exact in it until they become an amount.
package struct Exact: Sendable {
  package private(set) var numerator: Int128
  /// Above zero.
  package private(set) var denominator: Int128

  package static let zero = Exact(numerator: 0, denominator: 1)

  private init(numerator: Int128, denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  package init(_ value: Int64, over denominator: Int64 = 1) {
    self.init(numerator: Int128(value), denominator: Int128(denominator))
  }

  /// - Parameter denominator: above zero.
  package init(wide value: Int128, over denominator: Int128) {
    self.init(numerator: value, denominator: denominator)
  }

  package init(_ fixed: Fixed) {
    self.init(fixed.millionths, over: Fixed.one)
  }

  package mutating func multiply(by value: Int64, over divisor: Int64 = 1) throws(ValueError) {
    if let product = Exact.product(numerator, Int128(value)),
      let divided = Exact.product(denominator, Int128(divisor))
    {
      (numerator, denominator) = (product, divided)
      return
    }
    // Both fractions in lowest terms, and across: what is left over does not fit at all.
    reduce()
    let factor = Exact.gcd(Int128(value), Int128(divisor))
    var (value, divisor) = (Int128(value) / factor, Int128(divisor) / factor)
    let left = Exact.gcd(numerator, divisor)
    let right = Exact.gcd(value, denominator)
    (numerator, divisor) = (numerator / left, divisor / left)
    (value, denominator) = (value / right, denominator / right)
    guard let product = Exact.product(numerator, value),
      let divided = Exact.product(denominator, divisor)
    else { throw .overflow(Phrase("the amount", "金额")) }
    (numerator, denominator) = (product, divided)
  }

  package mutating func multiply(by fixed: Fixed) throws(ValueError) {
    try multiply(by: fixed.millionths, over: Fixed.one)
  }

  package mutating func add(_ other: Exact) throws(ValueError) {
    if denominator != other.denominator {
      if numerator == 0 {
        self = other
        return
      }
      if other.numerator == 0 { return }
      var other = other
      reduce()
      other.reduce()
      let common = Exact.gcd(denominator, other.denominator)
      let mine = other.denominator / common
      let theirs = denominator / common
      guard let left = Exact.product(numerator, mine),
        let right = Exact.product(other.numerator, theirs),
        let below = Exact.product(denominator, mine)
      else { throw .overflow(Phrase("the amount", "金额")) }
      let (sum, overflow) = left.addingReportingOverflow(right)
      if overflow { throw .overflow(Phrase("the amount", "金额")) }
      (numerator, denominator) = (sum, below)
      return
    }
    let (sum, overflow) = numerator.addingReportingOverflow(other.numerator)
    if overflow { throw .overflow(Phrase("the amount", "金额")) }
    numerator = sum
  }

  /// The fraction read as yuan, rounded once, half up, to the unit.
  package func rounded(to rounding: Rounding) throws(ValueError) -> Money {
    // In units: numerator × (100 / fen per unit) / denominator.
    var scaled = self
    try scaled.multiply(by: 100 / rounding.fen)
    let units = try roundHalfUp(scaled.numerator, over: scaled.denominator)
    let (fen, overflow) = units.multipliedReportingOverflow(by: rounding.fen)
    if overflow { throw .overflow(Phrase("the amount", "金额")) }
    return Money(fen: fen)
  }

  /// The fraction to six places, half up, for showing a part of an amount.
  package func fixed() throws(ValueError) -> Fixed {
    var scaled = self
    try scaled.multiply(by: Fixed.one)
    return Fixed(millionths: try roundHalfUp(scaled.numerator, over: scaled.denominator))
  }

  private mutating func reduce() {
    let common = Exact.gcd(numerator, denominator)
    numerator /= common
    denominator /= common
  }

  private static func product(_ a: Int128, _ b: Int128) -> Int128? {
    let (result, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? nil : result
  }

  /// The greatest common divisor, at least 1.
  private static func gcd(_ a: Int128, _ b: Int128) -> Int128 {
    var (a, b) = (a < 0 ? -a : a, b < 0 ? -b : b)
    while b != 0 { (a, b) = (b, a % b) }
    return a == 0 ? 1 : a
  }
}
