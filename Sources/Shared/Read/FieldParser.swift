import Glibc

/// The text of a cell as the stored value of its field. Nothing is guessed: a text that could mean
/// two things is refused, and the hint shows both.
package final class FieldParser {
  /// What the parser needs to know of a field, without its words.
  private struct Plan {
    var kind: Kind
    var bound = Bound.any
    var range = Int.min...Int.max
    /// The code, and the forms in which it is taken: lower-cased, half-width.
    var choices: [(code: [UInt8], zh: [UInt8])] = []
    var isSensitive: Bool
  }

  private enum Kind: UInt8 {
    case code, text, date, month, money, decimal, percent, rate, permille, integer, flag, choice
    case codes
  }

  private let register: Register
  private let plans: [Plan]
  /// The parsed defaults, in their own record.
  private let defaults: Record

  package init(_ register: Register) {
    self.register = register
    plans = register.fields.map(FieldParser.plan)
    defaults = Record(register)
    for (index, field) in register.fields.enumerated() {
      guard var text = field.defaultText else { continue }
      text.withUTF8 { bytes in
        do throws(ValueError) {
          try parse(bytes, into: defaults, at: index)
        } catch {
          // A register's mistake, found by the tests of the catalogue; here: no default.
          defaults.setEmpty(index)
        }
      }
    }
  }

  /// Parses a cell into the record's slot of that field. An empty cell is the default, or nothing.
  /// - Throws: the rule that is broken (`value.…`), a sentence in both languages, and what to do.
  ///   The slot is then empty.
  package func parse(
    _ cell: UnsafeBufferPointer<UInt8>, into record: Record, at index: Int
  ) throws(ValueError) {
    let bytes = FieldText.trimmed(cell)
    if bytes.isEmpty {
      setDefault(of: record, at: index)
      return
    }
    do throws(ValueError) {
      try parse(bytes, record, index)
    } catch {
      record.setEmpty(index)
      throw error
    }
  }

  /// Sets the field's default, or nothing.
  package func setDefault(of record: Record, at index: Int) {
    switch defaults.slots[index] {
    case .number: record.set(index, number: defaults.numbers[index])
    case .text:
      if plans[index].kind == .date {
        record.set(
          index, date: CivilDate(number: Int32(truncatingIfNeeded: defaults.numbers[index])))
      } else {
        defaults.withText(index) { record.set(index, text: $0) }
      }
    default: record.setEmpty(index)
    }
  }

  private func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: Record, _ index: Int
  ) throws(ValueError) {
    switch plans[index].kind {
    case .code:
      try checkCode(bytes, index)
      record.set(index, text: bytes)
    case .text:
      try checkText(bytes, index)
      record.set(index, text: bytes)
    case .date:
      do throws(DateText.Problem) {
        record.set(index, date: try DateText.day(bytes))
      } catch {
        throw dateError(error, bytes, index)
      }
    case .month:
      do throws(DateText.Problem) {
        record.set(index, text: try DateText.month(bytes).description)
      } catch {
        throw monthError(error, bytes, index)
      }
    case .money:
      record.set(index, number: try number(bytes, index, "value.money", places: 2))
    case .decimal:
      record.set(index, number: try number(bytes, index, "value.number", places: 6))
    case .integer:
      record.set(index, number: try integer(bytes, index))
    case .percent: record.set(index, number: try percent(bytes, index))
    case .rate: record.set(index, number: try rate(bytes, index))
    case .permille: record.set(index, number: try permille(bytes, index))
    case .flag: record.set(index, number: try flag(bytes, index))
    case .choice: try choice(bytes, record, index)
    case .codes: try codes(bytes, record, index)
    }
  }

  private static func plan(_ field: Field) -> Plan {
    var plan = Plan(kind: .text, isSensitive: field.isSensitive)
    switch field.kind {
    case .code: plan.kind = .code
    case .text: plan.kind = .text
    case .date: plan.kind = .date
    case .month: plan.kind = .month
    case .money(let bound): (plan.kind, plan.bound) = (.money, bound)
    case .decimal(let bound, _): (plan.kind, plan.bound) = (.decimal, bound)
    case .percent: plan.kind = .percent
    case .rate: plan.kind = .rate
    case .permille: plan.kind = .permille
    case .integer(let range): (plan.kind, plan.range) = (.integer, range)
    case .flag: plan.kind = .flag
    case .choice(let choices):
      plan.kind = .choice
      plan.choices = choices.map { (Array($0.code.utf8), Array($0.zh.utf8)) }
    case .codes: plan.kind = .codes
    }
    return plan
  }

  /// The value for a sentence.
  func shown(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> String {
    FieldText.shown(bytes, isSensitive: plans[index].isSensitive)
  }
}

