/// The search for the row of headings among the first rows of a file: the first one with which nothing
/// is wrong, or else the one to complain about.
struct HeadingSearch {
  /// How many rows may stand above the headings.
  private static let limit = 20

  private(set) var rows = 0
  /// What is wrong with the row that comes nearest.
  private(set) var findings: [Finding] = []
  private var lacking = Int.max
  private var knowing = 0

  var isOver: Bool { rows > HeadingSearch.limit }

  /// - Parameters:
  ///   - lacking: how many columns that must be there the row lacks.
  ///   - knowing: how many fields it names.
  mutating func note(_ findings: [Finding], lacking: Int, knowing: Int) {
    rows += 1
    guard lacking < self.lacking || (lacking == self.lacking && knowing > self.knowing) else {
      return
    }
    (self.findings, self.lacking, self.knowing) = (findings, lacking, knowing)
  }
}

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
