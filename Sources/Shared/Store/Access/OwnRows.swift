import GRDB

/// What somebody who is limited to properties may change of registers: rows that he sees, and that he
/// sees afterwards too.
enum OwnRows {
  /// Registers whose rows belong to several properties at once, though they are seen in each.
  private static let shared: Set<String> = ["company", "tenant"]

  /// Refuses other rows of these registers on a connection with a lens on, whoever writes them.
  static func guardThem(_ registers: [Register], _ db: Database) throws {
    // The lens hides the audit, in which what is changed is noted.
    for table in ["audit", "audit_change", "audit_purge", "audit_key"] {
      try db.execute(sql: "DROP VIEW IF EXISTS temp.\(table)")
    }
    for register in registers {
      let isSeen = try Bool.fetchOne(
        db,
        sql: "SELECT EXISTS (SELECT 1 FROM sqlite_temp_schema WHERE type = 'view' AND name = ?)",
        arguments: [register.table])
      // Without a view of its own, a register is everybody's.
      let isOwn = isSeen == true && !shared.contains(register.name)
      for (time, event, row) in [
        ("BEFORE", "UPDATE", "OLD"), ("AFTER", "UPDATE", "NEW"), ("AFTER", "INSERT", "NEW"),
        ("BEFORE", "DELETE", "OLD"),
      ] {
        let condition =
          isOwn
          ? "WHEN NOT EXISTS (SELECT 1 FROM temp.\"\(register.table)\" t WHERE t.id = \(row).id)"
          : ""
        try db.execute(
          sql: """
            CREATE TEMP TRIGGER own_\(time)_\(event)_\(register.table)
            \(time) \(event) ON main."\(register.table)" \(condition)
            BEGIN SELECT RAISE(ABORT, '\(register.name).other-property'); END
            """)
      }
    }
  }
}
