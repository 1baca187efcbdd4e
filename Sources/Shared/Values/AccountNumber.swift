/// Bank accounts as people write them, `3558 0000 0000 1001`, made comparable.
package enum AccountNumber {
  /// The digits of it; nil if there are none, or if something was left out (`****1234`) or it is no
  /// account of a bank (an e-mail address).
  package static func digits(_ text: String?) -> String? {
    guard let text, !text.contains(where: { $0 == "*" || $0 == "@" }) else { return nil }
    let digits = text.unicodeScalars.filter { ("0"..."9").contains($0) }
    return digits.isEmpty ? nil : String(String.UnicodeScalarView(digits))
  }
}
