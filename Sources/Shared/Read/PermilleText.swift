/// `万分之五`, `千分之一`, `百分之0.05`: shares as contracts write them.
enum PermilleText {
  /// The share in millionths of a ‰; nil if the text is not of this form.
  static func share(_ bytes: UnsafeBufferPointer<UInt8>) throws(NumberText.Problem) -> Int64? {
    // Every such text begins with 万, 千 or 百.
    guard bytes.count <= 60, let first = bytes.first, first >= 0xE4 else { return nil }
    let text = FieldText.halfWidth(bytes)
    let forms: [(String, places: Int)] = [("百分之", 7), ("千分之", 6), ("万分之", 5)]
    for (prefix, places) in forms where text.hasPrefix(prefix) {
      var rest = text.dropFirst(prefix.count)
      while rest.first == " " { rest.removeFirst() }
      if rest.count == 1, let word = rest.first, let index = words.firstIndex(of: word) {
        // 半 is a half; the others are their place in the row. In halves, so that both are whole.
        let halves: Int64 = index == 0 ? 1 : Int64(index) * 2
        return halves * power(places) / 2
      }
      return try Array(rest.utf8).withUnsafeBufferPointer {
        (bytes) throws(NumberText.Problem) -> Int64 in
        let (value, suffix) = try NumberText.scaled(bytes, places: places, takesCurrency: false)
        if suffix != .none { throw .notANumber }
        return value
      }
    }
    return nil
  }

  private static let words: [Character] = Array("半一二三四五六七八九十")

  private static func power(_ places: Int) -> Int64 {
    var value: Int64 = 1
    for _ in 0..<places { value *= 10 }
    return value
  }
}
