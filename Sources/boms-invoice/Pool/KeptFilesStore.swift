import GRDB
import Shared

/// Which files the pool has.
final class KeptFilesStore {
  private let find: SQLStatement

  init(_ db: Database) throws {
    find = try SQLStatement(
      db,
      """
      SELECT 1 FROM file_content c JOIN invoice_file f ON f.content_id = c.id
      WHERE c.sha256 = ?1 AND f.carrier <> 'pdf'
      """)
  }

  /// Whether its bytes are there and say by themselves of which invoice they are.
  func has(_ file: IncomingFile) throws -> Bool {
    guard case .bytes(_, let sha256) = file.content else { return false }
    sha256.withUnsafeBytes { find.bind(1, blob: $0) }
    return try find.hasRow()
  }
}
