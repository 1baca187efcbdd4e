import Shared

/// Writes the rows that were left out, as they stood in the input, with `line` and `rule` at the
/// end: corrected, the file can be imported again as it is.
final class RejectsWriter {
  private let output: ByteOutput
  private var headings: [String]?

  init(_ output: ByteOutput) {
    self.output = output
  }

  func write(_ row: RawRow, rule: String, register: Register) throws {
    if headings != row.headings {
      // Files with other headings follow with a heading of their own.
      headings = row.headings
      append(row.headings + ["line", "rule"])
    }
    append(row.cells + [String(row.line), rule])
  }

  private func append(_ cells: [String]) {
    let line = cells.map { cell in
      let isPlain = !cell.contains { "\",\n\r\r\n".contains($0) }
      return isPlain ? cell : "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
    output.append(line.joined(separator: ",") + "\n")
  }

  func finish() throws {
    try output.flush()
  }
}
