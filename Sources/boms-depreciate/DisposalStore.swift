import GRDB
import Shared

/// The disposals among the events of assets.
struct DisposalStore {
  private let db: Database

  init(_ db: Database) throws {
    self.db = db
  }

  func day(of assetNo: String) throws -> String? {
    try String.fetchOne(
      db, sql: "SELECT \"on\" FROM asset_event WHERE asset_no = ? AND kind = 'dispose'",
      arguments: [assetNo])
  }

  func add(
    of assetNo: String, on day: CivilDate, way: String, _ proceeds: Money, reason: String
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO asset_event (asset_no, "on", kind, way, proceeds_fen, note)
        VALUES (?, ?, 'dispose', ?, ?, ?)
        """, arguments: [assetNo, "\(day)", way, proceeds.fen, reason])
  }

  func remove(of assetNo: String) throws {
    try db.execute(
      sql: "DELETE FROM asset_event WHERE asset_no = ? AND kind = 'dispose'",
      arguments: [assetNo])
  }
}
