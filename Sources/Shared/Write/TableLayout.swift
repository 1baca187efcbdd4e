/// Rows as a table for people: columns under each other by what a terminal shows, so that Chinese
/// takes two places a character. The first rows set the widths, the later ones stream with them.
///
/// On a terminal that is too narrow even for what may not be cut, each row is a block of its own, a
/// line for each cell that has something in it: nothing is lost, and nothing is folded.
final class TableLayout {
  /// How a column is shown.
  struct Look {
    let heading: String
    /// Digit under digit: to the right.
    let isNumber: Bool
    /// Whether it may lose its end on a narrow terminal.
    let isCuttable: Bool
  }

  /// How many rows are looked at before the widths are set.
  static let measured = 1000
  /// A column of text is not cut below this.
  static let narrowest = 12
  private static let gap = 2

  /// The cells of the rows that wait, back to back; the writer of records appends here.
  let cells = ByteOutput.memory()
  private var ends: [Int] = []
  private let columns: [Look]
  private let width: Int?
  private let output: ByteOutput
  private var widths: [Int]
  private var isStreaming = false
  private var isTall = false
  /// Spaces that the next cell with text in it writes first: no line ends in spaces.
  private var padding = 0

  /// - Parameter width: of the terminal; nil: nothing is cut.
  init(_ columns: [Look], width: Int?, to output: ByteOutput) {
    self.columns = columns
    self.width = width
    self.output = output
    widths = columns.map { DisplayWidth.of($0.heading) }
  }

  func endCell() {
    ends.append(cells.count)
  }

  func endRow() {
    if isStreaming || ends.count >= TableLayout.measured * columns.count { writeRows() }
  }

  func finish() {
    if !isStreaming || !ends.isEmpty { writeRows() }
  }

  private func writeRows() {
    let waiting = cells.bytes
    if !isStreaming {
      measure(waiting)
      writeHeadings()
      isStreaming = true
    }
    var from = 0
    for (index, end) in ends.enumerated() {
      let cell = UnsafeBufferPointer(rebasing: waiting[from..<end])
      if isTall {
        writeLine(index % columns.count, cell)
      } else {
        writeCell(index % columns.count, cell)
      }
      from = end
    }
    ends.removeAll(keepingCapacity: true)
    cells.clear()
  }

  private func measure(_ waiting: UnsafeBufferPointer<UInt8>) {
    var from = 0
    for (index, end) in ends.enumerated() {
      let column = index % columns.count
      let cell = UnsafeBufferPointer(rebasing: waiting[from..<end])
      widths[column] = max(widths[column], DisplayWidth.of(cell))
      from = end
    }
    guard let width else { return }
    // The widest text gives way first; numbers, days and codes are never cut.
    var excess = widths.reduce(0, +) + TableLayout.gap * (widths.count - 1) - width
    while excess > 0 {
      let texts = widths.indices.filter {
        columns[$0].isCuttable && widths[$0] > TableLayout.narrowest
      }
      guard let widest = texts.max(by: { widths[$0] < widths[$1] }) else {
        isTall = true
        return
      }
      widths[widest] -= 1
      excess -= 1
    }
  }

  /// `heading  value`; an empty line behind the last.
  private func writeLine(_ column: Int, _ cell: UnsafeBufferPointer<UInt8>) {
    if !cell.isEmpty {
      output.append(columns[column].heading)
      output.append(
        0x20, times: labels - DisplayWidth.of(columns[column].heading) + TableLayout.gap)
      output.appendLine(cell)
      output.append(0x0A)
    }
    if column == columns.count - 1 { output.append(0x0A) }
  }

  /// The room of the longest heading.
  private lazy var labels = columns.map { DisplayWidth.of($0.heading) }.max() ?? 0

  private func writeHeadings() {
    if isTall { return }
    for (column, look) in columns.enumerated() {
      var heading = look.heading
      heading.withUTF8 { writeCell(column, $0) }
    }
    for (column, width) in widths.enumerated() {
      if column > 0 { output.append(0x20, times: TableLayout.gap) }
      output.append(UInt8(ascii: "-"), times: width)
    }
    output.append(0x0A)
  }

  private func writeCell(_ column: Int, _ cell: UnsafeBufferPointer<UInt8>) {
    let room = widths[column]
    let isNumber = columns[column].isNumber
    var shown = DisplayWidth.prefix(of: cell, width: room)
    let isCut = shown.bytes < cell.count && width != nil && columns[column].isCuttable
    if isCut {
      shown = DisplayWidth.prefix(of: cell, width: room - 1)
      shown.width += 1
    } else if shown.bytes < cell.count {
      // A later row, wider than what was measured: shown whole, out of line.
      shown = (cell.count, room)
    }
    if column > 0 { padding += TableLayout.gap }
    if isNumber { padding += room - shown.width }
    if !cell.isEmpty {
      output.append(0x20, times: padding)
      output.appendLine(UnsafeBufferPointer(rebasing: cell[..<shown.bytes]))
      if isCut { output.append("…") }
      padding = 0
    }
    if !isNumber { padding += room - shown.width }
    if column == columns.count - 1 {
      output.append(0x0A)
      padding = 0
    }
  }
}
