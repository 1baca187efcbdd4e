/// Rows of spreadsheets that sum up those above them. Nothing is called by these words.
enum SumRow {
  private static let words: Set = ["合计", "总计", "小计", "共计", "累计"]

  /// Whether such a word stands in the first cell that holds anything.
  static func isOne(_ row: CSVRow) -> Bool {
    for index in 0..<row.count {
      let cell = FieldText.trimmed(row[index])
      guard let first = cell.first else { continue }
      // Nearly all rows end here: what begins in ASCII is no such word, nor what is long.
      guard first >= 0xE0, cell.count <= 32 else { return false }
      var text = HeadingText.normal(cell)
      if text.last == ":" { text.removeLast() }
      return words.contains(text)
    }
    return false
  }
}
