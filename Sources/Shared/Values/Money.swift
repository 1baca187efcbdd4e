/// An amount of money in fen (分), exact. Sums and products that do not fit are errors.
package struct Money: Hashable, Comparable, Sendable {
  package let fen: Int64

  package static let zero = Money(fen: 0)

  package init(fen: Int64) {
    self.fen = fen
  }

  package static func < (a: Money, b: Money) -> Bool {
    a.fen < b.fen
  }

  package static func + (a: Money, b: Money) throws(ValueError) -> Money {
    let (sum, overflow) = a.fen.addingReportingOverflow(b.fen)
    if overflow { throw .overflow(Phrase("the sum", "合计")) }
    return Money(fen: sum)
  }

  package static func - (a: Money, b: Money) throws(ValueError) -> Money {
    let (difference, overflow) = a.fen.subtractingReportingOverflow(b.fen)
    if overflow { throw .overflow(Phrase("the difference", "差额")) }
    return Money(fen: difference)
  }

  /// Splits an amount into parts in proportion to `weights`, by the largest remainder: the parts
  /// sum to the amount to the fen, and ties go to the earlier part.
  /// - Parameter weights: not negative, at least one above zero; any unit.
  /// - Throws: `value.overflow`; `value.weights` if there is nothing to divide over.
  package func divided(byWeights weights: [Int64]) throws(ValueError) -> [Money] {
    var total: Int128 = 0
    for weight in weights {
      guard weight >= 0 else {
        throw ValueError("value.weights", Phrase("a weight is negative", "分摊权重为负"))
      }
      total += Int128(weight)
    }
    guard total > 0 else {
      throw ValueError("value.weights", Phrase("there is nothing to divide over", "没有可分摊的对象"))
    }
    let magnitude = Int128(fen).magnitude
    var parts: [Int128] = []
    var remainders: [(index: Int, remainder: UInt128)] = []
    var given: UInt128 = 0
    for (index, weight) in weights.enumerated() {
      let (product, overflow) = magnitude.multipliedReportingOverflow(by: UInt128(weight))
      if overflow { throw .overflow(Phrase("the share", "分摊金额")) }
      let (quotient, remainder) = product.quotientAndRemainder(dividingBy: UInt128(total))
      parts.append(Int128(quotient))
      given += quotient
      remainders.append((index, remainder))
    }
    remainders.sort { ($1.remainder, $0.index) < ($0.remainder, $1.index) }
    for (index, _) in remainders.prefix(Int(magnitude - given)) { parts[index] += 1 }
    // No part is larger than the amount, so with its sign it fits where the amount does.
    return parts.map { Money(fen: Int64(truncatingIfNeeded: fen < 0 ? -$0 : $0)) }
  }
}

extension Money: CustomStringConvertible {
  /// Yuan with exactly two places, without separators: `-1234.50`.
  package var description: String {
    Decimals.text(fen, places: 2, trim: false)
  }

  /// For people: `19,882.50`.
  package var grouped: String {
    Decimals.grouped(fen, places: 2, atLeast: 2)
  }
}
