/// How many columns of a terminal text takes: East Asian wide characters take two.
///
/// Not wcwidth(3): Swift's Glibc does not show it, and it answers for the locale of the process,
/// which a cron job has not set.
enum DisplayWidth {
  static func of(_ text: String) -> Int {
    var text = text
    return text.withUTF8 { of($0) }
  }

  static func of(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    prefix(of: text, width: .max).width
  }

  /// The longest start of the text that takes at most `width` columns: its bytes and its columns.
  static func prefix(
    of text: UnsafeBufferPointer<UInt8>, width limit: Int
  ) -> (bytes: Int, width: Int) {
    var index = 0
    var width = 0
    while index < text.count {
      let lead = text[index]
      if lead < 0x80 {
        if width == limit { break }
        width += 1
        index += 1
        continue
      }
      let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
      guard index + length <= text.count else { break }
      let more = columns(of: scalar(text, index, length))
      if width + more > limit { break }
      width += more
      index += length
    }
    return (index, width)
  }

  private static func scalar(
    _ text: UnsafeBufferPointer<UInt8>, _ index: Int, _ length: Int
  ) -> UInt32 {
    var value = UInt32(text[index]) & (0xFF >> UInt32(length + 1))
    for next in 1..<length { value = value << 6 | UInt32(text[index + next] & 0x3F) }
    return value
  }

  private static func columns(of scalar: UInt32) -> Int {
    switch scalar {
    case 0x80...0x2FF: return 1
    // What Chinese text is made of, first: ideographs, punctuation, full-width forms.
    case 0x4E00...0x9FFF, 0x3000...0x303E, 0xFF01...0xFF60: return 2
    default: break
    }
    guard let properties = Unicode.Scalar(scalar)?.properties else { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return isWide(scalar) || properties.isEmojiPresentation ? 2 : 1
    }
  }

  /// Whether the character is Wide or Fullwidth in Unicode's EastAsianWidth.txt (UAX #11), by block;
  /// emoji outside these blocks are known by their property.
  private static func isWide(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x1100...0x115F,  // Hangul Jamo, leading consonants
      0x2E80...0x303E, 0x3041...0x33FF,  // radicals, kana, enclosed and squared (㈱, ㎡)
      0x3400...0x4DBF, 0x4E00...0x9FFF,  // ideographs
      0xA000...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,  // Yi, Hangul
      0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B,  // compatibility and vertical forms
      0xFF01...0xFF60, 0xFFE0...0xFFE6,  // full-width forms, ￥
      0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF,  // Tangut, Khitan, kana supplements
      0x1F200...0x1F265, 0x20000...0x3FFFD:  // squared words, ideographs of the other planes
      true
    default: false
    }
  }
}
