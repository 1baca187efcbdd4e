import CLibArchive
import Glibc

/// Reads a workbook that was just written. libxlsxwriter writes its parts to temporary files first and
/// does not look whether that worked: on a full disk it makes, without a word, a workbook whose parts
/// are cut short.
enum WrittenWorkbook {
  /// Whether every part of it is there to its last tag.
  static func isWhole(_ path: String) -> Bool {
    let archive = archive_read_new()
    defer { archive_read_free(archive) }
    archive_read_support_format_zip(archive)
    guard archive_read_open_filename(archive, path, 65_536) == ARCHIVE_OK else { return false }
    return withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
      var entry: OpaquePointer?
      var parts = 0
      while case let status = archive_read_next_header(archive, &entry), status != ARCHIVE_EOF {
        guard status == ARCHIVE_OK, isWhole(archive, buffer) else { return false }
        parts += 1
      }
      return parts > 0
    }
  }

  private static func isWhole(
    _ archive: OpaquePointer?, _ buffer: UnsafeMutableRawBufferPointer
  ) -> Bool {
    var elements = XMLElements()
    while true {
      let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
      if count < 0 { return false }
      if count == 0 { return elements.areClosed }
      for byte in buffer[..<count] { elements.take(byte) }
    }
  }
}

/// How many elements of an XML text are open. Of a text that libxlsxwriter writes: no comments, and
/// angle brackets in values are escaped.
struct XMLElements {
  private var open = 0
  private var count = 0
  private var isTag = false
  private var first: UInt8 = 0
  private var last: UInt8 = 0

  /// Whether there were any, and all have ended.
  var areClosed: Bool { count > 0 && open == 0 && !isTag }

  mutating func take(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "<"):
      isTag = true
      (first, last) = (0, 0)
    case UInt8(ascii: ">") where isTag:
      isTag = false
      end()
    default:
      guard isTag else { return }
      if first == 0 { first = byte }
      last = byte
    }
  }

  private mutating func end() {
    switch (first, last) {
    case (UInt8(ascii: "?"), _): return
    case (UInt8(ascii: "/"), _): open -= 1
    case (_, UInt8(ascii: "/")): count += 1
    default:
      open += 1
      count += 1
    }
  }
}
