/// Rows as a table for people: columns under each other by what a terminal shows, so that Chinese
/// takes two places a character. The first rows set the widths, the later ones stream with them.
///
/// On a terminal that is too narrow, columns without anything in them give way first, then the ends of
/// texts. If that is not enough, each row is a block of its own, a line for each cell that has something
/// in it: nothing is lost, and nothing is folded.
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
  /// Columns that are left out.
  private var isHidden: [Bool]
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
    isHidden = columns.map { _ in false }
  }

  func endCell() {
    ends.append(cells.count)
  }

  func endRow() {
    if isStreaming || ends.count >= TableLayout.measured * columns.count {
      writeRows(areAll: false)
    }
  }

  func finish() {
    if !isStreaming || !ends.isEmpty { writeRows(areAll: true) }
  }

  private func writeRows(areAll: Bool) {
    let waiting = cells.bytes
    if !isStreaming {
      measure(waiting, areAll: areAll)
      writeHeadings()
      isStreaming = true
    }
    var from = 0
    for (index, end) in ends.enumerated() {
      let cell = UnsafeBufferPointer(rebasing: waiting[from..<end])
      if isTall {
        writeLine(index % columns.count, cell)
      } else if !isHidden[index % columns.count] {
        writeCell(index % columns.count, cell)
      }
      if index % columns.count == columns.count - 1 { endLine() }
      from = end
    }
    ends.removeAll(keepingCapacity: true)
    cells.clear()
  }

  /// - Parameter areAll: whether no rows come after these.
  private func measure(_ waiting: UnsafeBufferPointer<UInt8>, areAll: Bool) {
    var from = 0
    var isEmpty = columns.map { _ in true }
    for (index, end) in ends.enumerated() {
      let column = index % columns.count
      let cell = UnsafeBufferPointer(rebasing: waiting[from..<end])
      widths[column] = max(widths[column], DisplayWidth.of(cell))
      if !cell.isEmpty { isEmpty[column] = false }
      from = end
    }
    guard let width else { return }
    func excess() -> Int {
      let shown = widths.indices.filter { !isHidden[$0] }
      return shown.reduce(0) { $0 + widths[$1] } + TableLayout.gap * (shown.count - 1) - width
    }
    if excess() > 0, areAll, isEmpty.contains(false) { isHidden = isEmpty }
    // The widest text gives way first; numbers, days and codes are never cut.
    while excess() > 0 {
      let texts = widths.indices.filter {
        columns[$0].isCuttable && widths[$0] > TableLayout.narrowest && !isHidden[$0]
      }
      guard let widest = texts.max(by: { widths[$0] < widths[$1] }) else {
        isTall = true
        return
      }
      widths[widest] -= 1
    }
  }

  /// `heading  value`; an empty line behind the row.
  private func writeLine(_ column: Int, _ cell: UnsafeBufferPointer<UInt8>) {
    if !cell.isEmpty {
      output.append(columns[column].heading)
      output.append(
        0x20, times: labels - DisplayWidth.of(columns[column].heading) + TableLayout.gap)
      output.appendLine(cell)
      output.append(0x0A)
    }
  }

  private func endLine() {
    output.append(0x0A)
    padding = 0
  }

  /// The room of the longest heading.
  private lazy var labels = columns.map { DisplayWidth.of($0.heading) }.max() ?? 0

  private func writeHeadings() {
    if isTall { return }
    let shown = columns.indices.filter { !isHidden[$0] }
    for column in shown {
      var heading = columns[column].heading
      heading.withUTF8 { writeCell(column, $0) }
    }
    endLine()
    for column in shown {
      if column != shown.first { output.append(0x20, times: TableLayout.gap) }
      output.append(UInt8(ascii: "-"), times: widths[column])
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
    if column != isHidden.firstIndex(of: false) { padding += TableLayout.gap }
    if isNumber { padding += room - shown.width }
    if !cell.isEmpty {
      output.append(0x20, times: padding)
      output.appendLine(UnsafeBufferPointer(rebasing: cell[..<shown.bytes]))
      if isCut { output.append("…") }
      padding = 0
    }
    if !isNumber { padding += room - shown.width }
  }
}
