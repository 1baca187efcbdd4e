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
    var inserted: [ClosedRange<Int64>] = []
    var others = 0
  }

  private var tables: [String: Tally] = [:]
  /// The table of the last row, whether it counts, and what came to it in a row: an import writes a
  /// hundred thousand of one table.
  private var last: UnsafeMutablePointer<CChar>?
  private var isCounted = false
  private var pending = Tally()
  /// Of the row of the audit that the transaction will leave.
  private var seq: Int64 = 0
  private var changes: Int64 = 0

  /// Tables of which SQLite tells no hook; a trigger counts what is inserted, in a temporary table,
  /// so that what is rolled back is not in it.
  static let withoutRowID = [
    "invoice_line", "invoice_extra", "invoice_finding", "invoice_event", "invoice_entry",
    "invoice_request_line", "invoice_request_part", "invoice_request_lease",
  ]
  /// Tables that only say where to look or how far numbers went, and the audit's own.
  static let uncounted: Set<String> = [
    "number_series", "billing_index", "depreciation_index", "audit", "audit_change", "audit_purge",
  ]

  /// For the life of the connection, outside of a transaction.
  /// - Parameter registers: those that the command may change.
  init(_ db: Database, registers: [Register]) throws {
    guard let connection = db.sqliteConnection else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "connection is closed")
    }
    install(on: connection)
    try db.execute(sql: "CREATE TEMP TABLE IF NOT EXISTS audit_count (name TEXT PRIMARY KEY, rows)")
    for table in ChangeWatch.withoutRowID {
      try db.execute(
        sql: """
          INSERT OR IGNORE INTO temp.audit_count VALUES ('\(table)', 0);
          CREATE TEMP TRIGGER IF NOT EXISTS audit_count_\(table) AFTER INSERT ON main.\(table)
          BEGIN UPDATE audit_count SET rows = rows + 1 WHERE name = '\(table)'; END
          """)
    }
    for register in registers { try db.execute(sql: RegisterTriggers.sql(register)) }
  }

  /// A transaction begins.
  func begin(_ db: Database) throws {
    forget()
    (tables, pending, changes) = ([:], Tally(), 0)
    try db.execute(sql: "UPDATE temp.audit_count SET rows = 0")
    seq = try AuditStore.tip(db).seq + 1
  }

  /// How many rows of which tables the transaction has written and not rolled back.
  func counts(_ db: Database) throws -> [String: Int] {
    settle()
    var counts: [String: Int] = [:]
    for (table, tally) in tables {
      let rows = try tally.others + standing(tally.inserted, in: table, db)
      if rows > 0 { counts[table] = rows }
    }
    let others = try SQLStatement(db, "SELECT name, rows FROM temp.audit_count WHERE rows > 0")
    while try others.step() { counts[others.text(0)] = Int(others.integer(1)) }
    return counts
  }

  private func standing(
    _ ranges: [ClosedRange<Int64>], in table: String, _ db: Database
  ) throws -> Int {
    if ranges.isEmpty { return 0 }
    let rows = try SQLStatement(
      db, "SELECT count(*) FROM main.\"\(table)\" WHERE rowid BETWEEN ? AND ?")
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
    // A copy of the name: SQLite's own goes when it reads the schema anew.
    if last.map({ strcmp($0, table) != 0 }) ?? true {
      settle()
      forget()
      last = strdup(table)
      isCounted =
        String(cString: schema) == "main"
        && !ChangeWatch.uncounted.contains(String(cString: table))
    }
    guard isCounted else { return }
    guard isInsert else {
      pending.others += 1
      return
    }
    if let range = pending.inserted.last, range.upperBound == row - 1 {
      pending.inserted[pending.inserted.count - 1] = range.lowerBound...row
    } else {
      pending.inserted.append(row...row)
    }
  }

  private func forget() {
    free(last)
    last = nil
  }

  deinit {
    forget()
  }

  private func settle() {
    if let last, isCounted {
      tables[String(cString: last), default: Tally()].inserted += pending.inserted
      tables[String(cString: last), default: Tally()].others += pending.others
    }
    pending = Tally()
  }
}
