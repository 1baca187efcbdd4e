import GRDB
import GRDBSQLite
import Glibc

/// Watches what a connection writes: how many rows of which tables, and what became of rows of
/// registers. What stands in temporary tables, or in an index of where to look, is nothing that
/// anybody did.
final class ChangeWatch {
  /// What came to a table. Rows that were put in are known by their numbers: a part of a transaction
  /// may be rolled back without a word.
  private struct Tally {
    /// A copy: SQLite's own name goes when it reads the schema anew.
    let name: UnsafeMutablePointer<CChar>
    let isMain: Bool
    let isCounted: Bool
    var inserted: [ClosedRange<Int64>] = []
    var others = 0

    func isOf(_ table: UnsafePointer<CChar>, _ isMain: Bool) -> Bool {
      isMain == self.isMain && strcmp(name, table) == 0
    }
  }

  /// One for each table that was seen.
  private var tallies: [Tally] = []
  /// The place of the one of the last row: an import writes a hundred thousand of one table.
  private var last = 0
  /// Of the row of the audit that the transaction will leave.
  private var seq: Int64 = 0
  private var changes: Int64 = 0

  /// Tables of which SQLite tells no hook, and whose rows come to any row of another; a trigger counts
  /// what is inserted, in a temporary table, so that what is rolled back is not in it. Events that come
  /// with their invoice are counted as what belongs to it: a night brings thousands.
  static let counted = ["invoice_event": "NEW.seq <> 1", "invoice_entry": "1"]
  /// Tables of which SQLite tells no hook, and whose rows come with the one that they belong to and
  /// never later: they are counted by its numbers.
  static let belonging = [
    "invoice_event": (parent: "invoice", which: "seq = 1 AND invoice_id"),
    "invoice_line": (parent: "invoice_file", which: "file_id"),
    "invoice_extra": (parent: "invoice_file", which: "file_id"),
    "invoice_finding": (parent: "invoice_file", which: "file_id"),
    "invoice_request_line": (parent: "invoice_request", which: "request_id"),
    "invoice_request_part": (parent: "invoice_request", which: "request_id"),
    "invoice_request_lease": (parent: "invoice_request", which: "request_id"),
  ]
  /// Tables that only say where to look or how far numbers went, and the audit's own.
  static let uncounted: Set<String> = [
    "number_series", "billing_index", "depreciation_index", "audit", "audit_change", "audit_purge",
  ]

