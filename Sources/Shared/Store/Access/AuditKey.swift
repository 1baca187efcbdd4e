import Crypto
import FoundationEssentials
import GRDB

/// The key under which rows of the audit are chained: one that stands in the database, or, once the
/// books are sealed, one of the key file.
enum AuditKey {
  /// Shows accidents and casual edits only: docs/security.md.
  case database(SymmetricKey)
  /// By the id of the key file, which the connection knows.
  case file(String)

  /// What the row says of it.
  var name: String {
    switch self {
    case .database: "database"
    case .file(let id): id
    }
  }

  /// That of new rows.
  static func current(_ db: Database) throws -> AuditKey {
    if let id = try SealStore.keyID(db) { return .file(id) }
    return try inDatabase(db)
  }

  private static func inDatabase(_ db: Database) throws -> AuditKey {
    let row = try SQLStatement(db, "SELECT key FROM audit_key")
    guard try row.step() else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the audit has no key")
    }
    defer { row.reset() }
    return .database(SymmetricKey(data: Array(row.blob(0))))
  }

  /// All keys that are to be had, by their names.
  static func known(_ db: Database) throws -> [String: AuditKey] {
    let keys = try [inDatabase(db), current(db)]
    return Dictionary(keys.map { ($0.name, $0) }, uniquingKeysWith: { _, b in b })
  }

  func mac(_ message: [UInt8], _ db: Database) throws -> [UInt8] {
    switch self {
    case .database(let key): return AuditChain.mac(message, key)
    case .file:
      // The key stays in the function that the connection got with it.
      let mac = try Data.fetchOne(db, sql: "SELECT audit_mac(?)", arguments: [Data(message)])
      guard let mac else {
        throw DatabaseError(resultCode: .SQLITE_AUTH, message: "the books are sealed")
      }
      return Array(mac)
    }
  }

  /// `audit_mac(message)`: null without a key file.
  static func function(_ file: KeyFile?) -> DatabaseFunction {
    let key = file?.key(for: "audit")
    return DatabaseFunction("audit_mac", argumentCount: 1) { values in
      guard let key, let message = Data.fromDatabaseValue(values[0]) else { return nil }
      return Data(AuditChain.mac(Array(message), key))
    }
  }
}
