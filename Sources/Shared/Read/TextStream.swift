import Glibc

/// The text of an input as UTF-8, piece by piece: converted, checked, without a byte order mark.
/// A piece may end inside a character.
package final class TextStream {
  package let name: String
  /// Whether a line is a row, also if there is a line end in a cell.
  let linesAreRows: Bool
  private let reader: ByteReader
  private let encoding: TextEncoding
  private let chunkSize: Int
  /// What was read; `carried` bytes at its front were left over from the piece before.
  private let input: UnsafeMutableBufferPointer<UInt8>
  private var filled = 0
  private var used = 0
  private var isAtEnd = false
  private var isStarted = false
  private let converter: Converter?
  private var lines = LineCounter()
  /// What ends the reading after the good bytes before it were given.
  private var pending: BadInput?
  /// The first piece is in `input` already: what the signature was looked for in.
  private var hasHead = true
  /// Pieces that `firstByte` has read already, and whether they are still to be given.
  private var peeked = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)
  private var isPeeked = false

  /// - Throws: `Failure` if the input cannot be opened; `BadInput` if it is not text at all.
  package init(_ source: InputSource, encoding wanted: TextEncoding = .utf8) throws {
    name = source.name
    linesAreRows = source.isSheet
    chunkSize = Swift.max(1, source.chunkSize)
    var encoding =
      source.isSheet ? .utf8 : wanted == .auto ? try TextEncoding.detect(source) : wanted
    reader = try source.open()
    let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Swift.max(chunkSize, 8) + 8)
    self.input = input
    do {
      // Enough to know a byte order mark or a workbook.
      while filled < 8 {
        let count = try reader.read(
          into: UnsafeMutableRawBufferPointer(
            UnsafeMutableBufferPointer(rebasing: input[filled..<8])))
        if count == 0 { break }
        filled += count
      }
      let head = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(input)[..<filled])
      encoding = try Signature.check(head, name: source.name, encoding: encoding)
      converter = encoding == .utf8 ? nil : try Converter(from: encoding, capacity: input.count * 2)
    } catch {
      input.deallocate()
      throw error
    }
    self.encoding = encoding
  }

  deinit {
    input.deallocate()
    peeked.deallocate()
  }

  /// The next piece, valid until the next call; nil at the end. Never empty.
  /// - Throws: `BadInput` (`read.encoding`, `read.nul`), `Failure(.inputOutput)`.
  package func next() throws -> UnsafeBufferPointer<UInt8>? {
    if isPeeked {
      isPeeked = false
      return UnsafeBufferPointer(peeked)
    }
    return try decode()
  }

  /// The first byte that is not white space, without taking anything from the text; nil if there
  /// is none in the first MiB. To be called once, before `next`.
  package func firstByte() throws -> UInt8? {
    var seen: [UInt8] = []
    var first: UInt8?
    while first == nil, seen.count < 1 << 20, let piece = try decode() {
      seen.append(contentsOf: piece)
      first = piece.first { $0 != 0x20 && ($0 < 0x09 || $0 > 0x0D) }
    }
    if !seen.isEmpty {
      peeked = .allocate(capacity: seen.count)
      _ = peeked.initialize(from: seen)
      isPeeked = true
    }
    return first
  }

  private func decode() throws -> UnsafeBufferPointer<UInt8>? {
    while true {
      if let pending { throw pending }
      try fill()
      if filled == 0 { return nil }
      let bytes = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(input)[..<filled])
      var piece = try convert(bytes)
      if !isStarted, !piece.isEmpty {
        isStarted = true
        if piece.starts(with: [0xEF, 0xBB, 0xBF]) {
          piece = UnsafeBufferPointer(rebasing: piece[3...])
        }
      }
      if let base = piece.baseAddress, let zero = memchr(base, 0, piece.count) {
        piece = UnsafeBufferPointer(
          rebasing: piece[..<(UnsafeRawPointer(zero) - UnsafeRawPointer(base))])
        lines.add(piece)
        pending = BadInput(
          "read.nul", name, lines.breaks + 1, Phrase("a NUL byte in the text", "文本中含有空字节(NUL)"),
          hint: Phrase(
            "this is not a text file, or it is UTF-16: save it as CSV UTF-8",
            "这不是文本文件，或编码为 UTF-16：请另存为 CSV UTF-8"))
      } else {
        lines.add(piece)
      }
      if piece.isEmpty { continue }
      return piece
    }
  }

  /// Moves what is left over to the front and reads behind it.
  private func fill() throws {
    let carried = filled - used
    for index in 0..<carried { input[index] = input[used + index] }
    filled = carried
    used = 0
    if hasHead {
      hasHead = false
      return
    }
    let count = try reader.read(
      into: UnsafeMutableRawBufferPointer(
        UnsafeMutableBufferPointer(rebasing: input[carried..<carried + chunkSize])))
    isAtEnd = count == 0
    filled += count
  }

  /// The whole characters of `bytes` as UTF-8, up to the first that is wrong.
  private func convert(_ bytes: UnsafeBufferPointer<UInt8>) throws -> UnsafeBufferPointer<UInt8> {
    if let converter {
      let result = converter.convert(bytes, isLast: isAtEnd)
      used = result.used
      if result.isBad { fail(bytes[result.used], after: result.text) }
      return result.text
    }
    used = isAtEnd ? bytes.count : UTF8Scan.wholeCharacters(bytes)
    let whole = UnsafeBufferPointer(rebasing: bytes[..<used])
    guard let bad = UTF8Scan.firstBadByte(whole) else { return whole }
    let good = UnsafeBufferPointer(rebasing: whole[..<bad])
    fail(whole[bad], after: good)
    return good
  }

  private func fail(_ byte: UInt8, after text: UnsafeBufferPointer<UInt8>) {
    var lines = lines
    lines.add(text)
    let hex = String(byte, radix: 16, uppercase: true)
    let hint =
      encoding == .utf8
      ? Phrase(
        "is it from Excel? try '--encoding gb18030', or '--encoding auto'",
        "若文件由 Excel 导出，请加 '--encoding gb18030' 或 '--encoding auto'")
      : Phrase("save it as CSV UTF-8", "请另存为 CSV UTF-8")
    let label = encoding.rawValue.uppercased()
    pending = BadInput(
      "read.encoding", name, lines.breaks + 1,
      Phrase("the byte 0x\(hex) is not \(label)", "字节 0x\(hex) 不是 \(label) 编码"), hint: hint)
  }
}
