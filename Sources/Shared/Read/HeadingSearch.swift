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
