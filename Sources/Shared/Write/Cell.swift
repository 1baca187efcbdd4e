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
