import Crypto

/// What the audit says of one transaction, or of one try.
package struct AuditEntry: Hashable, Sendable {
  package enum Outcome: String, Sendable {
    /// Something was changed.
    case written
    /// The user's roles did not allow it.
    case refused
    /// Something sensitive was seen.
    case revealed
    /// Something sensitive was written to those whom it concerns.
    case sent
  }

  package var at: String
  package var user: String
  package var account: String
  package var host: String
  package var run: String
  package var tool: String
  package var command: String
  /// A JSON array.
  package var arguments: String
  package var outcome: String
  /// A JSON object: table and number of rows.
  package var counts: String
  package var reason: String?
  /// SHA-256 of the changes of registers that belong to it.
  package var changes: [UInt8]?
}

/// The chain: each row's code covers the row and, through the code of the row before, all before it.
package enum AuditChain {
  /// Before the first row.
  package static let start = [UInt8](repeating: 0, count: 32)

  /// What the row's code covers.
  /// - Parameters:
  ///   - previous: the code of the row before.
  ///   - keyName: which key it is.
  package static func message(
    _ entry: AuditEntry, seq: Int64, after previous: [UInt8], keyName: String
  ) -> [UInt8] {
    var message = previous
    let texts = [
      String(seq), entry.at, entry.user, entry.account, entry.host, entry.run, entry.tool,
      entry.command, entry.arguments, entry.outcome, entry.counts, keyName,
    ]
    for text in texts { LengthPrefixed.add(Array(text.utf8), to: &message) }
    LengthPrefixed.add(entry.reason.map { Array($0.utf8) }, to: &message)
    LengthPrefixed.add(entry.changes, to: &message)
    return message
  }

  /// The row's code: HMAC-SHA256 of what it covers.
  package static func mac(_ message: [UInt8], _ key: SymmetricKey) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
  }

  /// What a row keeps of its changes of registers, in their order.
  package struct ChangesHash {
    private var hash = SHA256()

    package init() {}

    /// Adds a field; nil: there is none.
    package mutating func add(_ field: UnsafeRawBufferPointer?) {
      let length = LengthPrefixed.length(of: field?.count).bigEndian
      withUnsafeBytes(of: length) { hash.update(bufferPointer: $0) }
      if let field { hash.update(bufferPointer: field) }
    }

    package func finish() -> [UInt8] { Array(hash.finalize()) }
  }
}

/// Fields one after the other, so that no two lists of fields give the same bytes.
enum LengthPrefixed {
  /// Stands before the field in eight bytes; for none, a length that no field has.
  static func length(of count: Int?) -> UInt64 { count.map(UInt64.init) ?? .max }

  static func add(_ field: [UInt8]?, to message: inout [UInt8]) {
    withUnsafeBytes(of: length(of: field?.count).bigEndian) { message.append(contentsOf: $0) }
    if let field { message += field }
  }
}
