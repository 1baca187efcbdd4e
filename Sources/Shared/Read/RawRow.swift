/// A row as it stands in the input, beside the record that was parsed from it. Valid while it is
/// being delivered.
package struct RawRow {
  /// The physical line where the row starts.
  package let line: Int
  /// Whether nothing in the row was an error.
  package let isGood: Bool
  /// The headings as they stand in the input; of JSON, the names of the register's fields.
  package let headings: [String]
  private let origin: Origin

  private enum Origin {
    case csv(CSVRow)
    case json(JSONNode, JSONHeadings)
  }

  init(_ row: CSVRow, isGood: Bool, headings: [String]) {
    line = row.line
    self.isGood = isGood
    self.headings = headings
    origin = .csv(row)
  }

  init(_ object: JSONNode, line: Int, isGood: Bool, headings: JSONHeadings) {
    self.line = line
    self.isGood = isGood
    self.headings = headings.names
    origin = .json(object, headings)
  }

  /// The cells as they stand in the input, one for each heading (more, if the row has more).
  package var cells: [String] {
    switch origin {
    case .csv(let row):
      var cells = (0..<row.count).map(row.text)
      while cells.count < headings.count { cells.append("") }
      return cells
    case .json(let object, let known):
      var cells = headings.map { _ in "" }
      object.forEachMember { key, value in
        if let index = known.find(key), cells[index].isEmpty { cells[index] = value.cell }
      }
      return cells
    }
  }
}

extension JSONNode {
  /// The value as the cell of a table: an array of scalars is joined with `;`.
  var cell: String {
    guard kind == .array else { return string }
    var parts: [String] = []
    forEachElement { parts.append($0.string) }
    return parts.joined(separator: ";")
  }
}
