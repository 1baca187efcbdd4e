import Glibc

/// One reading of an input, from its first byte to its last.
package final class ByteReader {
  private let descriptor: Descriptor?
  private let name: String
  /// All that there is to read; of a pipe, what comes before it.
  private var bytes: [UInt8]
  /// Where the next read begins; nil for a pipe, which keeps its own place.
  private var offset: Int?

  /// - Parameter head: what was read of a pipe already.
  init(_ descriptor: Descriptor, name: String, offset: Int?, head: [UInt8] = []) {
    self.descriptor = descriptor
    self.name = name
    self.offset = offset
    bytes = head
  }

  init(bytes: [UInt8]) {
    descriptor = nil
    name = ""
    offset = 0
    self.bytes = bytes
  }

  /// Reads what is there, up to the size of `buffer`.
  /// - Returns: how many bytes; 0 at the end.
  /// - Throws: `Failure(.inputOutput)`.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    guard let descriptor else {
      let from = offset ?? 0
      let count = Swift.min(buffer.count, bytes.count - from)
      bytes.withUnsafeBytes { bytes in
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[from..<from + count]))
      }
      offset = from + count
      return count
    }
    if !bytes.isEmpty {
      let count = Swift.min(buffer.count, bytes.count)
      buffer.copyBytes(from: bytes[..<count])
      bytes.removeFirst(count)
      return count
    }
    while true {
      let count =
        if let offset {
          pread(descriptor.number, buffer.baseAddress, buffer.count, offset)
        } else {
          Glibc.read(descriptor.number, buffer.baseAddress, buffer.count)
        }
      if count >= 0 {
        if let offset { self.offset = offset + count }
        return count
      }
      if errno != EINTR { throw Failure(.inputOutput, .cannot("read", "读取", name, errno)) }
    }
  }
}

/// A file without a name, which vanishes with whoever has it open; nobody else reads it. Where the file
/// system can, it never has one, so that a kill leaves nothing behind.
/// - Returns: its descriptor; below 0: `errno` says why.
func namelessFile(in folder: String) -> Int32 {
  // O_TMPFILE, which Swift does not import.
  let descriptor = open(folder, 0o20_000_000 | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0o600)
  if descriptor >= 0 { return descriptor }
  var template = Array("\(folder)/boms-XXXXXX".utf8CString)
  let named = mkstemp(&template)
  guard named >= 0 else { return named }
  _ = fcntl(named, F_SETFD, FD_CLOEXEC)
  unlink(template)
  return named
}

/// Copies all that is left of a reading to a temporary file without a name.
func spool(_ reader: ByteReader, chunkSize: Int) throws(Failure) -> Descriptor {
  let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  let number = namelessFile(in: folder)
  guard number >= 0 else {
    throw Failure(
      .cannotCreate, .cannot("create a temporary file in", "创建临时文件于", folder, errno),
      hint: Phrase("set TMPDIR to a folder with space", "请将 TMPDIR 设为有空间的目录"))
  }
  let descriptor = Descriptor(number, closes: true)
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkSize, alignment: 16)
  defer { buffer.deallocate() }
  while true {
    let count = try reader.read(into: buffer)
    if count == 0 { return descriptor }
    var written = 0
    while written < count {
      let more = write(
        number, UnsafeRawBufferPointer(rebasing: buffer[written..<count]).baseAddress,
        count - written)
      if more >= 0 {
        written += more
      } else if errno != EINTR {
        throw Failure(
          .inputOutput, .cannot("write a temporary file in", "写入临时文件于", folder, errno),
          hint: Phrase("set TMPDIR to a folder with space", "请将 TMPDIR 设为有空间的目录"))
      }
    }
  }
}
