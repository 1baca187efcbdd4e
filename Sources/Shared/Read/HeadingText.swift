/// Headings as they are compared, and how far two of them are apart.
package enum HeadingText {
  /// Half-width, lower-case, without blanks and line ends, and without the `*` of a required column.
  static func normal(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var text = Substring(FieldText.halfWidth(bytes).filter { !$0.isWhitespace })
    while text.last == "*", text.count > 1 { text.removeLast() }
    while text.first == "*", text.count > 1 { text.removeFirst() }
    return text.lowercased()
  }

  package static func normal(_ text: String) -> String {
    var text = text
    return text.withUTF8 { normal($0) }
  }

  /// A heading in its normal form and the unit in brackets at its end, `建筑面积(m2)`; nil without one.
  static func splitUnit(_ heading: String) -> (name: String, unit: String)? {
    guard heading.last == ")", let open = heading.lastIndex(of: "("), open > heading.startIndex
    else { return nil }
    return (
      String(heading[..<open]), String(heading[heading.index(after: open)...].dropLast())
    )
  }

  /// What is in no register and says nothing: the number of a row in a list on paper.
  static func isRowNumber(_ heading: UnsafeBufferPointer<UInt8>) -> Bool {
    normal(heading) == "序号"
  }

  /// The name that is nearest to `text`, if it is near at all: at most half of its characters
  /// differ.
  package static func nearest(_ text: String, in names: [String]) -> String? {
    let wanted = Array(normal(text).prefix(80))
    var best: (name: String, distance: Int)?
    for name in names {
      let known = Array(normal(name))
      let distance = distance(wanted, known)
      guard distance * 2 <= Swift.max(known.count, wanted.count) else { continue }
      if distance < best?.distance ?? Int.max { best = (name, distance) }
    }
    return best?.name
  }

  /// Levenshtein's edit distance.
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var row = Array(0...b.count)
    for (i, left) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, right) in b.enumerated() {
        let above = row[j + 1]
        row[j + 1] = Swift.min(
          diagonal + (left == right ? 0 : 1), Swift.min(above, row[j]) + 1)
        diagonal = above
      }
    }
    return row[b.count]
  }
}
