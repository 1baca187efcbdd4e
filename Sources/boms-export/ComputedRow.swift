import Shared

/// A row of a view that the law computes: its cells in the order of the view's fields, in their
/// stored form.
struct ComputedRow {
  enum Cell: Equatable {
    case null
    case integer(Int64)
    case text(String)

    init(_ text: String?) {
      self = text.map { .text($0) } ?? .null
    }

    init(_ date: CivilDate?) {
      self = date.map { .text($0.description) } ?? .null
    }

    init(_ fixed: Fixed?) {
      self = fixed.map { .integer($0.millionths) } ?? .null
    }
  }

  var cells: [Cell]

  /// Writes the row if it is asked for.
  func write(_ selection: Selection, to writer: RecordWriter) throws {
    for condition in selection.conditions {
      let wanted: Cell =
        switch condition.value {
        case .integer(let value): .integer(value)
        case .text(let value): .text(value)
        case nil: .null
        }
      if cells[condition.index] != wanted { return }
    }
    for position in selection.positions {
      switch cells[position] {
      case .null: writer.null()
      case .integer(let value): writer.integer(value)
      case .text(let value): writer.text(value)
      }
    }
    try writer.endRow()
  }
}
