/// The unified social credit code (统一社会信用代码), GB 32100-2015: seventeen characters and a check
/// character, weighted by powers of 3 modulo 31.
package enum CreditCode {
  /// The characters that stand in a code, in the order of their values: no I, O, S, V or Z.
  private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
  /// The value of each ASCII character, −1 for one that does not stand in a code.
  private static let values: [Int] = (0..<128).map { byte in
    alphabet.firstIndex(of: UInt8(byte)) ?? -1
  }
  private static let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

  /// What is wrong with a code.
  package enum Problem: Hashable, Sendable {
    case length(Int)
    /// A character that does not stand in a code, with its place counted from 1.
    case character(Character, place: Int)
    case check(expected: Character)
  }

  package static func problem(in code: String) -> Problem? {
    if code.utf8.count == 18, let expected = expectedCheck(of: code), expected == code.last {
      return nil
    }
    if code.count != 18 { return .length(code.count) }
    for (index, character) in code.enumerated()
    where character.utf8.count != 1 || !character.utf8.allSatisfy(alphabet.contains) {
      return .character(character, place: index + 1)
    }
    guard let expected = expectedCheck(of: code), expected != code.last else { return nil }
    return .check(expected: expected)
  }

  /// The eighteenth character that the first seventeen ask for; nil if they are not such characters.
  package static func expectedCheck(of code: String) -> Character? {
    guard code.utf8.count >= weights.count else { return nil }
    var sum = 0
    for (byte, weight) in zip(code.utf8, weights) {
      guard byte < 128, values[Int(byte)] >= 0 else { return nil }
      sum += values[Int(byte)] * weight
    }
    return Character(Unicode.Scalar(alphabet[(31 - sum % 31) % 31]))
  }
}
