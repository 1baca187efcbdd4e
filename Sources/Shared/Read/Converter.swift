import Glibc

/// Bytes of another encoding to UTF-8, by iconv.
package final class Converter {
  private let handle: iconv_t
  private let output: UnsafeMutableBufferPointer<CChar>

  /// - Parameter capacity: of the output, at least twice the longest input.
  /// - Throws: `Failure(.unavailable)` if the system lacks the encoding.
  package init(from encoding: TextEncoding, capacity: Int) throws(Failure) {
    let name = encoding == .utf16 ? "UTF-16" : "GB18030"
    guard let handle = iconv_open("UTF-8", name), handle != iconv_t(bitPattern: -1) else {
      throw Failure(
        .unavailable, Phrase("this system cannot read \(name)", "本系统无法转换 \(name) 编码"),
        hint: Phrase("save the file as CSV UTF-8", "请将文件另存为 CSV UTF-8"))
    }
    self.handle = handle
    output = .allocate(capacity: capacity)
  }

  deinit {
    iconv_close(handle)
    output.deallocate()
  }

  /// The text of the whole characters at the start of `bytes`, how many bytes they take, and
  /// whether the byte behind them begins no character.
  package func convert(
    _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool
  ) -> (text: UnsafeBufferPointer<UInt8>, used: Int, isBad: Bool) {
    var from = UnsafeMutableRawPointer(mutating: bytes.baseAddress)?
      .assumingMemoryBound(to: CChar.self)
    var left = bytes.count
    var to = output.baseAddress
    var room = output.count
    let result = iconv(handle, &from, &left, &to, &room)
    // EINVAL: the last character is not complete yet. E2BIG cannot be: there is room.
    let isBad = result == -1 && (errno != EINVAL || isLast)
    let text = UnsafeRawBufferPointer(
      rebasing: UnsafeRawBufferPointer(output)[..<(output.count - room)])
    return (text.bindMemory(to: UInt8.self), bytes.count - left, isBad)
  }
}
