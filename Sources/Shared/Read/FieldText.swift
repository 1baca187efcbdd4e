/// Small things about the bytes of a cell.
package enum FieldText {
  /// Without the white space and the invisible characters around it: ASCII blanks, the ideographic
  /// and the no-break space, zero-width and direction marks (U+200B…F, U+202A…E, U+2060, U+FEFF).
  package static func trimmed(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    var start = 0
    var end = bytes.count
    while start < end {
      let byte = bytes[start]
      if isBlank(byte) {
        start += 1
      } else if byte >= 0xC2, let length = invisible(bytes, start, end) {
        start += length
      } else {
        break
      }
    }
    while end > start {
      let byte = bytes[end - 1]
      if isBlank(byte) {
        end -= 1
      } else if byte >= 0x80, end - start >= 2, invisible(bytes, end - 2, end) == 2 {
        end -= 2
      } else if byte >= 0x80, end - start >= 3, invisible(bytes, end - 3, end) == 3 {
        end -= 3
      } else {
        break
      }
    }
    return UnsafeBufferPointer(rebasing: bytes[start..<end])
  }

  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }

  /// The length of the invisible character at that place, if it is one.
  static func invisible(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> Int? {
    if at + 2 <= end, bytes[at] == 0xC2, bytes[at + 1] == 0xA0 { return 2 }
    guard at + 3 <= end else { return nil }
    switch (bytes[at], bytes[at + 1], bytes[at + 2]) {
    case (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF), (0xE2, 0x81, 0xA0): return 3
    case (0xE2, 0x80, 0x8B...0x8F), (0xE2, 0x80, 0xAA...0xAE): return 3
    default: return nil
    }
  }

  /// Full-width forms as their ASCII characters, the ideographic and no-break space as a blank,
  /// without invisible characters. `（１２）` becomes `(12)`.
  static func halfWidth(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var text = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0xFF01...0xFF5E: text.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
      case 0x3000, 0xA0: text.append(" ")
      case 0x200B...0x200F, 0x202A...0x202E, 0x2060, 0xFEFF: break
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// A value for a sentence: short, on one line, masked if it must not be seen.
  static func shown(_ bytes: UnsafeBufferPointer<UInt8>, isSensitive: Bool) -> String {
    let limit = 40
    // A prefix that surely holds the characters that are shown.
    let text = String(decoding: bytes.prefix(limit * 4 + 4), as: UTF8.self)
    if isSensitive { return text.prefix(1) + "***" }
    var shown = ""
    for scalar in text.unicodeScalars.prefix(limit) {
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x202A...0x202E, 0x2028, 0x2029, 0xFEFF:
        shown += "\\u{\(String(scalar.value, radix: 16))}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return bytes.count > shown.utf8.count && text.unicodeScalars.count > limit
      ? shown + "…" : shown
  }
}
