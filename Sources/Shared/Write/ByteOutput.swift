import Glibc

/// Bytes on their way out: gathered in one buffer and written to a descriptor in large pieces, or
/// kept in memory (a test, the cells of a table).
///
/// Appending never throws, so that a cell costs no check: the first failed write is kept, what
/// comes after it is dropped, and `check()`, once a row, or `flush()` throws it. SIGPIPE is left
/// alone: under `| head` a program dies quietly.
package final class ByteOutput {
  /// 256 KiB: from here on a larger buffer is no faster.
  package static let capacity = 1 << 18

  private let descriptor: Int32?
  private let name: Phrase
  private var base: UnsafeMutablePointer<UInt8>
  private var room: Int
  // Private as storage, so that the compiler sees every use and needs no check of exclusive access
  // for each byte: a quarter of the time of an export.
  private var used = 0
  private var failure: Failure?

  /// - Parameter name: what a failure calls the place, `the file 'out.csv'`.
  package init(
    descriptor: Int32 = STDOUT_FILENO, name: Phrase = Phrase("standard output", "标准输出"),
    capacity: Int = ByteOutput.capacity
  ) {
    self.descriptor = descriptor
    self.name = name
    room = Swift.max(capacity, 64)
    base = .allocate(capacity: room)
  }

  private init(memory capacity: Int) {
    descriptor = nil
    name = Phrase("memory", "内存")
    room = capacity
    base = .allocate(capacity: capacity)
  }

  /// An output that only grows; `text` and `bytes` read it.
  package static func memory(capacity: Int = 4096) -> ByteOutput {
    ByteOutput(memory: Swift.max(capacity, 64))
  }

  deinit {
    base.deallocate()
  }

  /// How many bytes wait in the buffer.
  package var count: Int { used }

  /// What waits in the buffer; in memory, everything.
  package var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base, count: used)
  }

  package var text: String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// Forgets what waits in the buffer.
  package func clear() {
    used = 0
  }

  /// Calls `fill` with room for `size` bytes (at most 64); it returns how many it has written.
  @inline(__always)
  func fill(_ size: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Int) {
    if used &+ size > room { makeRoom(size) }
    let filled = fill(base + used)
    used &+= filled
  }

  @inline(__always)
  package func append(_ byte: UInt8) {
    if used == room { makeRoom(1) }
    base[used] = byte
    used &+= 1
  }

  @inline(__always)
  package func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    if used &+ bytes.count > room {
      appendLarge(start, bytes.count)
    } else {
      memcpy(base + used, start, bytes.count)
      used &+= bytes.count
    }
  }

  package func append(_ text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  package func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  package func append(_ byte: UInt8, times: Int) {
    for _ in 0..<Swift.max(times, 0) { append(byte) }
  }

  /// Throws if a write has failed since the start.
  @inline(__always)
  package func check() throws(Failure) {
    if let failure { throw failure }
  }

  /// Writes out what waits.
  package func flush() throws(Failure) {
    drain()
    try check()
  }

  /// What does not fit: written piece by piece, or room is made for all of it.
  private func appendLarge(_ start: UnsafePointer<UInt8>, _ length: Int) {
    if descriptor == nil { makeRoom(length) }
    var start = start
    var left = length
    while left > 0 {
      if used == room { drain() }
      let piece = Swift.min(left, room - used)
      memcpy(base + used, start, piece)
      used += piece
      start += piece
      left -= piece
    }
  }

  private func makeRoom(_ size: Int) {
    guard descriptor == nil else { return drain() }
    let larger = Swift.max(room * 2, used + size)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    memcpy(moved, base, used)
    base.deallocate()
    (base, room) = (moved, larger)
  }

  private func drain() {
    guard let descriptor else { return }
    var done = 0
    while failure == nil, done < used {
      let written = write(descriptor, base + done, used - done)
      if written > 0 {
        done += written
      } else if written < 0, errno == EAGAIN {
        // A terminal or pipe that another process has made non-blocking.
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wait, 1, -1)
      } else if written < 0, errno != EINTR {
        failure = ByteOutput.failure(errno, name)
      }
    }
    used = 0
  }

  private static func failure(_ code: Int32, _ name: Phrase) -> Failure {
    let reason =
      switch code {
      case ENOSPC: Phrase("no space left on the disk", "磁盘空间不足")
      case EDQUOT: Phrase("the disk quota is used up", "磁盘配额已用尽")
      case EIO: Phrase("the device reports an error", "设备读写错误")
      case EPIPE: Phrase("the reader has gone", "读取方已关闭")
      case EBADF: Phrase("it is not open for writing", "未以写方式打开")
      case EFBIG: Phrase("the file would be too large", "文件过大")
      default: Phrase(String(cString: strerror(code)), "系统错误 \(code)")
      }
    return Failure(
      .inputOutput,
      Phrase("cannot write to \(name.en): \(reason.en)", "无法写入\(name.zh)：\(reason.zh)"))
  }
}