// MARK: - Codes, texts, flags, choices

extension FieldParser {
  private func checkCode(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) throws(ValueError) {
    // The common code: short, printable ASCII, and not a digit followed by E.
    var isSimple = bytes.count <= 64
    var hasE = false
    for byte in bytes {
      if byte < 0x20 || byte >= 0x7F || byte == 0x3B { isSimple = false }
      if byte | 0x20 == 0x65 { hasE = true }
    }
    if isSimple, !hasE || bytes[0] &- 0x30 > 9 { return }
    let text = String(decoding: bytes, as: UTF8.self)
    if NumberText.isScientific(text), text.contains("+") || text.contains(".") {
      let value = shown(bytes, index)
      throw ValueError(
        "value.code",
        Phrase("'\(value)' is a number that Excel has shortened", "'\(value)' 是被 Excel 缩写的数字"),
        hint: Phrase(
          "format the column as text in Excel and enter the code again; its digits are lost here",
          "请在 Excel 中将该列设为文本格式后重新填写，此处的数字已丢失"))
    }
    if isSimple { return }
    if text.unicodeScalars.count > 64 {
      throw ValueError(
        "value.code",
        Phrase(
          "'\(shown(bytes, index))' is longer than 64 characters",
          "'\(shown(bytes, index))' 超过 64 个字符"),
        hint: Phrase("a code is short; is this the right column?", "编码应较短，请检查列是否对应"))
    }
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x3B:
        throw ValueError(
          "value.code",
          Phrase(
            "'\(shown(bytes, index))' holds a semicolon", "'\(shown(bytes, index))' 含有分号"),
          hint: Phrase("one code only; ';' separates codes", "只能填一个编码，分号用于分隔多个编码"))
      case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2060, 0xFEFF:
        throw ValueError(
          "value.code",
          Phrase(
            "'\(shown(bytes, index))' holds an invisible character",
            "'\(shown(bytes, index))' 含有不可见字符"),
          hint: Phrase("type the code again by hand", "请手工重新输入"))
      case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A:
        var half = FieldText.halfWidth(bytes)
        let wanted = half.withUTF8 { shown($0, index) }
        throw ValueError(
          "value.code",
          Phrase(
            "'\(shown(bytes, index))' has full-width letters or digits",
            "'\(shown(bytes, index))' 含有全角字母或数字"),
          hint: Phrase("write '\(wanted)'", "请写作 '\(wanted)'（半角）"))
      default: break
      }
    }
  }

  private func checkText(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) throws(ValueError) {
    var isSimple = bytes.count <= 4000
    for byte in bytes where byte < 0x20 || byte == 0x7F { isSimple = false }
    if isSimple { return }
    for byte in bytes
    where byte == 0x7F || (byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D) {
      throw ValueError(
        "value.text",
        Phrase(
          "'\(shown(bytes, index))' holds a control character",
          "'\(shown(bytes, index))' 含有控制字符"),
        hint: Phrase("remove it, or type the text again", "请删除该字符或重新输入"))
    }
    if bytes.count > 4000, String(decoding: bytes, as: UTF8.self).unicodeScalars.count > 4000 {
      throw ValueError(
        "value.text",
        Phrase("the text is longer than 4,000 characters", "文本超过 4,000 个字符"),
        hint: Phrase("shorten it", "请缩短"))
    }
  }

  private func flag(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) throws(ValueError) -> Int64 {
    switch FieldText.halfWidth(bytes).lowercased() {
    case "yes", "y", "true", "1", "是": return 1
    case "no", "n", "false", "0", "否": return 0
    default:
      throw ValueError(
        "value.flag",
        Phrase(
          "'\(shown(bytes, index))' is neither yes nor no", "'\(shown(bytes, index))' 既不是“是”也不是“否”"
        ),
        hint: Phrase("write 'yes' or 'no'", "请填写“是”或“否”"))
    }
  }

  private func choice(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: Record, _ index: Int
  ) throws(ValueError) {
    let choices = plans[index].choices
    for choice in choices
    where FieldParser.equals(bytes, choice.code) || FieldParser.equals(bytes, choice.zh) {
      choice.code.withUnsafeBufferPointer { record.set(index, text: $0) }
      return
    }
    // Full-width forms and capitals, on both sides.
    let wanted = HeadingText.normal(bytes)
    for choice in choices {
      let names = [choice.code, choice.zh].map { $0.withUnsafeBufferPointer(HeadingText.normal) }
      if names.contains(wanted) {
        choice.code.withUnsafeBufferPointer { record.set(index, text: $0) }
        return
      }
    }
    guard case .choice(let known) = register.fields[index].kind else { return }
    let near = HeadingText.nearest(wanted, in: known.flatMap { [$0.code, $0.zh] })
    let all = known.map { "\($0.code) \($0.zh)" }.joined(separator: ", ")
    let value = shown(bytes, index)
    throw ValueError(
      "value.choice",
      Phrase("'\(value)' is none of the values of this field", "'\(value)' 不是可选值"),
      hint: near.map {
        Phrase("did you mean '\($0)'? The values: \(all)", "是否为 '\($0)'？可选值：\(all)")
      } ?? Phrase("one of: \(all)", "可选值：\(all)"))
  }

  private static func equals(_ bytes: UnsafeBufferPointer<UInt8>, _ word: [UInt8]) -> Bool {
    guard bytes.count == word.count else { return false }
    for (byte, wanted) in zip(bytes, word) where byte != wanted { return false }
    return true
  }

  private func codes(
    _ bytes: UnsafeBufferPointer<UInt8>, _ record: Record, _ index: Int
  ) throws(ValueError) {
    var seen: [String] = []
    let text = String(decoding: bytes, as: UTF8.self)
    for part in text.split(whereSeparator: { ";；、,，".contains($0) }) {
      let code = try Array(part.utf8).withUnsafeBufferPointer {
        (bytes) throws(ValueError) -> String in
        let code = FieldText.trimmed(bytes)
        if !code.isEmpty {
          do throws(ValueError) {
            try checkCode(code, index)
          } catch {
            throw ValueError("value.codes", error.message, hint: error.hint)
          }
        }
        return String(decoding: code, as: UTF8.self)
      }
      if !code.isEmpty, !seen.contains(code) { seen.append(code) }
      if seen.count > 200 {
        throw ValueError(
          "value.codes", Phrase("more than 200 codes in one cell", "单元格中的编码超过 200 个"))
      }
    }
    if seen.isEmpty {
      setDefault(of: record, at: index)
    } else {
      record.set(index, text: seen.joined(separator: ";"))
    }
  }
}

