/// ArgumentParser's sentences about wrong usage, which it has in English only.
enum UsageError {
  /// The sentence in both languages. One that is not known is led by a Chinese word.
  static func phrase(_ sentence: String) -> Phrase {
    for (pattern, zh) in known {
      if let parts = match(sentence, pattern) { return Phrase(sentence, filled(zh, parts)) }
    }
    return Phrase(sentence, "命令用法有误：\(sentence)")
  }

  /// `%` stands for what differs.
  private static let known: [(pattern: String, zh: String)] = [
    ("Missing expected argument '%'", "缺少参数 '%'"),
    ("Missing value for '%'", "选项 '%' 后缺少值"),
    ("Unknown option '%'. Did you mean '%'?", "没有选项 '%'，是否为 '%'？"),
    ("Unknown option '%'", "没有选项 '%'"),
    ("Unexpected argument '%'", "多余的参数 '%'"),
    ("% unexpected arguments: %", "多余的参数 % 个：%"),
    (
      "The value '%' is invalid for '%'. Please provide one of %.",
      "'%' 不是 '%' 可取的值，可取：%"
    ),
    ("The value '%' is invalid for '%'%", "'%' 不是 '%' 可取的值%"),
  ]

  private static func match(_ sentence: String, _ pattern: String) -> [Substring]? {
    let literals = pattern.split(separator: "%", omittingEmptySubsequences: false)
    var rest = sentence[...]
    guard let first = literals.first, rest.hasPrefix(first) else { return nil }
    rest.removeFirst(first.count)
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
