import GRDB
import GRDBSQLite

/// Watches what a connection writes: how many rows of which tables, and what became of rows of
/// registers. What stands in temporary tables, or in an index of where to look, is nothing that
/// anybody did.
final class ChangeWatch {
  private var tables: [String: Int] = [:]
  /// The table of the last row, whether it counts, and how many rows of it came in a row: an import
  /// writes a hundred thousand of one table.
  private var last: UnsafePointer<CChar>?
  private var isCounted = false
  private var pending = 0
  /// Of the row of the audit that the transaction will leave.
  private var seq: Int64 = 0
  private var changes: Int64 = 0

  /// Tables of which SQLite tells no hook; a trigger counts what is inserted.
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
    for table in ChangeWatch.withoutRowID {
      try db.execute(
        sql: """
          CREATE TEMP TRIGGER IF NOT EXISTS audit_count_\(table) AFTER INSERT ON main.\(table)
          BEGIN SELECT audit_count('\(table)'); END
          """)
    }
    for register in registers { try db.execute(sql: RegisterTriggers.sql(register)) }
  }

  /// A transaction begins.
  func begin(_ db: Database) throws {
    (tables, last, pending, changes) = ([:], nil, 0, 0)
    seq = try AuditStore.tip(db).seq + 1
  }

  /// Rows by table, as far as they are.
  var counts: [String: Int] {
    settle()
    return tables
  }

  // MARK: What SQLite calls

  private static func watch(_ pointer: UnsafeMutableRawPointer?) -> ChangeWatch? {
    pointer.map { Unmanaged<ChangeWatch>.fromOpaque($0).takeUnretainedValue() }
  }

  private func install(on connection: OpaquePointer) {
    let own = Unmanaged.passUnretained(self).toOpaque()
    sqlite3_update_hook(
      connection,
      { own, _, schema, table, _ in
        guard let schema, let table else { return }
        ChangeWatch.watch(own)?.count(schema, table)
      }, own)
    sqlite3_create_function(
      connection, "audit_count", 1, SQLITE_UTF8, own,
      { context, _, arguments in
        guard let table = sqlite3_value_text(arguments?[0]) else { return }
        ChangeWatch.watch(sqlite3_user_data(context))?
          .tables[String(cString: table), default: 0] += 1
      }, nil, nil)
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

  private func count(_ schema: UnsafePointer<CChar>, _ table: UnsafePointer<CChar>) {
    if table != last {
      settle()
      last = table
      isCounted =
        String(cString: schema) == "main"
        && !ChangeWatch.uncounted.contains(String(cString: table))
    }
    if isCounted { pending += 1 }
  }

  private func settle() {
    if let last, pending > 0 { tables[String(cString: last), default: 0] += pending }
    pending = 0
  }
}
