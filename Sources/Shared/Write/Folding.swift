/// Lines of sentences as they are folded for a terminal.
enum Folding {
  /// A line of at least this many columns is worth it.
  private static let least = 40
  /// What begins no line, and what ends none.
  private static let closing = Set("，。、；：！？）》”’」』】〉…·,.;:!?)]}%")
  private static let opening = Set("（《“‘「『【〈([{")

  /// The line in pieces of at most `width` columns, all but the first indented: broken at a blank or
  /// between Chinese characters, and not at all where there is no such place. Escape sequences of colours
  /// take no column.
  static func fold(_ line: String, width: Int, indent: String = "    ") -> [String] {
    guard width >= least, line.utf8.count > width else { return [line] }
    var lines: [String] = []
    var piece = ""
    var columns = 0
    /// What stands behind the last place to break at.
    var rest = ""
    var restColumns = 0
    var isEscape = false
    var previous: Character = " "
    for character in line {
      if character == "\u{1B}" { isEscape = true }
      let own = isEscape ? 0 : DisplayWidth.of(String(character))
      if isEscape, character.isLetter { isEscape = false }
      if own > 0, canBreak(previous, character) {
        piece += rest
        columns += restColumns
        (rest, restColumns) = ("", 0)
      }
      if columns + restColumns + own > width, character != " ",
        piece.contains(where: { $0 != " " })
      {
        while piece.last == " " { piece.removeLast() }
        lines.append(piece)
        (piece, columns) = (indent, indent.count)
      }
      rest.append(character)
      restColumns += own
      if own > 0 { previous = character }
    }
    lines.append(piece + rest)
    return lines
  }

  private static func canBreak(_ before: Character, _ after: Character) -> Bool {
    if before == " " { return after != " " }
    if closing.contains(after) || opening.contains(before) || after == " " { return false }
    return isWide(before) || isWide(after)
  }

  private static func isWide(_ character: Character) -> Bool {
    DisplayWidth.of(String(character)) == 2
  }
}
