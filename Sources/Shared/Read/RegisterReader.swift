import Glibc

/// Reads the records of one register from CSV or JSON: bytes in, parsed records out, everything
/// that is wrong reported with its place. One record is used again for every row.
package final class RegisterReader {
  private let register: Register
  private let ignoreUnknown: Bool
  private let encoding: TextEncoding
  private let map: ColumnMap?
  private let constants: Constants
  private let report: (Finding) -> Void
  private let parser: FieldParser
  private let names: FieldNames
  private let record: Record
  /// Fields that must have a value: required ones, and keys without a default.
  private let required: [Bool]
  /// Rows of mapped files that were passed over because no money came in with them.
  package private(set) var outgoing = 0
  /// Rows that sum up those above them (合计), which were passed over.
  package private(set) var sums = 0

  // The input that is being read.
  private var file = ""
  @exclusivity(unchecked) private var line = 0
  @exclusivity(unchecked) private var isGood = true

  /// - Parameters:
  ///   - map: which columns are which fields, where the headings are somebody else's.
  ///   - constants: what every row has; the input must not speak of these fields.
  package init(
    register: Register, ignoreUnknown: Bool = false,
    encoding: TextEncoding = .utf8, map: ColumnMap? = nil, constants: Constants = [:],
    report: @escaping (Finding) -> Void
  ) {
    self.register = register
    self.ignoreUnknown = ignoreUnknown
    self.encoding = encoding
    self.constants = constants
    var map = map
    for (index, value) in constants { map?.set(index, value) }
    self.map = map
    self.report = report
    parser = FieldParser(register)
    names = FieldNames(register)
    record = Record(register)
    required = register.fields.map(\.mustBeGiven)
  }

  /// Calls `row` with each row of the input: the record (valid until the next row; of a bad row,
  /// the fields that could be read) and the row as it stands in the input.
  /// - Returns: false if the input could not be read to its end; why was reported.
  /// - Throws: `Failure` of the source, and what `row` throws.
  package func read(
    _ source: InputSource, row: (Record, RawRow) throws -> Void
  ) throws -> Bool {
    file = source.name
    isGood = true
    do {
      let text = try TextStream(source, encoding: encoding)
      if let map { return try readMapped(text, map, row) }
      switch try text.firstByte() {
      case UInt8(ascii: "["), UInt8(ascii: "{"): return try readJSON(text, row)
      default: return try readCSV(text, row)
      }
    } catch let bad as BadInput {
      report(bad.finding)
      return false
    }
  }

  // MARK: CSV

  private func readCSV(
    _ text: TextStream, _ body: (Record, RawRow) throws -> Void
  ) throws -> Bool {
    var headings: CSVHeadings?
    var defaults: [Int] = []
    // Field by column; −1: none.
    var fields: [Int] = []
    var search = HeadingSearch()
    do {
      try CSVReader.read(text) { row in
        line = row.line
        isGood = true
        guard let headings else {
          // A title, or a remark on how to fill it in, may stand above them.
          guard let found = matchHeadings(row, &search) else {
            if search.isOver { throw Stop() }
            return
          }
          fields = found.columns.map { if case .field(let index) = $0 { index } else { -1 } }
          // The key of a row is whole even if the file lacks a part of it that has a default.
          defaults = found.missing.filter { register.fields[$0].isKey }
          headings = found
          return
        }
        if SumRow.isOne(row) {
          sums += 1
          return
        }
        record.clear()
        if row.count == fields.count || fits(row, headings) {
          for column in 0..<Swift.min(fields.count, row.count) {
            let index = fields[column]
            if index >= 0 {
              parse(row[column], at: index)
            } else if case .unnamed = headings.columns[column] {
              checkUnnamed(row[column], column)
            }
          }
          for index in defaults { parser.setDefault(of: record, at: index) }
          setConstants()
        }
        try body(record, RawRow(row, isGood: isGood, headings: headings.texts))
      }
    } catch is Stop {
      // What there is to say is in `search`.
    }
    if headings != nil { return true }
    search.findings.forEach(report)
    // JSON Lines without a line are no rows: so is an empty register exported.
    if search.rows > 0 || file.hasSuffix(".jsonl") { return search.rows == 0 }
    report(
      Finding(
        rule: "read.empty", file: file, line: 1,
        message: Phrase("the input is empty", "输入为空"),
        hint: register.whereTemplateIs))
    return false
  }

  /// No row among the first ones has the headings.
  private struct Stop: Error {}

  /// The row as headings, if nothing is wrong with it. What is wrong is noted, in case that no row
  /// comes nearer to being them.
  private func matchHeadings(_ row: CSVRow, _ search: inout HeadingSearch) -> CSVHeadings? {
    if let finding = otherSeparator(row) {
      search.note([finding], lacking: 0, knowing: 0)
      return nil
    }
    var findings: [Finding] = []
    let headings = CSVHeadings(row, names, register, ignoreUnknown: ignoreUnknown) {
      rule, value, message, hint in
      findings.append(
        Finding(rule: rule, file: file, line: line, value: value, message: message, hint: hint))
    }
    for index in constants.keys.sorted() where !headings.missing.contains(index) {
      findings.append(twice(index))
    }
    let missing = headings.missing.filter { required[$0] && constants[$0] == nil }
    findings += missing.map(missingColumn)
    if findings.isEmpty { return headings }
    search.note(
      findings, lacking: missing.count, knowing: register.fields.count - headings.missing.count)
    return nil
  }

  /// A heading of one cell with other separators in it.
  private func otherSeparator(_ row: CSVRow) -> Finding? {
    guard row.count == 1, case let heading = row.text(0),
      heading.contains(";") || heading.contains("\t") || heading.hasPrefix("sep=")
    else { return nil }
    return Finding(
      rule: "read.separator", file: file, line: line,
      message: Phrase("the columns are not separated by commas", "各列不是用逗号分隔的"),
      hint: Phrase("save it as 'CSV UTF-8 (comma separated)'", "请另存为“CSV UTF-8（逗号分隔）”"))
  }

  private func missingColumn(_ index: Int) -> Finding {
    let field = register.fields[index]
    return Finding(
      rule: "read.missing-column", file: file, line: line, field: field.name,
      message: Phrase(
        "the column '\(field.name)' (\(field.zh)) is missing",
        "缺少列 '\(field.zh)'（\(field.name)）"),
      hint: register.isImported && !field.isKey
        ? Phrase(
          "add it, or give it for every row: --set \(field.name)=…",
          "请添加此列；若每行相同，可用 --set \(field.name)=… 指定")
        : Phrase(
          "call a column '\(field.name)' or '\(field.zh)'",
          "请将对应列的表头写为 '\(field.zh)' 或 '\(field.name)'"))
  }

  /// Whether a row of another length than the headings can still be read: only cells under no
  /// heading may be missing, and cells beyond the headings must be empty.
  private func fits(_ row: CSVRow, _ headings: CSVHeadings) -> Bool {
    let count = headings.columns.count
    if row.count < headings.wanted {
      complainShort(row, headings.wanted)
      return false
    }
    // The two columns of a rejects file.
    let extras = count..<Swift.max(count, row.count)
    if extras.count == 2, headings.isRejects { return true }
    for cell in extras where !FieldText.trimmed(row[cell]).isEmpty {
      complain(
        "csv.cells", nil, FieldText.shown(row[cell], isSensitive: true),
        Phrase(
          "the row has \(row.count) cells, the heading has \(count)",
          "该行有 \(row.count) 个单元格，表头有 \(count) 个"),
        hint: Phrase(
          "put a cell that holds a comma in quotes", "含逗号的单元格请用引号括起"))
      return false
    }
    return true
  }

  private func complainShort(_ row: CSVRow, _ wanted: Int) {
    complain(
      "csv.cells", nil, nil,
      Phrase(
        "the row has \(row.count) cells, the heading has \(wanted)",
        "该行有 \(row.count) 个单元格，表头有 \(wanted) 个"),
      hint: Phrase(
        "is a comma missing, or a line end inside a cell without quotes?",
        "请检查是否缺少逗号，或单元格内有未加引号的换行"))
  }

  private func checkUnnamed(_ cell: UnsafeBufferPointer<UInt8>, _ column: Int) {
    if FieldText.trimmed(cell).isEmpty { return }
    complain(
      "read.heading", nil, FieldText.shown(cell, isSensitive: true),
      Phrase(
        "column \(column + 1) has a value but no heading", "第 \(column + 1) 列有值但没有表头"),
      hint: Phrase("name the column or empty it", "请补上表头或清空该列"))
  }

  // MARK: JSON

  private func readJSON(
    _ text: TextStream, _ body: (Record, RawRow) throws -> Void
  ) throws -> Bool {
    let headings = JSONHeadings(register, names)
    try JSONReader.objects(text) { object, line, fault in
      self.line = line
      isGood = true
      if let fault {
        isGood = false
        report(fault)
      }
      record.clear()
      // Null is given, too: it means nothing, or the default.
      var given = register.fields.map { _ in false }
      object.forEachMember { key, value in
        guard let index = headings.find(key) else {
          if !ignoreUnknown { complainUnknown(key) }
          return
        }
        if given[index] || constants[index] != nil, fault == nil { complainTwice(index) }
        given[index] = true
        parse(value, at: index)
      }
      setConstants()
      for index in given.indices where !given[index] && constants[index] == nil {
        if required[index] {
          complainEmpty(index)
        } else if register.fields[index].isKey {
          parser.setDefault(of: record, at: index)
        }
      }
      try body(record, RawRow(object, line: line, isGood: isGood, headings: headings))
    }
    return true
  }

  private func parse(_ value: JSONNode, at index: Int) {
    switch value.kind {
    case .null, .boolean, .number, .string:
      parse(value.bytes, at: index)
    case .array:
      var isFlat = true
      value.forEachElement { if $0.kind == .array || $0.kind == .object { isFlat = false } }
      if isFlat {
        var joined = value.cell
        joined.withUTF8 { parse($0, at: index) }
      } else {
        complainNested(index)
      }
    case .object:
      complainNested(index)
    }
  }

  private func complainNested(_ index: Int) {
    record.setEmpty(index)
    complain(
      "json.nested", register.fields[index].name, nil,
      Phrase("a text or a number is expected, not an object", "此处应为文本或数字，而不是对象"),
      hint: Phrase("records are flat", "记录不能嵌套"))
  }

  private func complainUnknown(_ key: UnsafeBufferPointer<UInt8>) {
    let shown = FieldText.shown(key, isSensitive: false)
    complain(
      "read.heading", nil, shown, Phrase("unknown key '\(shown)'", "未知的键 '\(shown)'"),
      hint: names.hint(for: key, register))
  }

  // MARK: Mapped CSV

  private func readMapped(
    _ text: TextStream, _ map: ColumnMap, _ body: (Record, RawRow) throws -> Void
  ) throws -> Bool {
    for index in register.fields.indices where required[index] && map.parts[index] == nil {
      let field = register.fields[index]
      isGood = false
      report(
        Finding(
          rule: "map.missing", file: file, line: 1, field: field.name,
          message: Phrase(
            "the map does not say where '\(field.name)' (\(field.zh)) comes from",
            "映射文件没有说明 '\(field.zh)'（\(field.name)）的来源"),
          hint: Phrase(
            "give it for every row, --set \(field.name)=…, or add a line to the map",
            "请用 --set \(field.name)=… 指定，或在映射文件中添加一行")))
    }
    if !isGood { return false }
    var columns: MappedColumns?
    /// The row that looks most like the headings, and what it lacks.
    var nearest: (line: Int, missing: [String])?
    try CSVReader.read(text) { row in
      line = row.line
      isGood = true
      guard let columns else {
        var missing: [String] = []
        columns = MappedColumns(row, map, register, missing: &missing)
        if missing.count < nearest?.missing.count ?? Int.max { nearest = (line, missing) }
        return
      }
      switch columns.kind(of: row) {
      case .other: return
      case .outgoing:
        outgoing += 1
        return
      case .unreadable(let column):
        record.clear()
        complainUnreadable(row[column], columns.texts[column])
      case .entry:
        record.clear()
        if row.count >= columns.wanted {
          parse(row, columns)
        } else {
          complainShort(row, columns.wanted)
        }
      }
      try body(record, RawRow(row, isGood: isGood, headings: columns.texts))
    }
    if columns != nil { return true }
    let lacks = (nearest?.missing ?? []).map { "'\($0)'" }
    report(
      Finding(
        rule: "map.headings", file: file, line: nearest?.line ?? 1,
        message: Phrase(
          "no row has all headings of the map; this one comes nearest and lacks "
            + lacks.joined(separator: ", "),
          "没有一行包含映射的全部列名；本行最接近，缺少 " + lacks.joined(separator: "、")),
        hint: Phrase(
          "write the headings of the file into the map, or say what is the same in every row "
            + "with --set",
          "请在映射文件中填写该文件的列名，每行相同的内容可用 --set 指定")))
    return false
  }

  private func parse(_ row: CSVRow, _ columns: MappedColumns) {
    for (index, sources) in columns.fields {
      if sources.count == 1, case .column(let column) = sources[0] {
        if case .date = register.fields[index].kind, let day = MappedColumns.dayPart(row[column]) {
          parse(day, at: index)
        } else {
          parse(row[column], at: index)
        }
        continue
      }
      let isCode = if case .code = register.fields[index].kind { true } else { false }
      var text = MappedColumns.text(sources, of: row, isCode: isCode)
      text.withUTF8 { parse($0, at: index) }
    }
    for index in register.fields.indices where record.slots[index] == .absent {
      if register.fields[index].isKey { parser.setDefault(of: record, at: index) }
    }
  }

  private func complainUnreadable(_ cell: UnsafeBufferPointer<UInt8>, _ heading: String) {
    let shown = FieldText.shown(FieldText.trimmed(cell), isSensitive: false)
    complain(
      "map.incoming", nil, shown,
      Phrase(
        "'\(shown)' under '\(heading)' does not say whether money came in",
        "“\(heading)”列的“\(shown)”无法判断是否为收款"),
      hint: Phrase("correct the row, or the line 'incoming' of the map", "请更正该行，或映射文件的“入账”行"))
  }

  // MARK: Fields

  private func setConstants() {
    for (index, value) in constants {
      var value = value
      value.withUTF8 { parse($0, at: index) }
    }
  }

  private func complainTwice(_ index: Int) {
    isGood = false
    report(twice(index))
  }

  private func twice(_ index: Int) -> Finding {
    let name = register.fields[index].name
    return Finding(
      rule: "read.heading-repeated", file: file, line: line, field: name,
      message: Phrase("the field '\(name)' comes twice", "字段 '\(name)' 重复"),
      hint: Phrase("keep one of the two", "请只保留一个"))
  }

  private func parse(_ cell: UnsafeBufferPointer<UInt8>, at index: Int) {
    do throws(ValueError) {
      try parser.parse(cell, into: record, at: index)
      if required[index], record.slots[index] == .empty { complainEmpty(index) }
    } catch {
      let value = FieldText.trimmed(cell)
      let field = register.fields[index]
      complain(
        error.rule, field.name, FieldText.shown(value, isSensitive: field.isSensitive),
        error.message, hint: error.hint)
    }
  }

  private func complainEmpty(_ index: Int) {
    let field = register.fields[index]
    complain(
      "value.required", field.name, nil,
      Phrase("'\(field.name)' (\(field.zh)) has no value", "'\(field.zh)'（\(field.name)）没有填写"),
      hint: Phrase(
        "every row needs one; a remark below the list has to go",
        "每行都必须填写；表格下方的备注请删除"))
  }

  private func complain(
    _ rule: String, _ field: String?, _ value: String?, _ message: Phrase, hint: Phrase?
  ) {
    isGood = false
    report(
      Finding(
        rule: rule, file: file, line: line, field: field, value: value, message: message,
        hint: hint))
  }
}
