/// Names of files after numbers of records: a number may have characters that a file's name may
/// not (`/`, or `:` on a colleague's Windows), and two numbers must not share a file.
package struct FileNames {
  /// In bytes; with an ending it stays below the 255 of every file system.
  private static let longest = 200
  private var taken: Set<String> = []

  /// - Parameter taken: names that are in use already.
  package init(taken: String...) {
    self.taken = Set(taken)
  }

  /// A name for the number, the same for the same sequence of numbers.
  package mutating func name(_ number: String, ending: String) -> String {
    var stem = ""
    for character in number {
      let isPlain = character.unicodeScalars.allSatisfy { FileNames.isPlain($0) }
      let next = isPlain ? String(character) : "_"
      if stem.utf8.count + next.utf8.count > FileNames.longest { break }
      stem += next
    }
    if stem.isEmpty || stem.hasPrefix(".") { stem = "_" + stem }
    var name = stem + ending
    var count = 1
    // Where case does not count, `a1` and `A1` are one file.
    while !taken.insert(name.lowercased()).inserted {
      count += 1
      name = "\(stem)-\(count)\(ending)"
    }
    return name
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 {
      return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        || "-._()".unicodeScalars.contains(scalar)
    }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
