import GRDB

/// The schema's numbered steps. Each is applied once, in order, and never changed afterwards; only
/// `boms-db init` and `boms-db migrate` run them.
package enum Migration {
  private static let steps: [(version: Int, sql: [UInt8])] = [
    (1, PackageResources.v001_registers_sql),
    (2, PackageResources.v002_books_sql),
    (3, PackageResources.v003_charging_sql),
    (4, PackageResources.v004_collection_sql),
    (5, PackageResources.v005_money_sql),
    (6, PackageResources.v006_accrual_sql),
    (7, PackageResources.v007_journal_sql),
    (8, PackageResources.v008_invoice_sql),
    (9, PackageResources.v009_invoice_request_sql),
    (10, PackageResources.v010_asset_sql),
    (11, PackageResources.v011_reminder_sql),
    (12, PackageResources.v012_operation_sql),
    (13, PackageResources.v013_access_sql),
    (14, PackageResources.v014_seal_sql),
    (15, PackageResources.v015_invoice_event_sql),
    (16, PackageResources.v016_file_packing_sql),
  ]

  static let firstWithRoles = 13
  static let firstWithSeal = 14

  package static let latest = steps[steps.count - 1].version

  /// Makes the database if there is none and brings it to the latest version.
  /// - Returns: the version before; 0 for a new database.
  /// - Parameter visit: who does it, and becomes an admin of books that had none; nil for code that
  ///   no user runs.
  /// - Throws: `Failure` 78 if the file is something else, or newer; 77 if the user may not.
  package static func apply(
    to path: String, creating: Bool, wait: Int, by visit: Visit? = nil
  ) throws -> Int {
    let books =
      creating
      ? try Books.create(path, wait: wait) : try Books.openUnchecked(path, wait: wait)
    // By a connection of its own: a migration's is watched by nobody.
    if let visit {
      _ = try Books.openUnchecked(path, wait: wait).admittingIfRolesAreThere(visit)
      try books.unlockAudit()
    }
    return try books.write { db in
      let applicationID = try Int64.fetchOne(db, sql: "PRAGMA application_id") ?? 0
      let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
      let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
      let isNew = tables == 0 && version == 0
      guard applicationID == Books.applicationID || (creating && isNew) else {
        throw Failure(
          .settings, Phrase("'\(path)' is not a BOMS database", "“\(path)”不是 BOMS 数据库"))
      }
      guard version <= latest else {
        throw Failure(
          .settings,
          Phrase(
            "the database has schema version \(version), newer than this program's \(latest)",
            "数据库结构版本为 \(version)，高于本程序的 \(latest)"))
      }
      for step in steps where step.version > version {
        try db.run(String(decoding: step.sql, as: UTF8.self))
        try db.run("PRAGMA user_version = \(step.version)")
      }
      if isNew { try db.run("PRAGMA application_id = \(Books.applicationID)") }
      if let visit, version < latest {
        let user = books.user(visit.account)
        if version < firstWithRoles {
          try AccessStore.makeFirstAdmins([user.name, user.account], db)
        }
        try AuditStore.append(visit.entry(.written, by: user, counts: ["schema": latest]), db)
      }
      return version
    }
  }
}
