/// One field of a record: its names, its type, its unit. The same declaration serves import,
/// export, `--describe`, the templates and the data dictionary.
package struct Field: Sendable {
  /// The word in CSV, JSON and, with the suffix of its kind, SQL.
  package let name: String
  /// The Chinese heading.
  package let zh: String
  package let kind: FieldKind
  package var isKey = false
  package var isRequired = false
  /// A key that may be empty in the input, because the importer finds it (the only turnover term of
  /// a contract) or makes it (the next contract number). It is never empty in the database.
  package var isResolved = false
  /// What an empty cell means, as a user would write it; nil: nothing.
  package var defaultText: String?
  /// Phones, ids, bank accounts, e-mail of others: masked in everything that is said to people and
  /// in what is brought out, and sealed in the file once there is a key.
  package var isSensitive = false
  /// A value for the example row of `--describe` and the data dictionary.
  package var example = ""
  package var note: Phrase?
  /// What else the column is called in files that are not ours; see `called`.
  package var otherHeadings: [String] = []
  /// Of a date: whether a time of day may stand behind it, and is left out.
  package var hasTime = false

  package init(_ name: String, _ zh: String, _ kind: FieldKind) {
    self.name = name
    self.zh = zh
    self.kind = kind
  }

  /// The column in SQL: the name, with the unit of the stored integer where it is scaled.
  package var column: String { name + kind.columnSuffix }

  /// Whether an empty cell is an error.
  package var mustBeGiven: Bool { (isKey || isRequired) && defaultText == nil && !isResolved }

  /// Whether the column is NOT NULL.
  package var isNeverNull: Bool { isKey || isRequired || defaultText != nil }
}

// Small steps to write a declaration in one line: `.code("unit_no", "铺位号").key`.
extension Field {
  /// In a list of tenants `名称` is 租户名称 and `编号` is 租户编号: of these words the register's own name may be
  /// left out, where no other field is called so. Not of others: the 账号 of a list of payments may be
  /// anybody's.
  func shortly(in register: String, beside others: [Field]) -> Field {
    guard zh.hasPrefix(register) else { return self }
    let rest = String(zh.dropFirst(register.count))
    let short = rest == "号" ? "编号" : rest
    let taken = others.contains { $0.zh == short || $0.otherHeadings.contains(short) }
    guard ["编号", "名称", "类型", "编码", "日期"].contains(short), !taken else { return self }
    return with { $0.otherHeadings.append(short) }
  }

  private func with(_ change: (inout Field) -> Void) -> Field {
    var copy = self
    change(&copy)
    return copy
  }

  /// Part of the natural key; a key is required unless it has a default or is resolved on import.
  package var key: Field { with { $0.isKey = true } }
  package var resolved: Field { with { $0.isResolved = true } }
  package var required: Field { with { $0.isRequired = true } }
  package var sensitive: Field { with { $0.isSensitive = true } }
  package func or(_ defaultText: String) -> Field { with { $0.defaultText = defaultText } }
  package func eg(_ example: String) -> Field { with { $0.example = example } }
  package func note(_ en: String, _ zh: String) -> Field { with { $0.note = Phrase(en, zh) } }
  /// Other headings of the same column: a tax bureau's list is called differently by each version.
  package func called(_ headings: String...) -> Field { with { $0.otherHeadings = headings } }
  package var withTime: Field { with { $0.hasTime = true } }

  package static func code(_ name: String, _ zh: String) -> Field { Field(name, zh, .code) }
  package static func text(_ name: String, _ zh: String) -> Field { Field(name, zh, .text) }
  package static func date(_ name: String, _ zh: String) -> Field { Field(name, zh, .date) }
  package static func month(_ name: String, _ zh: String) -> Field { Field(name, zh, .month) }
  package static func flag(_ name: String, _ zh: String) -> Field { Field(name, zh, .flag) }
  package static func codes(_ name: String, _ zh: String) -> Field { Field(name, zh, .codes) }
  package static func money(_ name: String, _ zh: String, _ bound: Bound = .any) -> Field {
    Field(name, zh, .money(bound))
  }
  package static func decimal(
    _ name: String, _ zh: String, _ bound: Bound = .any, unit: String? = nil
  ) -> Field {
    Field(name, zh, .decimal(bound, unit: unit))
  }
  package static func percent(_ name: String, _ zh: String) -> Field { Field(name, zh, .percent) }
  package static func rate(_ name: String, _ zh: String) -> Field { Field(name, zh, .rate) }
  package static func permille(_ name: String, _ zh: String) -> Field { Field(name, zh, .permille) }
  package static func integer(_ name: String, _ zh: String, _ range: ClosedRange<Int>) -> Field {
    Field(name, zh, .integer(range))
  }
  package static func choice(_ name: String, _ zh: String, _ choices: [Choice]) -> Field {
    Field(name, zh, .choice(choices))
  }
}

/// The type of a field.
package enum FieldKind: Sendable {
  /// A key or a number of something outside: text that keeps its leading zeros.
  case code
  case text
  case date
  /// `YYYY-MM`.
  case month
  /// Yuan with two places; stored in fen.
  case money(Bound)
  /// Up to six places; stored in millionths.
  case decimal(Bound, unit: String?)
  /// In percent: `5` and `5%` are five percent; stored in millionths of a percent.
  case percent
  /// A share of one: `0.05` and `5%` are five percent; stored in millionths.
  case rate
  /// In ‰: `0.5`, `0.05%` and `万分之五` are the same; stored in millionths of a ‰.
  case permille
  case integer(ClosedRange<Int>)
  /// yes 是 / no 否; stored as 1 / 0.
  case flag
  case choice([Choice])
  /// Codes separated by `;`.
  case codes

  /// What the stored integer counts, as the end of the column's name.
  package var columnSuffix: String {
    switch self {
    case .money: "_fen"
    case .decimal, .percent, .rate, .permille: "_e6"
    default: ""
    }
  }

  /// Whether the value is stored as an integer; otherwise as text.
  package var isInteger: Bool {
    switch self {
    case .money, .decimal, .percent, .rate, .permille, .integer, .flag: true
    case .code, .text, .date, .month, .choice, .codes: false
    }
  }
}

/// Which numbers a field takes.
package enum Bound: Sendable {
  case any, notNegative, positive
}

/// One of the values that a field may have: the English code, which is stored, and the Chinese
/// word, which is accepted too.
package struct Choice: Sendable, Hashable {
  package let code: String
  package let zh: String
  /// What else is accepted: words of other people's lists that can mean nothing else here.
  package var otherWords: [String] = []

  package init(_ code: String, _ zh: String) {
    self.code = code
    self.zh = zh
  }

  package func called(_ words: String...) -> Choice {
    var copy = self
    copy.otherWords = words
    return copy
  }

  /// All that is accepted, the code first: `shop 商铺 (店铺, 门店)`.
  package var allWords: String {
    let words = "\(code) \(zh)"
    return otherWords.isEmpty ? words : "\(words) (\(otherWords.joined(separator: ", ")))"
  }
}
