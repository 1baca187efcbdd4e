import CLibArchive
import Glibc
import Shared

/// A zip, member by member. Nothing of it is ever written anywhere.
final class Archive {
  /// What an archive may be before it is taken for an attack.
  struct Limits: Sendable {
    var members = 100_000
    /// Bytes of all members together.
    var total = 2 << 30
    /// Bytes of all members for each byte of the archive; only beyond `ratioFrom` bytes.
    var ratio = 100
    var ratioFrom = 10 << 20
  }

  struct Member {
    /// As UTF-8 whatever it was written in, with `/` between its parts.
    var name: String
    var isFolder: Bool
    var isEncrypted: Bool
    /// Nil where the archive says it only behind the data.
    var size: Int?

    /// Whether the name leads out of the folder into which somebody might unpack it.
    var isOutside: Bool {
      let parts = name.split(separator: "/", omittingEmptySubsequences: false)
      return name.hasPrefix("/") || parts.contains("..") || name.dropFirst().first == ":"
        || name.unicodeScalars.contains { $0.value < 0x20 }
    }
  }

  enum Source {
    case bytes(UnsafeRawBufferPointer)
    /// An open file, to be read from its start.
    case file(Int32)
  }

  private let archive: OpaquePointer?
  private let limits: Limits
  private let size: Int
  private var members = 0
  private var total = 0
  private var buffer: UnsafeMutableRawBufferPointer
  /// Names in archives are converted by libarchive to the characters of the locale.
  private static let utf8 = UTF8Locale()

  private struct UTF8Locale: @unchecked Sendable {
    let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
  }

  /// - Parameter size: of the archive, in bytes.
  /// - Throws: `invoice.archive-broken`.
  init(_ source: Source, size: Int, limits: Limits = Limits()) throws(InvoiceFinding) {
    archive = archive_read_new()
    self.limits = limits
    self.size = size
    buffer = .allocate(byteCount: 65_536, alignment: 16)
    archive_read_support_format_zip(archive)
    let status =
      switch source {
      case .bytes(let bytes): archive_read_open_memory(archive, bytes.baseAddress, bytes.count)
      case .file(let descriptor): archive_read_open_fd(archive, descriptor, 65_536)
      }
    if status != ARCHIVE_OK { throw .brokenArchive(after: 0) }
  }

  deinit {
    archive_read_free(archive)
    buffer.deallocate()
  }

  /// The next member; nil at the end.
  /// - Throws: `invoice.archive-limits`, `invoice.archive-broken`: nothing can be read behind it.
  func next() throws(InvoiceFinding) -> Member? {
    let old = uselocale(Archive.utf8.locale)
    defer { uselocale(old) }
    var entry: OpaquePointer?
    let status = archive_read_next_header(archive, &entry)
    if status == ARCHIVE_EOF { return nil }
    // A warning is a name that could not be converted, or a field that nobody needs.
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else {
      throw .brokenArchive(after: members)
    }
    members += 1
    if members > limits.members { throw .archiveMembers(limits.members) }
    let name = Archive.name(entry)
    return Member(
      name: name, isFolder: archive_entry_filetype(entry) == Glibc.S_IFDIR || name.hasSuffix("/"),
      isEncrypted: archive_entry_is_encrypted(entry) != 0,
      size: archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : nil)
  }

  /// The bytes of the member that `next` gave last, valid until the next call.
  /// - Throws: `invoice.file-size` and `invoice.archive-broken`: the next member can be read all the
  ///   same; `invoice.archive-limits`: `isOver`.
  func read(_ member: Member, limit: Int = InvoiceReader.maxSize) throws(InvoiceFinding)
    -> UnsafeRawBufferPointer
  {
    if let size = member.size, size > limit { throw .fileSize }
    var count = 0
    while true {
      if count == buffer.count { grow() }
      let room = min(buffer.count - count, limit + 1 - count)
      let read = archive_read_data(archive, buffer.baseAddress?.advanced(by: count), room)
      if read == 0 { break }
      if read < 0 { throw .brokenArchive(after: members - 1) }
      count += read
      total += read
      if total > limits.total || (total > limits.ratioFrom && total / limits.ratio > size) {
        isOver = true
        throw .archiveTotal(total)
      }
      if count > limit {
        // Larger than it says: to go on, all the rest of it would have to be unpacked first.
        isOver = true
        throw .archiveTotal(total)
      }
    }
    return UnsafeRawBufferPointer(rebasing: buffer[..<count])
  }

  /// Whether a limit was reached: nothing more is to be read.
  private(set) var isOver = false

  private func grow() {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
    buffer.deallocate()
    buffer = larger
  }

  /// A name without the mark of UTF-8 is what its maker's Windows wrote: UTF-8 or GBK.
  private static func name(_ entry: OpaquePointer) -> String {
    guard let raw = archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry) else {
      return ""
    }
    let bytes = UnsafeRawBufferPointer(start: raw, count: strlen(raw))
    let text = GB18030Text.isUTF8(bytes) ? nil : GB18030Text.convert(bytes)
    let name = text.map { String(decoding: $0, as: UTF8.self) } ?? String(cString: raw)
    return String(name.map { $0 == "\\" ? "/" : $0 })
  }
}
