/// Takes an amount from several, from each all that it has before the next one gives anything.
package enum InOrder {
  /// What each of them gives; the last that gives anything gives what is missing.
  /// - Parameters:
  ///   - asked: not below zero.
  ///   - amounts: what each has; what is not above zero gives nothing.
  /// - Throws: `value.overflow`.
  package static func parts(
    of asked: Money, from amounts: [Money]
  ) throws(ValueError) -> [Money] {
    var left = asked
    var parts: [Money] = []
    for amount in amounts {
      let part = max(.zero, min(left, amount))
      left = try left - part
      parts.append(part)
    }
    return parts
  }
}
