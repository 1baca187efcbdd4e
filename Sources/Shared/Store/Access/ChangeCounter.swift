import GRDB
import GRDBSQLite

/// Counts the rows that a transaction writes, by table. What stands in temporary tables, or in an
/// index of where to look, is nothing that anybody did.
final class ChangeCounter {
  private let connection: OpaquePointer
  private var tables: [String: Int] = [:]
  /// The table of the last row, whether it counts, and how many rows of it came in a row: an import
  /// writes a hundred thousand of one table.
  private var last: UnsafePointer<CChar>?
  private var isCounted = false
  private var pending = 0

  /// Tables of which SQLite tells no hook; a trigger counts what is inserted.
  static let withoutRowID = [
    "invoice_line", "invoice_extra", "invoice_finding", "invoice_event", "invoice_entry",
    "invoice_request_line", "invoice_request_part", "invoice_request_lease",
  ]
  /// Tables that only say where to look or how far numbers went, and the audit's own.
  static let uncounted: Set<String> = [
    "number_series", "billing_index", "depreciation_index", "audit", "audit_change", "audit_purge",
  ]

  /// What every connection that writes gets once: outside of a transaction.
  static func prepare(_ db: Database) throws {
    for table in withoutRowID {
      try db.execute(
        sql: """
          CREATE TEMP TRIGGER IF NOT EXISTS audit_count_\(table) AFTER INSERT ON main.\(table)
          BEGIN SELECT audit_count('\(table)'); END
          """)
    }
  }

  /// Counts from now on.
  init(_ db: Database) throws {
    guard let connection = db.sqliteConnection else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "connection is closed")
    }
    self.connection = connection
    let counter = Unmanaged.passUnretained(self).toOpaque()
    sqlite3_create_function(
      connection, "audit_count", 1, SQLITE_UTF8, counter,
      { context, _, arguments in
        guard let counter = sqlite3_user_data(context),
          let table = sqlite3_value_text(arguments?[0])
        else { return }
        Unmanaged<ChangeCounter>.fromOpaque(counter).takeUnretainedValue()
          .tables[String(cString: table), default: 0] += 1
      }, nil, nil)
    sqlite3_update_hook(
      connection,
      { counter, _, schema, table, _ in
        guard let counter, let schema, let table else { return }
        Unmanaged<ChangeCounter>.fromOpaque(counter).takeUnretainedValue().count(schema, table)
      }, counter)
  }

  deinit {
    sqlite3_update_hook(connection, nil, nil)
  }

  private func count(_ schema: UnsafePointer<CChar>, _ table: UnsafePointer<CChar>) {
    if table != last {
      settle()
      last = table
      isCounted =
        String(cString: schema) == "main"
        && !ChangeCounter.uncounted.contains(String(cString: table))
    }
    if isCounted { pending += 1 }
  }

  private func settle() {
    if let last, pending > 0 { tables[String(cString: last), default: 0] += pending }
    pending = 0
  }

  /// Rows by table, as far as they are.
  var counts: [String: Int] {
    settle()
    return tables
  }
}
