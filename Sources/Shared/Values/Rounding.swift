/// The unit that an amount is rounded to (取整), half up, away from zero when negative.
package enum Rounding: String, CaseIterable, Sendable {
  case fen, jiao, yuan

  /// How many fen the unit has.
  package var fen: Int64 {
    switch self {
    case .fen: 1
    case .jiao: 10
    case .yuan: 100
    }
  }
}

/// `numerator ÷ denominator` to the nearest whole number, a half away from zero.
/// - Precondition: `denominator > 0`.
/// - Throws: `value.overflow` if the result does not fit 64 bits.
package func roundHalfUp(_ numerator: Int128, over denominator: Int128) throws(ValueError) -> Int64
{
  let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
  // Compares |remainder| with denominator − |remainder|, which cannot overflow as a doubling could.
  let magnitude = remainder < 0 ? -remainder : remainder
  let away: Int128 = magnitude >= denominator - magnitude ? (numerator < 0 ? -1 : 1) : 0
  guard let result = Int64(exactly: quotient + away) else {
    throw .overflow(Phrase("the amount", "金额"))
  }
  return result
}
