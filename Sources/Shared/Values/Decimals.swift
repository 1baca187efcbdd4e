/// Text of scaled integers. No float ever stands between the digits and the number.
package enum Decimals {
  /// `value / 10^places` as text; with `trim`, without trailing zeros.
  package static func text(_ value: Int64, places: Int, trim: Bool) -> String {
    String(unsafeUninitializedCapacity: 28) { buffer in
      write(value, places: places, trim: trim, to: buffer)
    }
  }

  /// Writes the text of `value / 10^places` (ASCII) to the start of `buffer`, which must hold at
  /// least 28 bytes, and returns its length.
  package static func write(
    _ value: Int64, places: Int, trim: Bool, to buffer: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var magnitude = value.magnitude
    var places = places
    if trim {
      while places > 0, magnitude % 10 == 0 {
        magnitude /= 10
        places -= 1
      }
    }
    // Digits from the right, then moved to the front.
    var at = 28
    var written = 0
    repeat {
      at -= 1
      buffer[at] = UInt8(truncatingIfNeeded: magnitude % 10) &+ 0x30
      magnitude /= 10
      written += 1
      if written == places {
        at -= 1
        buffer[at] = UInt8(ascii: ".")
        if magnitude == 0 {
          at -= 1
          buffer[at] = UInt8(ascii: "0")
        }
      }
    } while magnitude > 0 || written < places
    if value < 0 {
      at -= 1
      buffer[at] = UInt8(ascii: "-")
    }
    let length = 28 - at
    for index in 0..<length { buffer[index] = buffer[at + index] }
    return length
  }

  /// The number for people: thousands separators, trailing zeros cut down to `atLeast` places.
  package static func grouped(_ value: Int64, places: Int, atLeast: Int) -> String {
    let plain = text(value, places: places, trim: false)
    let unsigned = plain.hasPrefix("-") ? String(plain.dropFirst()) : plain
    let parts = unsigned.split(separator: ".", omittingEmptySubsequences: false)
    var whole = ""
    for (index, digit) in parts[0].enumerated() {
      if index > 0, (parts[0].count - index) % 3 == 0 { whole.append(",") }
      whole.append(digit)
    }
    var fraction = parts.count > 1 ? String(parts[1]) : ""
    while fraction.count > atLeast, fraction.hasSuffix("0") { fraction.removeLast() }
    let sign = value < 0 ? "-" : ""
    return fraction.isEmpty ? sign + whole : sign + whole + "." + fraction
  }
}
