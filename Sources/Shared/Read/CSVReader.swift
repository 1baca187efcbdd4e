import CLibCSV
import Glibc

/// The rows of a CSV text (RFC 4180, by libcsv), each with the physical line where it starts. Rows
/// without any value are left out.
package final class CSVReader {
  /// The longest cell, in bytes; also how much an unclosed quote may swallow before it is refused.
  package static let cellLimit = 65_536
  /// Excel's number of columns.
  package static let cellCountLimit = 16_384
  package static let rowLimit = 16 << 20

  private let parser: UnsafeMutablePointer<csv_parser>
  private let name: String
  private var row: (CSVRow) throws -> Void = { _ in }
  // Unchecked: they are touched for every cell, by one thread, and the check costs more than the
  // work.

  /// What the row or the reading ended with; nothing may be thrown through C.
  @exclusivity(unchecked) private var failure: (any Error)?

  // The row so far: its cells one after the other, and where each ends.
  @exclusivity(unchecked) private var bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 4096)
  @exclusivity(unchecked) private var capacity = 4096
  @exclusivity(unchecked) private var count = 0
  @exclusivity(unchecked) private var ends = UnsafeMutablePointer<Int>.allocate(capacity: 64)
  @exclusivity(unchecked) private var cellCapacity = 64
  @exclusivity(unchecked) private var cells = 0

  /// Where the row starts.
  @exclusivity(unchecked) private var line = 1
  /// Line ends inside the row's quoted cells.
  @exclusivity(unchecked) private var breaks = 0
  @exclusivity(unchecked) private var isAfterCR = false
  /// Whether a cell may hold a line end that counts: there was a quote.
  @exclusivity(unchecked) private var hasQuotes = false

  /// Calls `row` for each row; the row is valid only during the call.
  /// - Throws: `BadInput` (`csv.quote`, `csv.field-too-long`, `csv.row-too-long`, and those of
  ///   `TextStream`), and what `row` throws.
  package static func read(_ text: TextStream, row: (CSVRow) throws -> Void) throws {
    try withoutActuallyEscaping(row) { row in
      let reader = try CSVReader(text.name, row)
      defer { reader.row = { _ in } }
      try reader.run(text)
    }
  }

  private init(_ name: String, _ row: @escaping (CSVRow) throws -> Void) throws {
    self.name = name
    self.row = row
    parser = .allocate(capacity: 1)
    let options = UInt8(CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL)
    guard csv_init(parser, options) == 0 else {
      throw Failure(.bug, Phrase("libcsv does not start", "libcsv 无法启动"))
    }
    csv_set_blk_size(parser, 4096)
    // The parser's buffer is one cell: refusing it more is the limit.
    csv_set_realloc_func(parser) { $1 > CSVReader.cellLimit + 64 ? nil : realloc($0, $1) }
  }

  deinit {
    csv_free(parser)
    parser.deallocate()
    bytes.deallocate()
    ends.deallocate()
  }

  private func run(_ text: TextStream) throws {
    let context = Unmanaged.passUnretained(self).toOpaque()
    while let piece = try text.next() {
      guard let start = piece.baseAddress else { continue }
      hasQuotes =
        !text.linesAreRows
        && (memchr(start, 0x22, piece.count) != nil
          || (hasQuotes && parser.pointee.quoted != 0))
      let parsed = csv_parse(
        parser, start, piece.count, CSVReader.onCell, CSVReader.onRow, context)
      if let failure { throw failure }
      if parsed != piece.count { throw malformed() }
    }
    let status = csv_fini(parser, CSVReader.onCell, CSVReader.onRow, context)
    if let failure { throw failure }
    if status != 0 { throw unclosed() }
  }

  private static let onCell:
    @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void = {
      cell, count, context in
      guard let context else { return }
      Unmanaged<CSVReader>.fromOpaque(context)._withUnsafeGuaranteedRef {
        $0.append(cell, count)
      }
    }

  private static let onRow: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = {
    end, context in
    guard let context else { return }
    Unmanaged<CSVReader>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.finishRow(end) }
  }

  private func append(_ cell: UnsafeMutableRawPointer?, _ length: Int) {
    if failure != nil { return }
    if length > CSVReader.cellLimit {
      failure = tooLong()
      return
    }
    if cells == CSVReader.cellCountLimit || count + length > CSVReader.rowLimit {
      failure = BadInput(
        "csv.row-too-long", name, line,
        Phrase("the row does not end", "该行过长，没有结束"),
        hint: Phrase("is the file CSV, with line ends?", "请确认文件是带换行的 CSV"))
      return
    }
    if count + length > capacity || cells == cellCapacity { grow(by: length) }
    if let cell, length > 0 {
      memcpy(bytes + count, cell, length)
      if hasQuotes { countBreaks(UnsafeBufferPointer(start: bytes + count, count: length)) }
      count += length
    }
    ends[cells] = count
    cells += 1
  }

  private func countBreaks(_ cell: UnsafeBufferPointer<UInt8>) {
    var counter = LineCounter()
    counter.add(cell)
    breaks += counter.breaks
  }

  private func grow(by length: Int) {
    var larger = capacity
    while count + length > larger { larger *= 2 }
    let newBytes = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    newBytes.update(from: bytes, count: count)
    bytes.deallocate()
    (bytes, capacity) = (newBytes, larger)
    let newEnds = UnsafeMutablePointer<Int>.allocate(capacity: cellCapacity * 2)
    newEnds.update(from: ends, count: cells)
    ends.deallocate()
    (ends, cellCapacity) = (newEnds, cellCapacity * 2)
  }

  /// - Parameter end: the byte that ended the row, -1 at the end of the text.
  private func finishRow(_ end: Int32) {
    if failure != nil { return }
    if cells > 0 {
      let row = CSVRow(line: line, count: cells, bytes: bytes, ends: ends)
      if !row.isBlank {
        do { try self.row(row) } catch { failure = error }
      }
    }
    // libcsv reports the LF of CRLF as an empty row of its own.
    if !(end == 0x0A && cells == 0 && isAfterCR) { line += 1 + breaks }
    isAfterCR = end == 0x0D
    (count, cells, breaks) = (0, 0, 0)
  }

  private func malformed() -> BadInput {
    csv_error(parser) == CSV_ENOMEM
      ? tooLong()
      : BadInput(
        "csv.quote", name, line,
        Phrase("a quote stands inside a cell", "单元格中的引号有误"),
        hint: Phrase(
          "put the whole cell in quotes and write each quote inside twice: \"24\"\" screen\"",
          "请将整个单元格用引号括起，其中的引号写两次：\"24\"\" 屏幕\""))
  }

  private func unclosed() -> BadInput {
    BadInput(
      "csv.quote", name, line,
      Phrase(
        "a quote that opens in this row is never closed", "本行开始的引号直到文件末尾都没有闭合"),
      hint: Phrase("close the quote, or write it twice", "请补上引号，或将引号写两次"))
  }

  private func tooLong() -> BadInput {
    BadInput(
      "csv.field-too-long", name, line,
      Phrase(
        "a cell is longer than \(CSVReader.cellLimit) bytes",
        "单元格超过 \(CSVReader.cellLimit) 字节"),
      hint: Phrase("is a quote in this row not closed?", "请检查本行是否有未闭合的引号"))
  }
}

/// One row of a CSV text, valid while it is being delivered.
package struct CSVRow {
  /// The physical line where the row starts; the first is 1.
  package let line: Int
  package let count: Int
  private let bytes: UnsafePointer<UInt8>
  private let ends: UnsafePointer<Int>

  init(line: Int, count: Int, bytes: UnsafePointer<UInt8>, ends: UnsafePointer<Int>) {
    self.line = line
    self.count = count
    self.bytes = bytes
    self.ends = ends
  }

  /// The cell without its quotes; without the blanks around it unless it was quoted.
  package subscript(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let start = index == 0 ? 0 : ends[index - 1]
    return UnsafeBufferPointer(start: bytes + start, count: ends[index] - start)
  }

  package func text(_ index: Int) -> String {
    String(decoding: self[index], as: UTF8.self)
  }

  /// Whether no cell holds anything.
  package var isBlank: Bool {
    if let first = self[0].first, first > 0x20, first < 0x7F { return false }
    for index in 0..<count where !FieldText.trimmed(self[index]).isEmpty { return false }
    return true
  }
}
