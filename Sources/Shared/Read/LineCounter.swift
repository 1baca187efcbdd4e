import Glibc

/// Counts physical lines in text that comes in pieces. A line ends with LF, CRLF, or a lone CR.
struct LineCounter {
  /// How many line ends there were.
  private(set) var breaks = 0
  private var isAfterCR = false

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
    if memchr(base, 0x0D, bytes.count) == nil {
      var count = 0
      for byte in bytes { count &+= byte == 0x0A ? 1 : 0 }
      breaks += count - (isAfterCR && bytes[0] == 0x0A ? 1 : 0)
      isAfterCR = false
      return
    }
    for byte in bytes {
      if byte == 0x0D || (byte == 0x0A && !isAfterCR) { breaks += 1 }
      isAfterCR = byte == 0x0D
    }
  }
}