// MARK: - Numbers

extension FieldParser {
  private func number(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ rule: String, places: Int
  ) throws(ValueError) -> Int64 {
    let (value, suffix) = try scaled(bytes, index, rule, places: places, takesCurrency: true)
    if suffix != .none { throw numberError(.notANumber, bytes, index, rule, places) }
    try check(value, plans[index].bound, bytes, index)
    return value
  }

  private func check(
    _ value: Int64, _ bound: Bound, _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) throws(ValueError) {
    switch bound {
    case .any: return
    case .notNegative where value < 0:
      throw ValueError(
        "value.negative",
        Phrase("'\(shown(bytes, index))' is negative", "'\(shown(bytes, index))' 为负数"),
        hint: Phrase("zero or more is wanted", "应为零或正数"))
    case .positive where value <= 0:
      throw ValueError(
        value < 0 ? "value.negative" : "value.positive",
        Phrase("'\(shown(bytes, index))' is not above zero", "'\(shown(bytes, index))' 不大于零"),
        hint: Phrase("more than zero is wanted", "应大于零"))
    default: return
    }
  }

  private func integer(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) throws(ValueError) -> Int64 {
    let rule = "value.integer"
    let (value, suffix) = try scaled(bytes, index, rule, places: 0, takesCurrency: false)
    if suffix != .none { throw numberError(.notANumber, bytes, index, rule, 0) }
    let range = plans[index].range
    guard range.contains(Int(value)) else {
      throw ValueError(
        rule,
        Phrase(
          "'\(shown(bytes, index))' is not between \(range.lowerBound) and \(range.upperBound)",
          "'\(shown(bytes, index))' 不在 \(range.lowerBound) 到 \(range.upperBound) 之间"),
        hint: Phrase("a whole number within these bounds is wanted", "请填写此范围内的整数"))
    }
    return value
  }

