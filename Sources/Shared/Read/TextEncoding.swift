/// How an input's characters are written as bytes.
package enum TextEncoding: String, CaseIterable, Sendable {
  case utf8 = "utf-8"
  case gb18030
  /// By its byte order mark.
  case utf16 = "utf-16"
  /// UTF-8 if the whole input is valid UTF-8, else GB18030.
  case auto

  /// The encoding that a user names: `GBK`, `cp936` and `gb2312` are parts of GB18030.
  package init?(name: String) {
    switch name.lowercased() {
    case "utf-8", "utf8": self = .utf8
    case "gb18030", "gbk", "gb2312", "cp936": self = .gb18030
    case "utf-16", "utf16": self = .utf16
    case "auto": self = .auto
    default: return nil
    }
  }

  /// What the whole input is. Not a guess: text in GB18030 with Chinese in it is hardly ever valid
  /// UTF-8, and text that is both means the same in both if it is ASCII.
  package static func detect(_ source: InputSource) throws -> TextEncoding {
    try source.prepareRereading()
    let reader = try source.open()
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: source.chunkSize + 4, alignment: 16)
    defer { buffer.deallocate() }
    var carried = 0
    while true {
      let room = UnsafeMutableRawBufferPointer(
        rebasing: buffer[carried..<carried + source.chunkSize])
      let read = try reader.read(into: room)
      let bytes = UnsafeBufferPointer(
        rebasing: buffer.bindMemory(to: UInt8.self)[..<(carried + read)])
      if read == 0 { return carried == 0 ? .utf8 : .gb18030 }
      let whole = UTF8Scan.wholeCharacters(bytes)
      let complete = UnsafeBufferPointer(rebasing: bytes[..<whole])
      if UTF8Scan.firstBadByte(complete) != nil { return .gb18030 }
      carried = bytes.count - whole
      for index in 0..<carried { buffer[index] = bytes[whole + index] }
    }
  }
}

/// Validity of UTF-8 in pieces.
enum UTF8Scan {
  /// How many bytes come before a character that begins in `bytes` but does not end there.
  static func wholeCharacters(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var index = bytes.count - 1
    let limit = Swift.max(0, bytes.count - 3)
    while index >= limit {
      let byte = bytes[index]
      if byte < 0x80 { return bytes.count }
      if byte >= 0xC0 {
        let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
        return index + length > bytes.count ? index : bytes.count
      }
      index -= 1
    }
    return bytes.count
  }

  /// The offset of the first byte that is not UTF-8.
  static func firstBadByte(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }
}
