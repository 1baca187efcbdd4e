import CLibXLSXWriter
import Glibc

/// An Excel workbook (.xlsx), by libxlsxwriter: the one file that knows the library. Rows and columns
/// count from 0. Every cell that is written as text stays text, so that no reader makes a number of a
/// code.
package final class Workbook {
  /// How a cell looks.
  package enum Look: Int, CaseIterable, Sendable {
    /// Of the column's number format 文本, for codes and data.
    case text
    /// Bold, centred, on grey.
    case heading
    /// Wrapped, for notes.
    case note
    /// With two places and separators.
    case money
    /// With separators and as many places as it has, six at most.
    case decimal
    /// A decimal without places: as `decimal` it would end in its point.
    case whole
    /// Its digits.
    case integer
    /// A share of one, shown in percent, with as many places as that has.
    case share
    /// A share of one that is whole in percent.
    case wholeShare
    /// As Excel thinks best: where somebody types a number, no format must change what he means.
    case general
    /// `yyyy-mm-dd`.
    case date
  }

  /// How many digits of a number Excel keeps.
  package static let digits = 15

  private let folder: String
  /// The library writes to a file; this one is copied to where the workbook goes.
  private let path: String
  private let isStreaming: Bool
  private var book: UnsafeMutablePointer<lxw_workbook>?
  private var formats: [UnsafeMutablePointer<lxw_format>?] = []
  private var sheets: [UnsafeMutablePointer<lxw_worksheet>] = []
  private var error: lxw_error = LXW_NO_ERROR

  /// - Parameters:
  ///   - day: when it says that it was made; the same content is the same bytes.
  ///   - isStreaming: cells come row by row, and only one row is kept in memory.
  /// - Throws: `Failure` 73 if there is no room for temporary files.
  package init(made day: CivilDate, isStreaming: Bool = false) throws(Failure) {
    folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    self.isStreaming = isStreaming
    var template = Array("\(folder)/boms-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    path = template.withUnsafeBufferPointer { text in
      String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    guard descriptor >= 0 else {
      throw Failure.cannotCreate(path)
    }
    close(descriptor)
    book = isStreaming ? boms_streaming_workbook(path, folder) : workbook_new(path)
    guard let book else {
      unlink(path)
      throw Failure.cannotCreate(path)
    }
    var properties = lxw_doc_properties()
    properties.created = Int(day.number) * 86_400
    note(workbook_set_properties(book, &properties))
    formats = Look.allCases.map { Workbook.format($0, book) }
  }

  deinit {
    if let book { lxw_workbook_free(book) }
    unlink(path)
  }

  private static func format(
    _ look: Look, _ book: UnsafeMutablePointer<lxw_workbook>
  ) -> UnsafeMutablePointer<lxw_format>? {
    let format = workbook_add_format(book)
    switch look {
    case .text: format_set_num_format(format, "@")
    case .heading:
      format_set_num_format(format, "@")
      format_set_bold(format)
      format_set_bg_color(format, 0xD9D9D9)
      format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
      format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
      format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
      format_set_text_wrap(format)
    case .note:
      format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
      format_set_text_wrap(format)
    case .money: format_set_num_format(format, "#,##0.00")
    case .decimal: format_set_num_format(format, "#,##0.######")
    case .whole: format_set_num_format(format, "#,##0")
    case .integer: format_set_num_format(format, "0")
    case .share: format_set_num_format(format, "0.####%")
    case .wholeShare: format_set_num_format(format, "0%")
    case .general: break
    case .date: format_set_num_format(format, "yyyy-mm-dd")
    }
    return format
  }

  /// The first error counts; it is reported when the workbook is finished.
  fileprivate func note(_ error: lxw_error) {
    if self.error == LXW_NO_ERROR { self.error = error }
  }

  fileprivate func format(_ look: Look) -> UnsafeMutablePointer<lxw_format>? {
    formats[look.rawValue]
  }

  /// - Throws: `Failure` 74 if a cell could not be taken.
  package func check() throws(Failure) {
    switch error {
    case LXW_NO_ERROR: return
    case LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED:
      throw Failure(
        .inputOutput,
        Phrase(
          "a text is longer than the 32,767 characters that a cell of Excel takes",
          "有文本超过 Excel 单元格的 32,767 个字符"),
        hint: Phrase("use --format csv", "请用 --format csv"))
    default:
      let reason = String(cString: lxw_strerror(error))
      throw Failure(
        .inputOutput, Phrase("cannot write the workbook: \(reason)", "无法写入工作簿：\(reason)"))
    }
  }

  /// A sheet behind those that there are.
  package func sheet(_ name: String, isHidden: Bool = false) -> Sheet {
    let sheet = book.flatMap { workbook_add_worksheet($0, name) }
    if let sheet { sheets.append(sheet) } else { note(LXW_ERROR_SHEETNAME_ALREADY_USED) }
    if isHidden { worksheet_hide(sheet) }
    return Sheet(book: self, sheet: sheet)
  }

  package struct Sheet {
    fileprivate let book: Workbook
    fileprivate let sheet: UnsafeMutablePointer<lxw_worksheet>?

    package func text(_ row: Int, _ column: Int, _ text: String, _ look: Look = .text) {
      guard let sheet else { return }
      book.note(
        worksheet_write_string(sheet, UInt32(row), UInt16(column), text, book.format(look)))
    }

    /// - Parameter text: ends with a zero.
    package func text(
      _ row: Int, _ column: Int, _ text: UnsafeBufferPointer<UInt8>, _ look: Look = .text
    ) {
      guard let sheet else { return }
      text.withMemoryRebound(to: CChar.self) { text in
        book.note(
          worksheet_write_string(
            sheet, UInt32(row), UInt16(column), text.baseAddress, book.format(look)))
      }
    }

    /// `value / 10^places`, of at most `Workbook.digits` digits.
    package func number(_ row: Int, _ column: Int, _ value: Int64, places: Int, _ look: Look) {
      guard let sheet else { return }
      book.note(
        boms_write_decimal(
          sheet, UInt32(row), UInt16(column), value, Int32(places), book.format(look)))
    }

    /// One cell of several, with the text of the first.
    package func merge(
      _ rows: ClosedRange<Int>, _ columns: ClosedRange<Int>, _ text: String, _ look: Look
    ) {
      guard let sheet else { return }
      book.note(
        worksheet_merge_range(
          sheet, UInt32(rows.lowerBound), UInt16(columns.lowerBound), UInt32(rows.upperBound),
          UInt16(columns.upperBound), text, book.format(look)))
    }

    /// In characters.
    package func width(_ columns: ClosedRange<Int>, _ characters: Int) {
      guard let sheet else { return }
      book.note(
        boms_set_width(
          sheet, Int32(columns.lowerBound), Int32(columns.upperBound), Int32(characters)))
    }

    /// In characters; what is typed into the column looks like what stands there.
    package func column(_ column: Int, width: Int, _ look: Look) {
      guard let sheet else { return }
      book.note(
        boms_set_columns(sheet, Int32(column), Int32(column), Int32(width), book.format(look)))
    }

    /// Lets the reader sort and choose rows by the headings.
    package func filter(_ rows: ClosedRange<Int>, _ columns: ClosedRange<Int>) {
      guard let sheet else { return }
      book.note(
        worksheet_autofilter(
          sheet, UInt32(rows.lowerBound), UInt16(columns.lowerBound), UInt32(rows.upperBound),
          UInt16(columns.upperBound)))
    }

    /// On A4, as wide as a page, with the first row on each.
    package func printWide() {
      guard let sheet else { return }
      worksheet_set_paper(sheet, 9)
      worksheet_set_landscape(sheet)
      worksheet_fit_to_pages(sheet, 1, 0)
      book.note(worksheet_repeat_rows(sheet, 0, 0))
    }

    /// In points.
    package func height(_ row: Int, _ points: Int) {
      guard let sheet else { return }
      book.note(boms_set_height(sheet, Int32(row), Int32(points)))
    }

    /// So many rows stay in sight.
    package func freeze(rows: Int) {
      guard let sheet else { return }
      worksheet_freeze_panes(sheet, UInt32(rows), 0)
    }

    /// Cells that take one of these values only, or none. Excel takes 255 characters in all, with the
    /// commas; no value has a comma or a quote in it.
    package func choices(_ rows: ClosedRange<Int>, _ column: Int, _ choices: [String]) {
      guard let sheet else { return }
      // As a formula, for the library's own list counts characters and writes bytes: it overflows on
      // Chinese.
      let list = strdup("\"\(choices.joined(separator: ","))\"")
      defer { free(list) }
      var validation = lxw_data_validation()
      validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
      validation.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
      validation.value_formula = list
      book.note(
        worksheet_data_validation_range(
          sheet, UInt32(rows.lowerBound), UInt16(column), UInt32(rows.upperBound),
          UInt16(column), &validation))
    }
  }

  /// Writes the workbook out; nothing more is added to it.
  /// - Throws: `Failure` 74 if it cannot be written.
  package func finish(to output: ByteOutput) throws(Failure) {
    guard let book else { return }
    try check()
    if isStreaming { try requireRoom() }
    self.book = nil
    note(workbook_close(book))
    try check()
    guard WrittenWorkbook.isWhole(path) else {
      throw Failure(
        .inputOutput,
        Phrase(
          "cannot write the workbook: its parts in '\(folder)' are cut short",
          "无法写入工作簿：“\(folder)”中的内容不完整"),
        hint: Phrase("set TMPDIR to a folder with space", "请将 TMPDIR 设为有空间的目录"))
    }
    do { try copy(to: output) } catch { throw Failure(error) }
  }

  private func copy(to output: ByteOutput) throws {
    let reader = try InputSource(path).open()
    try withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
      while case let count = try reader.read(into: buffer), count > 0 {
        output.append(
          UnsafeBufferPointer(rebasing: buffer.bindMemory(to: UInt8.self)[..<count]))
        try output.check()
      }
    }
  }

  /// The library copies the waiting rows once more and looks at no error while it does: a full disk
  /// would make half a workbook. So the room is asked for before.
  private func requireRoom() throws(Failure) {
    var bytes: Int64 = 1 << 20
    for sheet in sheets {
      let waiting = boms_waiting_bytes(sheet)
      guard waiting >= 0 else { throw noRoom() }
      bytes += waiting
    }
    let descriptor = namelessFile(in: folder)
    guard descriptor >= 0 else { throw noRoom() }
    let code = posix_fallocate(descriptor, 0, off_t(bytes))
    close(descriptor)
    if code == ENOSPC || code == EDQUOT || code == EFBIG { throw noRoom() }
  }

  private func noRoom() -> Failure {
    Failure(
      .inputOutput,
      Phrase(
        "there is no room in '\(folder)' to put the workbook together",
        "“\(folder)”空间不足，无法生成工作簿"),
      hint: Phrase(
        "make room there, or name another folder in TMPDIR; --format csv needs none",
        "请清理该目录，或用 TMPDIR 指定其他目录；--format csv 不需要临时空间"))
  }
}