  private func percent(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) throws(ValueError) -> Int64 {
    let rule = "value.percent"
    let (value, suffix) = try scaled(bytes, index, rule, places: 6, takesCurrency: false)
    if suffix == .permille { throw numberError(.notANumber, bytes, index, rule, 6) }
    if suffix == .none, value != 0, value.magnitude < 1_000_000 {
      throw ambiguous("value.percent-ambiguous", percent: value, bytes, index)
    }
    return value
  }

  private func rate(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) throws(ValueError) -> Int64 {
    let rule = "value.rate"
    let (value, suffix) = try scaled(bytes, index, rule, places: 6, takesCurrency: false)
    switch suffix {
    case .permille: throw numberError(.notANumber, bytes, index, rule, 6)
    case .percent:
      guard value % 100 == 0 else { throw numberError(.places, bytes, index, rule, 4) }
      return value / 100
    case .none:
      if value.magnitude > 1_000_000 {
        throw ambiguous("value.rate-ambiguous", percent: value, bytes, index)
      }
      return value
    }
  }

  private func permille(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) throws(ValueError) -> Int64 {
    let rule = "value.permille"
    do throws(NumberText.Problem) {
      if let value = try PermilleText.share(bytes) { return value }
    } catch {
      throw numberError(error, bytes, index, rule, 6)
    }
    let (value, suffix) = try scaled(bytes, index, rule, places: 6, takesCurrency: false)
    guard suffix == .percent else { return value }
    let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
    if overflow { throw numberError(.overflow, bytes, index, rule, 6) }
    return tenfold
  }

  private func scaled(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ rule: String, places: Int,
    takesCurrency: Bool
  ) throws(ValueError) -> (Int64, NumberText.Suffix) {
    do throws(NumberText.Problem) {
      return try NumberText.scaled(bytes, places: places, takesCurrency: takesCurrency)
    } catch {
      throw numberError(error, bytes, index, rule, places)
    }
  }

  private func ambiguous(
    _ rule: String, percent value: Int64, _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) -> ValueError {
    let asPercent = Fixed(millionths: value).description + "%"
    let (larger, overflow) = value.multipliedReportingOverflow(by: 100)
    let asShare = overflow ? "" : Fixed(millionths: larger).description + "%"
    return ValueError(
      rule,
      Phrase(
        "'\(shown(bytes, index))' may mean \(asPercent) or \(asShare)",
        "'\(shown(bytes, index))' 可能是 \(asPercent)，也可能是 \(asShare)"),
      hint: Phrase("write '\(asPercent)' or '\(asShare)'", "请写明 '\(asPercent)' 或 '\(asShare)'"))
  }
}
