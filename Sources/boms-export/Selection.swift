import Shared

/// Which columns and rows of an export are asked for.
struct Selection {
  /// A column and the value that it must have; nil: none.
  struct Condition {
    var index: Int
    var value: Value?
  }

  enum Value: Equatable {
    case integer(Int64)
    case text(String)
  }

  /// Positions in the export's columns, in the order asked for.
  let positions: [Int]
  let columns: [Column]
  let conditions: [Condition]
  /// How many days ahead a view looks that takes `--within`; nil: as many as it does by itself.
  let within: Int?
  /// Which part of the journal, for a view that takes one.
  var period: JournalPeriod?
  /// Of sentences in rows.
  let language: Language

  /// - Parameters:
  ///   - all: the fields of the export.
  ///   - columns: `a,b,c`, English or Chinese names; nil: all.
  ///   - conditions: `field=value`; the value is written as in an import.
  init(
    of all: [Field], columns: String?, conditions: [String], within: Int? = nil,
    language: Language = .en
  ) throws {
    self.within = within
    self.language = language
    func position(_ name: String) throws -> Int {
      let name = name.trimmingPrefix { $0 == " " }
      if let index = all.firstIndex(where: { $0.name == name || $0.zh == name }) { return index }
      let near = HeadingText.nearest(String(name), in: all.flatMap { [$0.name, $0.zh] })
      throw Failure(
        .usage, Phrase("there is no column '\(name)'", "没有名为“\(name)”的列"),
        hint: near.map { Phrase("did you mean '\($0)'?", "是否为“\($0)”？") }
          ?? Phrase(
            "the columns are \(all.map(\.name).joined(separator: ", "))",
            "可用的列：\(all.map(\.zh).joined(separator: "、"))"))
    }
    let names = columns?.split(separator: ",").map(String.init)
    let positions = try names.map { try $0.map(position) } ?? Array(all.indices)
    self.positions = positions
    self.columns = positions.map { Column(all[$0]) }
    self.conditions = try conditions.map { text in
      guard let equals = text.firstIndex(of: "=") else {
        throw Failure(
          .usage, Phrase("'\(text)' is not FIELD=VALUE", "“\(text)”不是 字段=值 的形式"))
      }
      let index = try position(String(text[..<equals]))
      return Condition(
        index: index,
        value: try Selection.value(String(text[text.index(after: equals)...]), all[index]))
    }
  }

  /// The stored form of a value that a user wrote.
  private static func value(_ text: String, _ field: Field) throws -> Value? {
    if text.isEmpty { return nil }
    let register = Register("where", "条件", Phrase("", ""), fields: [field])
    let record = Record(register)
    var text = text
    do {
      try text.withUTF8 { try FieldParser(register).parse($0, into: record, at: 0) }
    } catch let error as ValueError {
      throw Failure(.usage, error.message, hint: error.hint)
    }
    switch record.slots[0] {
    case .number: return .integer(record.numbers[0])
    case .text: return record.text(field.name).map { .text($0) }
    default: return nil
    }
  }
}
