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
    // 19 digits, a comma after every third, a point, a sign; from the right, then moved to the front.
    let capacity = 28
    return String(unsafeUninitializedCapacity: capacity) { buffer in
      var magnitude = value.magnitude
      var places = places
      while places > atLeast, magnitude % 10 == 0 {
        magnitude /= 10
        places -= 1
      }
      var at = capacity
      var written = 0
      func put(_ byte: UInt8) {
        at -= 1
        buffer[at] = byte
      }
      repeat {
        if written == places, places > 0 { put(UInt8(ascii: ".")) }
        if written > places, (written - places) % 3 == 0 { put(UInt8(ascii: ",")) }
        put(UInt8(truncatingIfNeeded: magnitude % 10) &+ 0x30)
        magnitude /= 10
        written += 1
      } while magnitude > 0 || written <= places
      if value < 0 { put(UInt8(ascii: "-")) }
      let length = capacity - at
      for index in 0..<length { buffer[index] = buffer[at + index] }
      return length
    }
  }
}
