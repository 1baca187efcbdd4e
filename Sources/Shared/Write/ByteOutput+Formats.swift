// The two notations that text has to be fitted into. Numbers, days and codes need neither.

extension ByteOutput {
  /// A CSV field (RFC 4180): in quotes only if it has a comma, a quote, a line break, or a space at
  /// either end, which some readers would trim.
  func appendCSV(_ text: UnsafeBufferPointer<UInt8>) {
    guard let first = text.first, let last = text.last else { return }
    // Without an early exit, so that the compiler can look at sixteen bytes at a time.
    var special: UInt8 = first == 0x20 || last == 0x20 ? 1 : 0
    for byte in text {
      special |= byte == 0x22 ? 1 : 0
      special |= byte == 0x2C ? 1 : 0
      special |= byte == 0x0A ? 1 : 0
      special |= byte == 0x0D ? 1 : 0
    }
    if special == 0 { return append(text) }
    append(0x22)
    for byte in text {
      if byte == 0x22 { append(0x22) }
      append(byte)
    }
    append(0x22)
  }

  /// A JSON string with its quotes.
  func appendJSON(_ text: UnsafeBufferPointer<UInt8>) {
    append(0x22)
    var special: UInt8 = 0
    for byte in text {
      special |= byte == 0x22 ? 1 : 0
      special |= byte == 0x5C ? 1 : 0
      special |= byte < 0x20 ? 1 : 0
    }
    if special == 0 {
      append(text)
    } else {
      appendEscaped(text)
    }
    append(0x22)
  }

  private func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    var from = 0
    for index in text.indices {
      let byte = text[index]
      guard byte == 0x22 || byte == 0x5C || byte < 0x20 else { continue }
      append(UnsafeBufferPointer(rebasing: text[from..<index]))
      appendEscape(byte)
      from = index + 1
    }
    append(UnsafeBufferPointer(rebasing: text[from...]))
  }

  package func appendJSON(_ text: String) {
    var text = text
    text.withUTF8 { appendJSON($0) }
  }

  private func appendEscape(_ byte: UInt8) {
    append(0x5C)
    switch byte {
    case 0x22, 0x5C: append(byte)
    case 0x08: append(UInt8(ascii: "b"))
    case 0x09: append(UInt8(ascii: "t"))
    case 0x0A: append(UInt8(ascii: "n"))
    case 0x0C: append(UInt8(ascii: "f"))
    case 0x0D: append(UInt8(ascii: "r"))
    default:
      append("u00")
      append(byte < 0x10 ? 0x30 : 0x31)
      let low = byte & 0xF
      append(low < 10 ? 0x30 + low : 0x57 + low)
    }
  }

  /// Text for a line that people read: a control character (a line break, a terminal's escape, from
  /// a file of who knows whom) would break the line or the screen, and becomes a space.
  func appendLine(_ text: UnsafeBufferPointer<UInt8>) {
    var previous: UInt8 = 0
    for byte in text {
      if byte < 0x20 || byte == 0x7F {
        append(0x20)
      } else if previous == 0xC2, byte < 0xA0 {
        // U+0080 … U+009F, control characters too, become U+00A0.
        append(0xA0)
      } else {
        append(byte)
      }
      previous = byte
    }
  }

  func appendLine(_ text: String) {
    var text = text
    text.withUTF8 { appendLine($0) }
  }
}
