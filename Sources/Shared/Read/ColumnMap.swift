/// 列映射: which columns of a file that somebody else made, a bank's statement, are which fields of
/// a register. It is a small CSV of its own, `field,heading,value`, that a spreadsheet can edit.
package struct ColumnMap: Sendable {
  /// Where a value, or a part of it, comes from.
  enum Part: Sendable {
    /// The column with any of these headings, in their normal form.
    case column([String])
    /// The same in every row.
    case constant(String)
  }

  /// What a row must have to be taken: an amount above zero in the column, or one of the words.
  struct Condition: Sendable {
    var headings: [String]
    /// Empty: an amount.
    var words: [String]
  }

  /// By the field's place in the register. Several parts are joined.
  private(set) var parts: [Int: [Part]] = [:]
  private(set) var conditions: [Condition] = []

  /// The field that is none of the register's: see `Condition`.
  static let incoming = Field.text("incoming", "入账")

  static let register = Register(
    "column_map", "列映射",
    fields: [
      .code("field", "字段").required, .text("heading", "列名"), .text("value", "固定值"),
      .text("note", "说明"),
    ])

  /// Reads a map; Excel's GB18030 is taken as it is.
  /// - Returns: nil if something is wrong, which was reported.
  package static func read(
    _ source: InputSource, for register: Register, report: @escaping (Finding) -> Void
  ) throws -> ColumnMap? {
    var map = ColumnMap()
    var isGood = true
    let names = FieldNames(register)
    let reader = RegisterReader(register: ColumnMap.register, encoding: .auto) { finding in
      if finding.level == .error { isGood = false }
      report(finding)
    }
    let isRead = try reader.read(source) { record, row in
      guard row.isGood, let name = record.text("field") else { return }
      if let problem = map.add(name, record.text("heading"), record.text("value"), names, register)
      {
        isGood = false
        report(
          Finding(
            rule: problem.rule, file: source.name, line: row.line, field: "field", value: name,
            message: problem.message, hint: problem.hint))
      }
    }
    return isRead && isGood ? map : nil
  }

  private mutating func add(
    _ name: String, _ heading: String?, _ value: String?, _ names: FieldNames, _ register: Register
  ) -> ValueError? {
    let headings = ColumnMap.alternatives(heading)
    if [ColumnMap.incoming.name, ColumnMap.incoming.zh].contains(HeadingText.normal(name)) {
      if headings.isEmpty { return ColumnMap.oneOfTwo(name) }
      conditions.append(Condition(headings: headings, words: ColumnMap.alternatives(value)))
      return nil
    }
    guard let index = names.index(of: name) else {
      return ValueError(
        "map.field",
        Phrase(
          "'\(name)' is no field of \(register.name)", "“\(name)”不是\(register.zh)的字段"),
        hint: Phrase(
          "\(register.whereFieldsAre.en); 'incoming' chooses rows",
          "\(register.whereFieldsAre.zh)；“入账”用于选择行"))
    }
    switch (headings.isEmpty, value) {
    case (false, nil): parts[index, default: []].append(.column(headings))
    case (true, let value?): parts[index, default: []].append(.constant(value))
    default: return ColumnMap.oneOfTwo(name)
    }
    return nil
  }

  private static func oneOfTwo(_ name: String) -> ValueError {
    ValueError(
      "map.value",
      Phrase(
        "'\(name)' needs a heading, or a value that stands for every row",
        "“\(name)”应填写列名，或填写每行相同的固定值"),
      hint: Phrase(
        "fill one of the two; 'incoming' always has a heading",
        "两者填一项；“入账”必须填写列名"))
  }

  /// `对方单位名称|对方单位`: banks change their headings.
  private static func alternatives(_ text: String?) -> [String] {
    (text ?? "").split(separator: "|").map { HeadingText.normal(String($0)) }
      .filter { !$0.isEmpty }
  }

  /// Takes a value for every row instead of what the map says of the field.
  mutating func set(_ index: Int, _ value: String) {
    parts[index] = [.constant(value)]
  }
}

/// What is said of every row on the command line (`--set`): values by the field's place.
package typealias Constants = [Int: String]
