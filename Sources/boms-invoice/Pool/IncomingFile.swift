import Crypto
import Shared

/// A file on its way into the pool.
struct IncomingFile: Sendable {
  enum Content: Sendable {
    case bytes([UInt8], sha256: [UInt8])
    case refused(InvoiceFinding)
  }

  let name: String
  let member: String?
  let content: Content
  /// Nil as long as nobody has looked into it.
  var checked: CheckedFile?

  init(_ source: InvoiceSource) {
    name = source.name
    member = source.member
    switch source.content {
    case .refused(let finding): content = .refused(finding)
    case .bytes(let bytes):
      content = .bytes(Array(bytes), sha256: IncomingFile.sha256(bytes))
    }
  }

  var size: Int {
    guard case .bytes(let bytes, _) = content else { return 0 }
    return bytes.count
  }

  /// Looks into it by all rules.
  func check(_ reader: InvoiceReader, _ setting: InvoiceSetting) -> CheckedFile {
    switch content {
    case .refused(let finding): CheckedFile(refused: finding)
    case .bytes(let bytes, _):
      bytes.withUnsafeBytes { CheckedFile($0, name: member ?? name, reader, setting) }
    }
  }

  private static func sha256(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var hash = SHA256()
    hash.update(bufferPointer: bytes)
    return Array(hash.finalize())
  }
}
