/// What a file is, by its first bytes.
enum FileKind {
  /// An XML document; `zip`: an OFD or a pack of files.
  case xml, zip, pdf

  /// - Throws: `invoice.file-empty`, `invoice.file-size`, `invoice.file-kind`.
  init(_ bytes: UnsafeRawBufferPointer) throws(InvoiceFinding) {
    if bytes.isEmpty { throw .emptyFile }
    if bytes.count > InvoiceReader.maxSize { throw .fileSize }
    if FileKind.isZip(bytes) {
      self = .zip
    } else if FileKind.isXML(bytes) {
      self = .xml
    } else if FileKind.isPDF(bytes) {
      self = .pdf
    } else {
      throw .unknownKind
    }
  }

  static func isZip(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
  }

  /// `%PDF-` within the first KiB, as readers of PDF look for it.
  private static func isPDF(_ bytes: UnsafeRawBufferPointer) -> Bool {
    UnsafeRawBufferPointer(rebasing: bytes.prefix(1024)).firstIndex(of: "%PDF-") != nil
  }

  /// `<` after blanks, a byte order mark, or UTF-16.
  private static func isXML(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
    if bytes.starts(with: [0x3C, 0x00]) || bytes.starts(with: [0x00, 0x3C]) { return true }
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    return text.first { $0 != 0x20 && ($0 < 0x09 || $0 > 0x0D) } == UInt8(ascii: "<")
  }
}
