/// Records as the one sheet of a workbook: headings that stay in sight with a filter, and cells of
/// their type. Numbers and days are numbers and days to Excel; codes are text and keep their zeros.
/// Text is never a formula, whatever it begins with.
final class SheetWriter {
  /// Excel's, with the heading.
  static let rowLimit = 1_048_576
  /// In characters; a Chinese one counts two.
  private static let widths = 8...60
  /// Day 0 of `CivilDate` counted by Excel, which believes in a 29 February 1900: days before March
  /// 1900 are text.
  private static let epoch: Int32 = 25_569
  private static let firstDay: Int32 = -25_508

  private let columns: [Column]
  private let headings: Language
  private let looks: [ColumnLook]
  private var widths: [Int]
  private let rowLimit: Int
  private let book: Result<Workbook, Failure>
  private let sheet: Workbook.Sheet?
  private let scratch = ByteOutput.memory(capacity: 256)
  private var row = 1

  init(
    _ columns: [Column], _ headings: Language, title: String, made day: CivilDate,
    rowLimit: Int = SheetWriter.rowLimit
  ) {
    self.columns = columns
    self.headings = headings
    self.rowLimit = rowLimit
    looks = columns.map { ColumnLook($0.kind) }
    widths = columns.map { DisplayWidth.of($0.heading(headings)) + SheetWriter.arrow }
    // Said by the first row, or at the end: whoever makes a writer has nothing to lose yet.
    book = Result { () throws(Failure) in try Workbook(made: day, isStreaming: true) }
    sheet = (try? book.get())?.sheet(title)
    for (index, column) in columns.enumerated() {
      sheet?.text(0, index, column.heading(headings), .heading)
    }
  }

  /// The room that the filter's arrow takes in a heading.
  private static let arrow = 3

  func integer(_ value: Int64, _ column: Int, _ shape: CellRule.Shape) {
    var (value, places) = (value, 0)
    switch shape {
    case .money: places = 2
    case .millionths:
      places = Fixed.places
      while places > 0, value % 10 == 0 { (value, places) = (value / 10, places - 1) }
    case .integer: break
    case .flag, .plain, .choice: return words(value, column, shape)
    }
    let text = Decimals.grouped(value, places: places, atLeast: places)
    let digits = text.utf8.count { $0 >= 0x30 && $0 <= 0x39 }
    // Excel would make zeros of the others.
    if digits > Workbook.digits { return words(value, places, column) }
    measure(text.utf8.count, column)
    sheet?.number(row, column, value, places: places, looks[column].of(places: places))
  }

  func text(_ text: UnsafeBufferPointer<UInt8>, _ column: Int) {
    if looks[column].typed == .date, let day = CivilDate(iso: text),
      day.number >= SheetWriter.firstDay
    {
      measure(10, column)
      sheet?.number(row, column, Int64(day.number + SheetWriter.epoch), places: 0, .date)
    } else {
      scratch.clear()
      scratch.append(text)
      write(column)
    }
  }

  private func words(_ value: Int64, _ column: Int, _ shape: CellRule.Shape) {
    scratch.clear()
    scratch.append(value, as: shape, headings)
    write(column)
  }

  private func words(_ value: Int64, _ places: Int, _ column: Int) {
    scratch.clear()
    scratch.append(Decimals.text(value, places: places, trim: false))
    write(column)
  }

  /// What is in the scratch.
  private func write(_ column: Int) {
    guard scratch.count > 0 else { return }
    measure(DisplayWidth.of(scratch.bytes), column)
    scratch.append(0)
    sheet?.text(row, column, scratch.bytes)
  }

  private func measure(_ width: Int, _ column: Int) {
    if width > widths[column] { widths[column] = width }
  }

  func endRow() throws(Failure) {
    guard row < rowLimit else {
      let most = Decimals.grouped(Int64(rowLimit - 1), places: 0, atLeast: 0)
      throw Failure(
        .cannotCreate,
        Phrase(
          "there are more rows than the \(most) that a sheet of Excel takes; nothing is written",
          "行数超过 Excel 工作表的上限 \(most) 行，未写出任何内容"),
        hint: Phrase(
          "ask for fewer rows, or use --format csv", "请缩小范围，或用 --format csv"))
    }
    try book.get().check()
    row += 1
  }

  func finish(to output: ByteOutput) throws(Failure) {
    let book = try book.get()
    for (index, width) in widths.enumerated() {
      let range = SheetWriter.widths
      let width = min(max(width + 1, range.lowerBound), range.upperBound)
      sheet?.column(index, width: width, looks[index].typed)
    }
    sheet?.freeze(rows: 1)
    sheet?.printWide()
    sheet?.filter(0...max(row - 1, 1), 0...columns.count - 1)
    try book.finish(to: output)
  }
}

/// How the cells of a column look.
private struct ColumnLook {
  /// What somebody may type.
  let typed: Workbook.Look
  /// A number up to `wholePlaces`, for which a format with optional places would leave a bare point.
  let whole: Workbook.Look
  let wholePlaces: Int
  /// A number of more places.
  let parted: Workbook.Look

  init(_ kind: FieldKind) {
    wholePlaces = if case .rate = kind { 2 } else { 0 }
    (typed, whole, parted) =
      switch kind {
      case .code, .text, .month, .flag, .choice, .codes: (.text, .text, .text)
      case .date: (.date, .date, .date)
      case .money: (.money, .money, .money)
      case .integer: (.general, .integer, .integer)
      case .decimal, .percent, .permille: (.general, .whole, .decimal)
      case .rate: (.general, .wholeShare, .share)
      }
  }

  /// - Parameter places: how many the number has, trailing zeros left out.
  func of(places: Int) -> Workbook.Look {
    places > wholePlaces ? parted : whole
  }
}
