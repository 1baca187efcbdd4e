/// The text of a cell as the stored value of its field. Nothing is guessed: a text that could mean
/// two things is refused, and the hint shows both.
package final class FieldParser {
  /// What the parser needs to know of a field, without its words.
  struct Plan {
    var kind: Kind
    var bound = Bound.any
    var range = Int.min...Int.max
    /// The code, and the word for it.
    var choices: [(code: [UInt8], zh: [UInt8])] = []
    /// The codes by all words for them, in the form in which headings are compared.
    var codes: [String: [UInt8]] = [:]
    var isSensitive: Bool
    var hasTime = false
  }

  enum Kind: UInt8 {
    case code, text, date, month, money, decimal, percent, rate, permille, integer, flag, choice
    case codes
  }

  let register: Register
  let plans: [Plan]
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

  func isSensitive(_ index: Int) -> Bool { plans[index].isSensitive }

  /// Sets the field's default, or nothing.
  package func setDefault(of record: Record, at index: Int) {
    switch defaults.slots[index] {
    case .number: record.set(index, number: defaults.numbers[index])
    case .text:
      if plans[index].kind == .date {
        record.set(
          index, date: CivilDate(number: Int32(truncatingIfNeeded: defaults.numbers[index])))
      } else {
        record.set(index, text: defaults.bytes(index))
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
        let day = plans[index].hasTime ? MappedColumns.dayPart(bytes) ?? bytes : bytes
        record.set(index, date: try DateText.day(day))
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
    var plan = Plan(kind: .text, isSensitive: field.isSensitive, hasTime: field.hasTime)
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
      for choice in choices {
        for word in [choice.code, choice.zh] + choice.otherWords {
          plan.codes[HeadingText.normal(word)] = Array(choice.code.utf8)
        }
      }
    case .codes: plan.kind = .codes
    }
    return plan
  }

  /// The value for a sentence.
  func shown(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> String {
    FieldText.shown(bytes, isSensitive: plans[index].isSensitive)
  }
}
