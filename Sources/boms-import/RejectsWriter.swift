import Glibc
import Shared

/// Writes the rows that were left out, as they stood in the input, with `line` and `rule` at the
/// end: corrected, the file can be imported again as it is. The file appears when it is complete.
final class RejectsWriter {
  private let path: String
  private let temporary: String
  private let descriptor: Int32
  private let output: ByteOutput
  private var headings: [String]?

  init(path: String) throws {
    self.path = path
    temporary = path + ".part"
    descriptor = open(temporary, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure.cannotCreate(path) }
    output = ByteOutput(descriptor: descriptor, name: Phrase("'\(path)'", "“\(path)”"))
  }

  func write(_ row: RawRow, rule: String) {
    if headings != row.headings {
      // A file with other headings follows with a heading of its own.
      headings = row.headings
      append(row.headings + ["line", "rule"])
    }
    append(row.cells + [String(row.line), rule])
  }

  private func append(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { output.append(",") }
      let isPlain = !cell.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
      output.append(isPlain ? cell : "\"" + cell.replacing("\"", with: "\"\"") + "\"")
    }
    output.append("\n")
  }

  /// Puts the file in its place; none if there was nothing to write.
  func finish() throws {
    try output.flush()
    close(descriptor)
    if headings == nil {
      unlink(temporary)
    } else if rename(temporary, path) != 0 {
      throw Failure.cannotCreate(path)
    }
  }

  func discard() {
    close(descriptor)
    unlink(temporary)
  }
}
