/// A cell of a row that is computed, in its stored form.
package enum Cell: Equatable, Sendable {
  case null
  case integer(Int64)
  case text(String)

  package init(_ text: String?) {
    self = text.map { .text($0) } ?? .null
  }

  package init(_ date: CivilDate?) {
    self = date.map { .text($0.description) } ?? .null
  }

  package init(_ fixed: Fixed?) {
    self = fixed.map { .integer($0.millionths) } ?? .null
  }

  package init(_ money: Money?) {
    self = money.map { .integer($0.fen) } ?? .null
  }

  package init(_ number: Int?) {
    self = number.map { .integer(Int64($0)) } ?? .null
  }
}

extension Cell {
  /// The value as a table writes it in a column of that kind.
  package func text(as kind: FieldKind, _ headings: Language) -> String {
    let output = ByteOutput.memory(capacity: 64)
    let shape = CellRule(kind, headings).shape
    switch self {
    case .null: break
    case .integer(let value): output.append(value, as: shape, headings)
    case .text(var text):
      text.withUTF8 { text in
        if shape == .choice {
          ChoiceWords(kind).withWord(of: text) { output.append($0) }
        } else {
          output.append(text)
        }
      }
    }
    return output.text
  }
}

extension RecordWriter {
  package func cell(_ cell: Cell) {
    switch cell {
    case .null: null()
    case .integer(let value): integer(value)
    case .text(let value): text(value)
    }
  }

  package func row(_ cells: [Cell]) throws {
    for cell in cells { self.cell(cell) }
    try endRow()
  }
}
