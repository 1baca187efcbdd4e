import Shared

/// The tax bureau's list of requests that it did not take: found by its headings, whatever else is in
/// it and however many lines of title stand above.
struct FailureList {
  static let numberHeading = "发票流水号"
  static let reasonHeading = "导入失败原因"

  struct Row {
    var line: Int
    var number: String
    var reason: String
  }

  /// - Throws: `BadInput` for what is not CSV or has not these headings.
  static func read(_ source: InputSource) throws -> [Row] {
    var columns: (number: Int, reason: Int)?
    var rows: [Row] = []
    try CSVReader.read(TextStream(source, encoding: .auto)) { row in
      let cells = (0..<row.count).map(row.text)
      guard let (number, reason) = columns else {
        let headings = cells.map { HeadingText.normal($0).filter { $0 != "*" } }
        if let number = headings.firstIndex(of: numberHeading),
          let reason = headings.firstIndex(of: reasonHeading)
        {
          columns = (number, reason)
        }
        return
      }
      guard number < cells.count, reason < cells.count else { return }
      let found = Row(
        line: row.line, number: trimmed(cells[number]), reason: trimmed(cells[reason]))
      if !found.number.isEmpty { rows.append(found) }
    }
    if columns == nil {
      throw BadInput(
        Finding(
          rule: "request.failure-headings", file: source.name, line: 1,
          message: Phrase(
            "there are no headings '\(numberHeading)' and '\(reasonHeading)'",
            "没有表头“\(numberHeading)”和“\(reasonHeading)”"),
          hint: Phrase(
            "give the tax bureau's list of failures, saved as CSV", "请提供税务局导入失败明细，另存为 CSV")))
    }
    return rows
  }

  /// Spreadsheets keep codes text by a tab or an apostrophe before them.
  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while let first = text.first, first.isWhitespace || first == "'" { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
