import Shared

/// A row of a view that the law computes: its cells in the order of the view's fields, in their
/// stored form.
struct ComputedRow {
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
    for position in selection.positions { writer.cell(cells[position]) }
    try writer.endRow()
  }
}
