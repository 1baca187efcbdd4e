import Glibc

/// One input of a command: a file, standard input, or bytes in memory. It can be opened more than
/// once; a pipe only after `prepareRereading()`, which copies it to a temporary file.
package final class InputSource {
  /// The input as the user named it; `<stdin>` for standard input.
  package let name: String
  /// How many bytes one read asks for. Tests make it small.
  package let chunkSize: Int

  private enum Origin {
    case path(String)
    case standardInput
    case bytes([UInt8])
  }

  /// Whether it is a sheet of a workbook: a line of its text is a row of the sheet, also if there is
  /// a line end in a cell.
  package let isSheet: Bool

  private let origin: Origin
  /// What cannot be opened twice: a pipe, or the temporary copy of one.
  private var held: Descriptor?
  /// What was read of a pipe already, to know what comes.
  private var seen: [UInt8] = []
  private var isSpooled = false
  private var isConsumed = false
  /// Where standard input stood when it was opened first, if it is a regular file.
  private var start: Int?

  /// - Parameter argument: a path, or `-` for standard input.
  package init(_ argument: String, chunkSize: Int = 65_536) {
    isSheet = false
    origin = argument == "-" ? .standardInput : .path(argument)
    name = argument == "-" ? "<stdin>" : argument
    self.chunkSize = chunkSize
  }

  package init(bytes: [UInt8], name: String, chunkSize: Int = 65_536) {
    isSheet = false
    origin = .bytes(bytes)
    self.name = name
    self.chunkSize = chunkSize
  }

  /// The sheet of a workbook, as text in a temporary file.
  init(sheet: Descriptor, name: String) {
    isSheet = true
    origin = .path(name)
    held = sheet
    isSpooled = true
    self.name = name
    chunkSize = 65_536
  }

  /// The first bytes, so many if there are, without taking them from what is read.
  func head(_ count: Int) throws -> [UInt8] {
    let reader = try open()
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: count)
    while bytes.count < count {
      let read = try chunk.withUnsafeMutableBytes {
        try reader.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[..<(count - bytes.count)]))
      }
      if read == 0 { break }
      bytes += chunk[..<read]
    }
    if isConsumed { (isConsumed, seen) = (false, bytes) }
    return bytes
  }

  /// All of it in a temporary file.
  func spooled() throws -> Descriptor {
    try spool(try open(), chunkSize: Swift.max(chunkSize, 4096))
  }

  /// Starts a reading from the first byte.
  /// - Throws: `Failure`: `.noInput` if there is no such file, it may not be read or is a
  ///   directory; `.inputOutput` if a pipe was read already.
  package func open() throws -> ByteReader {
    if case .bytes(let bytes) = origin { return ByteReader(bytes: bytes) }
    if let held, isSpooled { return ByteReader(held, name: name, offset: 0) }
    let descriptor = try descriptor()
    if try isRegular(descriptor) {
      guard case .standardInput = origin else {
        return ByteReader(descriptor, name: name, offset: 0)
      }
      let offset = start ?? Swift.max(0, lseek(descriptor.number, 0, SEEK_CUR))
      start = offset
      return ByteReader(descriptor, name: name, offset: offset)
    }
    if isConsumed {
      throw Failure(
        .inputOutput,
        Phrase("'\(name)' is a pipe and was read already", "'\(name)' 是管道，已被读取过"))
    }
    held = descriptor
    isConsumed = true
    return ByteReader(descriptor, name: name, offset: nil, head: seen)
  }

  /// All of it at once: for what is known to be small.
  package func text() throws -> String {
    let reader = try open()
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: chunkSize)
    while true {
      let count = try chunk.withUnsafeMutableBytes { try reader.read(into: $0) }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk[..<count]
    }
  }

  /// Makes sure that the input can be opened again: a pipe is copied to an unlinked temporary file.
  package func prepareRereading() throws {
    if case .bytes = origin { return }
    if isSpooled { return }
    let descriptor = try descriptor()
    if try isRegular(descriptor) { return }
    held = descriptor
    let reader = try open()
    held = try spool(reader, chunkSize: Swift.max(chunkSize, 4096))
    isSpooled = true
  }

  private func descriptor() throws -> Descriptor {
    if let held { return held }
    guard case .path(let path) = origin else { return Descriptor(STDIN_FILENO, closes: false) }
    while true {
      let number = Glibc.open(path, O_RDONLY | O_CLOEXEC)
      if number >= 0 { return Descriptor(number, closes: true) }
      if errno != EINTR { throw unreadable(errno) }
    }
  }

  private func isRegular(_ descriptor: Descriptor) throws -> Bool {
    var status = stat()
    guard fstat(descriptor.number, &status) == 0 else { throw unreadable(errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw unreadable(EISDIR) }
    return status.st_mode & S_IFMT == S_IFREG
  }

  private func unreadable(_ code: Int32) -> Failure {
    let hint =
      switch code {
      case ENOENT, ENOTDIR: Phrase("check the path; '-' reads standard input", "请检查路径；'-' 表示标准输入")
      case EACCES, EPERM: Phrase("ask for the right to read it", "请取得该文件的读取权限")
      case EISDIR: Phrase("name a file in it", "请指定其中的文件")
      default: nil as Phrase?
      }
    return Failure(.noInput, .cannot("read", "读取", name, code), hint: hint)
  }
}

/// An open file. Closed when nothing uses it any more, unless it is standard input.
final class Descriptor {
  let number: Int32
  private let closes: Bool

  init(_ number: Int32, closes: Bool) {
    self.number = number
    self.closes = closes
  }

  deinit {
    if closes { close(number) }
  }
}
