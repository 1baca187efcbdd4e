/// Records as bytes: the one renderer, and the only place that knows the formats apart.
///
/// Cells come in the stored representation and in the order of the columns; `endRow()` closes the
/// row, `finish()` the whole. Nothing is allocated per cell.
package final class RecordWriter {
  private let format: OutputFormat
  private let output: ByteOutput
  private let headings: Language
  private let rules: [CellRule]
  private let words: [ChoiceWords]
  /// What stands before a value in JSON, `{"name":` or `,"name":`, back to back.
  private let keys: [UInt8]
  private let keyEnds: [Int]
  private let table: TableLayout?
  private let sheet: SheetWriter?
  private let noRows: (() -> Void)?
  /// Whether a column has codes that are to survive Excel.
  private let isGuarded: [Bool]
  private let count: Int
  /// The column of the next cell.
  private var at = 0
  private var ended = 0

  /// - Parameters:
  ///   - headings: the language of headings in CSV and tables and of the words of listed values;
  ///     keys in JSON are English always.
  ///   - bom: write the mark that Excel needs to see UTF-8 in a CSV file.
  ///   - excel: write codes in CSV that Excel would round or strip as formulas that give them.
  ///   - width: how many columns the terminal has, to which a table is cut; nil: it is not cut.
  ///   - title: the name of a workbook's sheet.
  ///   - day: when a workbook says that it was made.
  ///   - noRows: called at the end if there were none.
  package init(
    _ format: OutputFormat, _ columns: [Column], headings: Language = .en, bom: Bool = false,
    excel: Bool = false, width: Int? = nil, title: String = Program.name,
    made day: CivilDate = CivilDate(number: 0), noRows: (() -> Void)? = nil,
    to output: ByteOutput = ByteOutput()
  ) {
    self.format = format
    isGuarded = columns.map { excel && format == .csv && $0.kind.isCode }
    self.output = output
    self.noRows = noRows
    self.headings = headings
    count = columns.count
    rules = columns.map { CellRule($0.kind, headings) }
    words = columns.map { ChoiceWords($0.kind) }
    let key = ByteOutput.memory()
    var ends: [Int] = []
    for (index, column) in columns.enumerated() {
      key.append(index == 0 ? "{" : ",")
      key.appendJSON(column.name)
      key.append(":")
      ends.append(key.count)
    }
    keys = Array(key.bytes)
    keyEnds = ends
    table =
      format == .table
      ? TableLayout(
        zip(columns, rules).map { column, rule in
          TableLayout.Look(
            heading: column.heading(headings), isNumber: rule.isNumber,
            isCuttable: column.kind.isFree)
        }, width: width, to: output)
      : nil
    sheet =
      format == .xlsx ? SheetWriter(columns, headings, title: title, made: day) : nil
    start(columns, bom)
  }

  /// How many rows have been written.
  package var rows: Int { ended }

  private func start(_ columns: [Column], _ bom: Bool) {
    switch format {
    case .csv:
      if bom { output.append("\u{FEFF}") }
      for (index, column) in columns.enumerated() {
        if index > 0 { output.append(0x2C) }
        var heading = column.heading(headings)
        heading.withUTF8 { output.appendCSV($0) }
      }
      output.append(0x0A)
    case .json: output.append("[")
    case .jsonl, .table, .xlsx: break
    }
  }

  /// What stands before a cell.
  @inline(__always)
  private func begin() {
    precondition(at < count, "more cells than columns")
    switch format {
    case .csv: if at > 0 { output.append(0x2C) }
    case .json:
      if at == 0 { output.append(ended == 0 ? "\n" : ",\n") }
      beginMember()
    case .jsonl: beginMember()
    case .table, .xlsx: break
    }
  }

  @inline(__always)
  private func beginMember() {
    keys.withUnsafeBufferPointer { keys in
      let from = at == 0 ? 0 : keyEnds[at - 1]
      output.append(UnsafeBufferPointer(rebasing: keys[from..<keyEnds[at]]))
    }
  }

  @inline(__always)
  private func end() {
    at += 1
    table?.endCell()
  }

  /// Nothing.
  package func null() {
    begin()
    switch format {
    // A line with nothing on it would be no row at all for most readers.
    case .csv: if count == 1 { output.append("\"\"") }
    case .json, .jsonl: output.append("null")
    case .table, .xlsx: break
    }
    end()
  }

  /// A stored integer: fen, millionths, 1 or 0, or simply a number.
  package func integer(_ value: Int64) {
    begin()
    let shape = rules[at].shape
    switch format {
    case .csv: output.append(value, as: shape, headings)
    case .table: table?.cells.append(value, as: shape, headings)
    case .xlsx: sheet?.integer(value, at, shape)
    case .json, .jsonl:
      switch shape {
      case .integer: output.append(value, as: shape, headings)
      case .flag: output.append(value == 0 ? "false" : "true")
      case .plain, .money, .millionths, .choice:
        // As a string, so that no reader makes a float of an amount or a number of a code.
        output.append(0x22)
        output.append(value, as: shape, headings)
        output.append(0x22)
      }
    }
    end()
  }

  /// A stored text, in UTF-8. The bytes are read before the call returns.
  package func text(_ value: UnsafeBufferPointer<UInt8>) {
    begin()
    if rules[at].shape == .choice {
      words[at].withWord(of: value) { plain($0) }
    } else {
      plain(value)
    }
    end()
  }

  package func text(_ value: String) {
    var value = value
    value.withUTF8 { text($0) }
  }

  package func date(_ value: CivilDate) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 10) { buffer in
      value.write(to: buffer)
      text(UnsafeBufferPointer(buffer))
    }
  }

  @inline(__always)
  private func plain(_ value: UnsafeBufferPointer<UInt8>) {
    switch format {
    case .csv:
      if isGuarded[at], ExcelGuard.takesForNumber(value) {
        output.append("\"=\"\"")
        output.append(value)
        output.append("\"\"\"")
      } else {
        output.appendCSV(value)
      }
    case .json, .jsonl: output.appendJSON(value)
    case .table: table?.cells.append(value)
    case .xlsx: sheet?.text(value, at)
    }
  }

  /// Ends the row.
  /// - Throws: `inputOutput` if what has been written so far did not reach its place.
  package func endRow() throws(Failure) {
    precondition(at == count, "fewer cells than columns")
    switch format {
    case .csv: output.append(0x0A)
    case .jsonl: output.append("}\n")
    case .json: output.append("}")
    case .table: table?.endRow()
    case .xlsx: try sheet?.endRow()
    }
    at = 0
    ended += 1
    try output.check()
  }

  /// Ends the output and writes out what waits.
  package func finish() throws(Failure) {
    switch format {
    case .json: output.append(ended == 0 ? "]\n" : "\n]\n")
    case .table: table?.finish()
    case .xlsx: try sheet?.finish(to: output)
    case .csv, .jsonl: break
    }
    try output.flush()
    if ended == 0 { noRows?() }
  }
}
