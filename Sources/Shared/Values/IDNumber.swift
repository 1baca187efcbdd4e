/// The number of a Chinese identity card (公民身份号码), GB 11643-1999: seventeen digits and a check
/// character, ISO 7064 MOD 11-2.
package enum IDNumber {
  private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  private static let checks = Array("10X98765432")

  /// Whether the text has the form of such a number, right or wrong: other papers (a passport, a
  /// residence permit) have not.
  package static func hasForm(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == 18 && bytes.dropLast().allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Whether it is such a number, its check character included.
  package static func isOne(_ text: String) -> Bool {
    hasForm(text) && expectedCheck(of: text) == text.last
  }

  /// The eighteenth character that the first seventeen digits ask for; nil if they are not digits.
  package static func expectedCheck(of text: String) -> Character? {
    let bytes = Array(text.utf8)
    guard bytes.count >= weights.count else { return nil }
    var sum = 0
    for (byte, weight) in zip(bytes, weights) {
      guard (0x30...0x39).contains(byte) else { return nil }
      sum += Int(byte - 0x30) * weight
    }
    return checks[sum % 11]
  }
}
