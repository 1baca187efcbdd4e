/// A quantity or a price as it is printed: up to 28 digits, none of them lost.
struct PrintedNumber: Sendable {
  private let magnitude: UInt128
  private let places: Int
  private let isNegative: Bool

  private static let limit = 28

  /// Nil if the text is no plain number, or a longer one.
  init?(_ text: String) {
    var magnitude: UInt128 = 0
    var (places, digits) = (0, 0)
    var (isNegative, hasPoint) = (false, false)
    for (index, byte) in text.utf8.enumerated() {
      switch byte {
      case 0x2D where index == 0: isNegative = true
      case 0x2C where !hasPoint && digits > 0: break
      case 0x2E where !hasPoint: hasPoint = true
      case 0x30...0x39:
        guard digits < PrintedNumber.limit else { return nil }
        magnitude = magnitude * 10 + UInt128(byte - 0x30)
        digits += 1
        if hasPoint { places += 1 }
      default: return nil
      }
    }
    guard digits > 0 else { return nil }
    self.magnitude = magnitude
    self.places = places
    self.isNegative = isNegative
  }

  /// Whether the product of two numbers is an amount, within so many fen.
  func times(_ other: PrintedNumber, is fen: Int64, within tolerance: UInt64) -> Bool {
    let places = places + other.places
    let product = magnitude.multipliedFullWidth(
      by: other.magnitude * PrintedNumber.power(max(0, 2 - places)))
    let isBelow = isNegative != other.isNegative && (product.high > 0 || product.low > 0)
    let (amount, tolerance) = (UInt128(fen.magnitude), UInt128(tolerance))
    func scaled(_ fen: UInt128) -> (high: UInt128, low: UInt128) {
      let shift = max(0, places - 2)
      // Each factor fits: an amount has nineteen digits, and the shift is at most 54.
      let first = min(shift, 18)
      return (fen * PrintedNumber.power(first)).multipliedFullWidth(
        by: PrintedNumber.power(shift - first))
    }
    if isBelow != (fen < 0), amount > 0 || isBelow {
      // On both sides of zero: what lies between them is their sum.
      return amount <= tolerance && !(product > scaled(tolerance - amount))
    }
    let lower = amount > tolerance ? scaled(amount - tolerance) : (0, 0)
    return !(product < lower) && !(product > scaled(amount + tolerance))
  }

  private static func power(_ exponent: Int) -> UInt128 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}
