/// Reads JSON objects of one kind, with the fields, types and rules of a register; what is absent takes
/// its default. Objects of one stream have their keys in the same order, so which field stood where is
/// remembered.
package final class ObjectReader {
  /// Why an object cannot be used.
  package struct Problem: Error {
    package var rule: String
    package var field: String?
    package var value: String?
    package var message: Phrase
    package var hint: Phrase?

    package init(
      _ rule: String, field: String? = nil, value: String? = nil, _ message: Phrase,
      hint: Phrase? = nil
    ) {
      self.rule = rule
      self.field = field
      self.value = value
      self.message = message
      self.hint = hint
    }

    package static func missing(_ field: String) -> Problem {
      Problem("value.required", field: field, Phrase("'\(field)' is missing", "缺少“\(field)”"))
    }

    package func finding(_ file: String, _ line: Int) -> Finding {
      Finding(
        rule: rule, file: file, line: line, field: field, value: value, message: message,
        hint: hint)
    }
  }

  private let record: Record
  private let parser: FieldParser
  private let names: [[UInt8]]
  private var order: [Int] = []

  package init(_ register: Register) {
    record = Record(register)
    parser = FieldParser(register)
    names = register.fields.map { Array($0.name.utf8) }
  }

  /// - Parameters:
  ///   - arrays: keys that hold arrays of other objects and are passed over.
  ///   - unknown: gets the keys that no field has, so that a slip of the pen is noticed.
  ///   - amend: what is added before the rules are asked.
  /// - Returns: the record, valid until the next object is read.
  /// - Throws: `Problem`.
  package func read(
    _ node: JSONNode, arrays: Set<String> = [], unknown: inout Set<String>,
    amend: (Record) -> Void = { _ in }
  ) throws -> Record {
    guard node.kind == .object else {
      throw Problem("json.object", Phrase("an object is expected", "此处应为 JSON 对象"))
    }
    record.clear()
    var position = -1
    try node.forEachMember { (key, value) throws -> Void in
      position += 1
      guard let index = field(key, at: position) else {
        let name = String(decoding: key, as: UTF8.self)
        if !arrays.contains(name) {
          unknown.insert(name)
        } else if value.kind != .array && value.kind != .null {
          throw Problem("json.array", field: name, Phrase("an array is expected", "此处应为数组"))
        }
        return
      }
      try parse(value, at: index)
    }
    let register = record.register
    for index in register.fields.indices where record.slots[index] == .absent {
      parser.setDefault(of: record, at: index)
    }
    amend(record)
    for rule in register.rules where rule.level == .error {
      if let violation = rule.check(record) {
        throw Problem(
          rule.id, field: violation.field, violation.message, hint: violation.hint)
      }
    }
    return record
  }

  private func field(_ key: UnsafeBufferPointer<UInt8>, at position: Int) -> Int? {
    if position < order.count, order[position] >= 0, matches(order[position], key) {
      return order[position]
    }
    let found = names.indices.first { matches($0, key) }
    while order.count <= position { order.append(-1) }
    order[position] = found ?? -1
    return found
  }

  private func matches(_ index: Int, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
    names[index].count == key.count && names[index].elementsEqual(key)
  }

  private func parse(_ value: JSONNode, at index: Int) throws {
    switch value.kind {
    case .null: parser.setDefault(of: record, at: index)
    case .object:
      throw Problem(
        "json.nested", field: record.register.fields[index].name,
        Phrase("a single value is expected", "此处应为单个值"))
    case .array:
      var parts: [String] = []
      value.forEachElement { parts.append($0.string) }
      var joined = parts.joined(separator: ";")
      try joined.withUTF8 { try parse($0, at: index) }
    case .boolean, .number, .string: try parse(value.bytes, at: index)
    }
  }

  private func parse(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) throws {
    do {
      try parser.parse(bytes, into: record, at: index)
    } catch {
      throw Problem(
        error.rule, field: record.register.fields[index].name,
        value: String(decoding: bytes, as: UTF8.self), error.message, hint: error.hint)
    }
  }
}
