/// Sentences that ArgumentParser has in English only, in Chinese.
struct Translations {
  /// `%` stands for what differs.
  private let known: [(pattern: String, zh: String)]

  init(_ known: [(pattern: String, zh: String)]) {
    self.known = known
  }

  /// The sentence in Chinese; nil if it is not known.
  func zh(_ sentence: String) -> String? {
    for (pattern, zh) in known {
      if let parts = Translations.match(sentence, pattern) {
        return Translations.filled(zh, parts)
      }
    }
    return nil
  }

  private static func match(_ sentence: String, _ pattern: String) -> [Substring]? {
    let literals = pattern.split(separator: "%", omittingEmptySubsequences: false)
    var rest = sentence[...]
    guard let first = literals.first, rest.hasPrefix(first) else { return nil }
    rest.removeFirst(first.count)
    if literals.count == 1 { return rest.isEmpty ? [] : nil }
    var parts: [Substring] = []
    for (index, literal) in literals.enumerated().dropFirst() {
      if index == literals.count - 1 {
        guard rest.hasSuffix(literal) else { return nil }
        parts.append(rest.dropLast(literal.count))
      } else {
        guard let found = rest.firstRange(of: literal) else { return nil }
        parts.append(rest[..<found.lowerBound])
        rest = rest[found.upperBound...]
      }
    }
    return parts
  }

  private static func filled(_ pattern: String, _ parts: [Substring]) -> String {
    var parts = parts[...]
    return pattern.split(separator: "%", omittingEmptySubsequences: false).map(String.init)
      .reduce(nil as String?) { text, literal in
        text.map { $0 + (parts.popFirst() ?? "") + literal } ?? literal
      } ?? ""
  }
}