  /// For the life of the connection, outside of a transaction.
  /// - Parameters:
  ///   - registers: those that the command may change.
  ///   - keepsNew: whether of a new row of theirs its values are kept, or its key alone.
  init(_ db: Database, registers: [Register], keepsNew: Bool) throws {
    guard let connection = db.sqliteConnection else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "connection is closed")
    }
    install(on: connection)
    try db.execute(
      sql: """
        CREATE TEMP TABLE IF NOT EXISTS audit_count (name TEXT PRIMARY KEY, rows) WITHOUT ROWID
        """)
    for (table, which) in ChangeWatch.counted {
      try db.execute(
        sql: """
          INSERT OR IGNORE INTO temp.audit_count VALUES ('\(table)', 0);
          CREATE TEMP TRIGGER IF NOT EXISTS audit_count_\(table) AFTER INSERT ON main.\(table)
          WHEN \(which) BEGIN UPDATE audit_count SET rows = rows + 1 WHERE name = '\(table)'; END
          """)
    }
    for register in registers {
      try db.execute(sql: RegisterTriggers.sql(register, keepsNew: keepsNew))
    }
  }

  /// A transaction begins.
  func begin(_ db: Database) throws {
    forget()
    changes = 0
    try db.execute(sql: "UPDATE temp.audit_count SET rows = 0")
    seq = try AuditStore.tip(db).seq + 1
  }

  /// How many rows of which tables the transaction has written and not rolled back.
  func counts(_ db: Database) throws -> [String: Int] {
    var counts: [String: Int] = [:]
    var inserted: [String: [ClosedRange<Int64>]] = [:]
    for tally in tallies where tally.isCounted {
      let table = String(cString: tally.name)
      inserted[table] = tally.inserted
      counts[table] = try tally.others + standing(tally.inserted, in: table, by: "rowid", db)
    }
    for (table, (parent, which)) in ChangeWatch.belonging {
      guard let inserted = inserted[parent] else { continue }
      counts[table] = try standing(inserted, in: table, by: which, db)
    }
    let others = try SQLStatement(db, "SELECT name, rows FROM temp.audit_count WHERE rows > 0")
    while try others.step() {
      counts[others.text(0), default: 0] += Int(others.integer(1))
    }
    return counts.filter { $0.value > 0 }
  }

  /// How many rows of a table have a key that was put in.
  private func standing(
    _ ranges: [ClosedRange<Int64>], in table: String, by key: String, _ db: Database
  ) throws -> Int {
    if ranges.isEmpty { return 0 }
    let rows = try SQLStatement(
      db, "SELECT count(*) FROM main.\"\(table)\" WHERE \(key) BETWEEN ? AND ?")
    var (count, end) = (0, Int64.min)
    // What was put in again after a rollback has the same numbers.
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.upperBound > end {
      rows.bind(1, max(range.lowerBound, end + 1))
      rows.bind(2, range.upperBound)
      if try rows.step() { count += Int(rows.integer(0)) }
      rows.reset()
      end = range.upperBound
    }
    return count
  }

  // MARK: What SQLite calls

  private static func watch(_ pointer: UnsafeMutableRawPointer?) -> ChangeWatch? {
    pointer.map { Unmanaged<ChangeWatch>.fromOpaque($0).takeUnretainedValue() }
  }

  private func install(on connection: OpaquePointer) {
    let own = Unmanaged.passUnretained(self).toOpaque()
    sqlite3_update_hook(
      connection,
      { own, kind, schema, table, row in
        guard let schema, let table else { return }
        ChangeWatch.watch(own)?.count(schema, table, row, isInsert: kind == SQLITE_INSERT)
      }, own)
    sqlite3_create_function(
      connection, "audit_seq", 0, SQLITE_UTF8, own,
      { context, _, _ in
        sqlite3_result_int64(context, ChangeWatch.watch(sqlite3_user_data(context))?.seq ?? 0)
      }, nil, nil)
    sqlite3_create_function(
      connection, "audit_number", 0, SQLITE_UTF8, own,
      { context, _, _ in
        guard let watch = ChangeWatch.watch(sqlite3_user_data(context)) else { return }
        watch.changes += 1
        sqlite3_result_int64(context, watch.changes)
      }, nil, nil)
    sqlite3_create_function(
      connection, "audit_masked", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nil,
      { context, _, arguments in
        guard let field = sqlite3_value_text(arguments?[0]),
          let value = sqlite3_value_text(arguments?[1])
        else { return }
        let masked = RegisterTriggers.masked(String(cString: value), String(cString: field))
        let transient = unsafeBitCast(
          OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type.self)
        sqlite3_result_text(context, masked, -1, transient)
      }, nil, nil)
  }

  private func count(
    _ schema: UnsafePointer<CChar>, _ table: UnsafePointer<CChar>, _ row: Int64, isInsert: Bool
  ) {
    let isMain = strcmp(schema, "main") == 0
    if last >= tallies.count || !tallies[last].isOf(table, isMain) {
      last = place(of: table, isMain)
    }
    guard tallies[last].isCounted else { return }
    guard isInsert else {
      tallies[last].others += 1
      return
    }
    let end = tallies[last].inserted.count - 1
    if end >= 0, tallies[last].inserted[end].upperBound == row - 1 {
      tallies[last].inserted[end] = tallies[last].inserted[end].lowerBound...row
    } else {
      tallies[last].inserted.append(row...row)
    }
  }

  private func place(of table: UnsafePointer<CChar>, _ isMain: Bool) -> Int {
    if let known = tallies.firstIndex(where: { $0.isOf(table, isMain) }) { return known }
    let name = UnsafeMutablePointer<CChar>.allocate(capacity: strlen(table) + 1)
    strcpy(name, table)
    let isCounted = isMain && !ChangeWatch.uncounted.contains(String(cString: table))
    tallies.append(Tally(name: name, isMain: isMain, isCounted: isCounted))
    return tallies.count - 1
  }

  private func forget() {
    for tally in tallies { tally.name.deallocate() }
    tallies = []
  }

  deinit {
    forget()
  }
}
