import GRDB

/// The audit's rows: appended, each under the code of the chain.
package enum AuditStore {
  /// The last row's number and code; after a purge that left nothing, those that it kept.
  package static func tip(_ db: Database) throws -> (seq: Int64, mac: [UInt8]) {
    let last = try SQLStatement(
      db,
      """
      SELECT seq, mac FROM (
        SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1
      ) UNION ALL SELECT through, mac FROM audit_purge ORDER BY 1 DESC LIMIT 1
      """)
    guard try last.step() else { return (0, AuditChain.start) }
    defer { last.reset() }
    return (last.integer(0), Array(last.blob(1)))
  }

  /// Appends a row within the transaction that it is about.
  @discardableResult
  package static func append(_ entry: AuditEntry, _ db: Database) throws -> Int64 {
    let tip = try tip(db)
    let seq = tip.seq + 1
    var entry = entry
    entry.changes = try hash(ofChangesOf: seq, db)
    let key = try AuditKey.current(db)
    let mac = try key.mac(
      AuditChain.message(entry, seq: seq, after: tip.mac, keyName: key.name), db)
    let insert = try SQLStatement(
      db,
      """
      INSERT INTO main.audit (seq, at, user, account, host, run, tool, command, arguments, outcome,
        counts, reason, changes, key, mac)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
      """)
    insert.bind(1, seq)
    let texts = [
      entry.at, entry.user, entry.account, entry.host, entry.run, entry.tool, entry.command,
      entry.arguments, entry.outcome, entry.counts,
    ]
    for (index, text) in texts.enumerated() { insert.bind(Int32(index + 2), text) }
    insert.bind(12, entry.reason)
    insert.bind(14, key.name)
    try mac.withUnsafeBytes { mac in
      insert.bind(15, blob: mac)
      guard let changes = entry.changes else {
        try insert.run()
        return
      }
      try changes.withUnsafeBytes {
        insert.bind(13, blob: $0)
        try insert.run()
      }
    }
    return seq
  }
}

// MARK: Changes of registers

extension AuditStore {
  /// What a row keeps of its changes; nil: it has none.
  static func hash(ofChangesOf seq: Int64, _ db: Database) throws -> [UInt8]? {
    let rows = try SQLStatement(
      db,
      """
      SELECT number, register, key, before, after FROM audit_change WHERE seq = ? ORDER BY number
      """)
    rows.bind(1, seq)
    guard try rows.step() else { return nil }
    var hash = AuditChain.ChangesHash()
    repeat {
      for column in 0..<5 {
        hash.add(rows.isNull(column) ? nil : UnsafeRawBufferPointer(rows.bytes(column)))
      }
    } while try rows.step()
    return hash.finish()
  }
}

// MARK: Purging

extension AuditStore {
  static let purgeCommand = "audit purge"

  static func purgeCounts(_ through: Int64) -> String { JSONText.object(["through": Int(through)]) }

  /// The last row of those, from the first on, that are all of before a day; nil: there is none.
  package static func last(before day: CivilDate, _ db: Database) throws -> Int64? {
    let row = try SQLStatement(
      db,
      """
      SELECT max(seq) FROM audit
      WHERE seq < coalesce((SELECT min(seq) FROM audit WHERE at >= ?1), 9223372036854775807)
      """)
    row.bind(1, day)
    defer { row.reset() }
    return try row.step() ? row.optionalInteger(0) : nil
  }

  /// Removes rows; the code of the last one stays, and a row that says so.
  /// - Returns: how many were removed.
  package static func purge(through seq: Int64, in books: Books, _ db: Database) throws -> Int {
    let visit = try books.entry(.written, counts: ["through": Int(seq)])
    try db.execute(
      sql: """
        INSERT INTO main.audit_purge (through, at, mac)
        SELECT seq, ?, mac FROM main.audit WHERE seq = ?
        """,
      arguments: [visit.at, seq])
    // Its own row comes first, so that the audit is never empty.
    try append(visit, db)
    try db.execute(sql: "DELETE FROM main.audit_change WHERE seq <= ?", arguments: [seq])
    try db.execute(sql: "DELETE FROM main.audit WHERE seq <= ?", arguments: [seq])
    return db.changesCount
  }
}

extension Visit {
  /// A row of the audit about this visit.
  func entry(
    _ outcome: AuditEntry.Outcome, by user: User, counts: [String: Int] = [:],
    reason: String? = nil
  ) -> AuditEntry {
    AuditEntry(
      at: now().description, user: user.name, account: user.account, host: host, run: run,
      tool: attempt.tool, command: attempt.command, arguments: JSONText.array(arguments),
      outcome: outcome.rawValue, counts: JSONText.object(counts), reason: reason, changes: nil)
  }
}
