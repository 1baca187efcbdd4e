// The rules that several registers share. A rule says nothing of a field that the row lacks: that
// a field must be given is the field's own business.

/// A field as a sentence names it: in English by its name, in Chinese by its heading.
struct Named: Sendable {
  let name: String
  let zh: String

  init(_ name: String, _ zh: String) {
    self.name = name
    self.zh = zh
  }
}

extension RowRule {
  /// That one day is not after another.
  static func order(
    _ id: String, _ first: Named, _ last: Named, level: Finding.Level = .error,
    hint: Phrase? = nil
  ) -> RowRule {
    RowRule(
      id, level,
      Phrase("\(first.name) is not after \(last.name)", "\(first.zh)不晚于\(last.zh)")
    ) { record in
      guard let from = record.date(first.name), let to = record.date(last.name), from > to else {
        return nil
      }
      return Violation(
        first.name,
        Phrase(
          "\(first.name) '\(from)' is after \(last.name) '\(to)'",
          "\(first.zh)“\(from)”晚于\(last.zh)“\(to)”"),
        hint: hint ?? Phrase("correct one of the two days", "请更正其中一个日期"))
    }
  }

  /// That a span begins before it ends; without an end it lasts.
  static func span(_ id: String) -> RowRule {
    order(
      id, Named("from_on", "起"), Named("to_on", "止"),
      hint: Phrase(
        "correct one of the two days; an empty to_on means that there is no end",
        "请更正其中一个日期；无终止日时“止”留空"))
  }

  /// That a number is as `asks` says.
  /// - Parameters:
  ///   - asks: what follows the field's name, such as "must be above 0".
  ///   - isRight: takes the stored integer (fen, millionths or a count).
  static func number(
    _ id: String, _ field: Named, level: Finding.Level = .error, asks: Phrase, hint: Phrase,
    isRight: @escaping @Sendable (Int64) -> Bool
  ) -> RowRule {
    RowRule(id, level, Phrase("\(field.name) \(asks.en)", "\(field.zh)\(asks.zh)")) { record in
      guard let number = record.number(field.name), !isRight(number) else { return nil }
      let value = record.shown(field.name)
      return Violation(
        field.name,
        Phrase("\(field.name) '\(value)' \(asks.en)", "\(field.zh)“\(value)”\(asks.zh)"),
        hint: hint)
    }
  }

  /// That a rate lies between nothing and the whole.
  static func rate(_ id: String, _ field: Named) -> RowRule {
    number(
      id, field, asks: Phrase("must be from 0 to 1", "应在 0 至 1 之间"),
      hint: Phrase("write 9 percent as 0.09 or 9%", "9% 请写作 0.09 或 9%")
    ) { (0...Fixed.one).contains($0) }
  }

  /// That a percent is a share of something: above nothing, at most the whole.
  static func share(_ id: String, _ field: Named) -> RowRule {
    number(
      id, field, asks: Phrase("must be above 0 and at most 100", "应大于 0 且不超过 100"),
      hint: Phrase("write the whole as 100, a half as 50", "全部写作 100，一半写作 50")
    ) { $0 > 0 && $0 <= Fixed.hundred.millionths }
  }

  /// That a percent is a part of something, which may be nothing or the whole.
  static func partOfWhole(_ id: String, _ field: Named) -> RowRule {
    number(
      id, field, asks: Phrase("must be from 0 to 100", "应在 0 至 100 之间"),
      hint: Phrase("write 8 percent as 8 or 8%", "8% 请写作 8 或 8%")
    ) { (0...Fixed.hundred.millionths).contains($0) }
  }

  /// That a unified social credit code has its check character. Only a warning: an operator cannot
  /// correct what a tenant's licence says.
  static func creditCode(_ id: String, _ field: Named) -> RowRule {
    RowRule(
      id, .warning,
      Phrase(
        "\(field.name) is a unified social credit code with the right check character",
        "\(field.zh)为 18 位，校验位正确")
    ) { record in
      guard let code = record.text(field.name) else { return nil }
      return creditCodeViolation(field, code, shown: code)
    }
  }

  /// - Parameter shown: the code as it may stand in a message.
  static func creditCodeViolation(_ field: Named, _ code: String, shown: String) -> Violation? {
    switch CreditCode.problem(in: code) {
    case nil: return nil
    case .length(let count):
      return Violation(
        field.name,
        Phrase(
          "\(field.name) '\(shown)' has \(count) characters, not 18",
          "\(field.zh)“\(shown)”为 \(count) 位，应为 18 位"),
        hint: Phrase("compare it with the business licence", "请与营业执照核对"))
    case .character(let character, let place):
      return Violation(
        field.name,
        Phrase(
          "character \(place) of \(field.name) '\(shown)' cannot be '\(character)'",
          "\(field.zh)“\(shown)”第 \(place) 位不能是“\(character)”"),
        hint: Phrase(
          "such a code has digits and capital letters without I, O, S, V and Z",
          "代码由数字和大写字母组成，不含 I、O、S、V、Z"))
    case .check(let expected):
      return Violation(
        field.name,
        Phrase("check digit of '\(shown)' does not match", "“\(shown)”的校验位不符"),
        hint: Phrase(
          "the 18th character should be '\(expected)'", "第 18 位应为“\(expected)”"))
    }
  }

  /// That an address of mail has the shape of one.
  static func email(_ id: String, _ field: Named) -> RowRule {
    RowRule(
      id, .warning,
      Phrase("\(field.name) has the shape name@host", "\(field.zh)形如 name@host")
    ) { record in
      guard let text = record.text(field.name) else { return nil }
      let parts = text.split(separator: "@", omittingEmptySubsequences: false)
      if parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), !parts[1].hasPrefix("."),
        !parts[1].hasSuffix("."), !text.contains(where: \.isWhitespace)
      {
        return nil
      }
      return Violation(
        field.name,
        Phrase("\(field.name) is not an address of mail", "\(field.zh)不是有效的邮箱地址"),
        hint: Phrase("write one address, such as 'a@example.com'", "请填写一个邮箱，如“a@example.com”"))
    }
  }
}

extension Record {
  /// The value as a user would write it, for messages; empty where there is none.
  package func shown(_ field: String) -> String {
    guard let index = register.index(of: field) else { return "" }
    guard slots[index] == .number else { return text(field) ?? "" }
    switch register.fields[index].kind {
    case .money: return Money(fen: numbers[index]).description
    case .decimal, .percent, .rate, .permille:
      return Fixed(millionths: numbers[index]).description
    default: return String(numbers[index])
    }
  }
}
