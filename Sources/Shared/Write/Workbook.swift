import CLibXLSXWriter
import Glibc

/// An Excel workbook (.xlsx), by libxlsxwriter: the one file that knows the library. Rows and columns
/// count from 0. Every cell that is written as text stays text, so that no reader makes a number of a
/// code.
package final class Workbook {
  /// How a cell looks.
  package enum Look: CaseIterable, Sendable {
    /// Of the column's number format 文本, for codes and data.
    case text
    /// Bold, centred, on grey.
    case heading
    /// Wrapped, for notes.
    case note
  }

  /// The library writes to a file; this one is copied to where the workbook goes.
  private let path: String
  private var book: UnsafeMutablePointer<lxw_workbook>?
  private var formats: [Look: UnsafeMutablePointer<lxw_format>] = [:]
  private var error: lxw_error = LXW_NO_ERROR

  /// - Parameter day: when it says that it was made; the same content is the same bytes.
  /// - Throws: `Failure` 73 if there is no room for temporary files.
  package init(made day: CivilDate) throws(Failure) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/boms-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    path = template.withUnsafeBufferPointer { text in
      String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    guard descriptor >= 0 else {
      throw Failure(.cannotCreate, .cannot("create", "创建", "\(path)", errno))
    }
    close(descriptor)
    book = workbook_new(path)
    guard let book else {
      unlink(path)
      throw Failure(.cannotCreate, .cannot("create", "创建", "\(path)", errno))
    }
    var properties = lxw_doc_properties()
    properties.created = Int(day.number) * 86_400
    note(workbook_set_properties(book, &properties))
    for look in Look.allCases { formats[look] = Workbook.format(look, book) }
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
    }
    return format
  }

  /// The first error counts; it is reported when the workbook is finished.
  fileprivate func note(_ error: lxw_error) {
    if self.error == LXW_NO_ERROR { self.error = error }
  }

  fileprivate func format(_ look: Look) -> UnsafeMutablePointer<lxw_format>? { formats[look] }

  /// A sheet behind those that there are.
  package func sheet(_ name: String, isHidden: Bool = false) -> Sheet {
    let sheet = book.flatMap { workbook_add_worksheet($0, name) }
    if sheet == nil { note(LXW_ERROR_SHEETNAME_ALREADY_USED) }
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
  package func finish(to output: ByteOutput) throws {
    guard let book else { return }
    self.book = nil
    note(workbook_close(book))
    guard error == LXW_NO_ERROR else {
      let reason = String(cString: lxw_strerror(error))
      throw Failure(
        .inputOutput, Phrase("cannot write the workbook: \(reason)", "无法写入工作簿：\(reason)"))
    }
    let reader = try InputSource(path).open()
    try withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
      while case let count = try reader.read(into: buffer), count > 0 {
        output.append(
          UnsafeBufferPointer(rebasing: buffer.bindMemory(to: UInt8.self)[..<count]))
        try output.check()
      }
    }
  }
}
