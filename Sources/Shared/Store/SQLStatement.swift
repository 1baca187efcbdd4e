import GRDB
import GRDBSQLite
import Glibc

/// A prepared statement, bound and read straight through SQLite: the hot loops of a million rows.
/// Opening, transactions and errors are GRDB's.
package final class SQLStatement {
  private let handle: OpaquePointer
  private let connection: OpaquePointer
  private let sql: String

  package init(_ db: Database, _ sql: String) throws {
    guard let connection = db.sqliteConnection else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "connection is closed")
    }
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v2(connection, sql, -1, &handle, nil)
    guard code == SQLITE_OK, let handle else {
      throw SQLStatement.error(code, connection, sql)
    }
    self.handle = handle
    self.connection = connection
    self.sql = sql
  }

  deinit {
    sqlite3_finalize(handle)
  }

  private static func error(_ code: Int32, _ connection: OpaquePointer, _ sql: String)
    -> DatabaseError
  {
    DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection)), sql: sql)
  }

  // MARK: Binding, positions from 1

  package func bind(_ position: Int32, null: Void) {
    sqlite3_bind_null(handle, position)
  }

  package func bind(_ position: Int32, _ value: Int64?) {
    if let value { sqlite3_bind_int64(handle, position, value) } else { bind(position, null: ()) }
  }

  package func bind(_ position: Int32, _ value: Int?) {
    bind(position, value.map(Int64.init))
  }

  package func bind(_ position: Int32, _ value: String?) {
    guard var value else { return bind(position, null: ()) }
    value.withUTF8 { bind(position, text: $0) }
  }

  /// Does not copy the bytes: they must stay until the statement has run and is bound anew.
  package func bind(_ position: Int32, held text: UnsafeBufferPointer<UInt8>) {
    guard let address = text.baseAddress, !text.isEmpty else {
      return bind(position, text: text)
    }
    address.withMemoryRebound(to: CChar.self, capacity: text.count) {
      _ = sqlite3_bind_text(handle, position, $0, Int32(text.count), nil)
    }
  }

  /// Copies the bytes.
  package func bind(_ position: Int32, text: UnsafeBufferPointer<UInt8>) {
    let transient = unsafeBitCast(OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type.self)
    text.withMemoryRebound(to: CChar.self) { text in
      // An empty buffer may have no address, which SQLite would read as NULL.
      if let address = text.baseAddress {
        _ = sqlite3_bind_text(handle, position, address, Int32(text.count), transient)
      } else {
        _ = sqlite3_bind_text(handle, position, "", 0, transient)
      }
    }
  }

  /// Does not copy the bytes: they must stay until the statement has run.
  package func bind(_ position: Int32, blob bytes: UnsafeRawBufferPointer) {
    if let address = bytes.baseAddress, !bytes.isEmpty {
      _ = sqlite3_bind_blob(handle, position, address, Int32(bytes.count), nil)
    } else {
      _ = sqlite3_bind_zeroblob(handle, position, 0)
    }
  }

  package func bind(_ position: Int32, _ date: CivilDate?) {
    guard let date else { return bind(position, null: ()) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 10) { buffer in
      date.write(to: buffer)
      bind(position, text: UnsafeBufferPointer(buffer))
    }
  }

  package func bind(_ position: Int32, _ money: Money) {
    bind(position, money.fen)
  }

  package func bind(_ position: Int32, _ fixed: Fixed?) {
    bind(position, fixed?.millionths)
  }

  // MARK: Running

  /// True while there is a row.
  package func step() throws -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    let error = SQLStatement.error(code, connection, sql)
    sqlite3_reset(handle)
    throw error
  }

  package func reset() {
    sqlite3_reset(handle)
  }

  /// Runs a statement that gives no rows, and returns how many rows it changed.
  @discardableResult
  package func run() throws -> Int {
    while try step() {}
    sqlite3_reset(handle)
    return Int(sqlite3_changes(connection))
  }

  /// The row id of the last row that the connection has inserted.
  package var lastInsertedRowID: Int64 { sqlite3_last_insert_rowid(connection) }

  /// Whether the bound query has a row.
  package func hasRow() throws -> Bool {
    let found = try step()
    sqlite3_reset(handle)
    return found
  }

  // MARK: Reading, columns from 0

  package var columnCount: Int { Int(sqlite3_column_count(handle)) }

  package func columnName(_ column: Int) -> String {
    sqlite3_column_name(handle, Int32(column)).map { String(cString: $0) } ?? ""
  }

  package func isNull(_ column: Int) -> Bool {
    sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
  }

  package func isText(_ column: Int) -> Bool {
    sqlite3_column_type(handle, Int32(column)) == SQLITE_TEXT
  }

  package func integer(_ column: Int) -> Int64 {
    sqlite3_column_int64(handle, Int32(column))
  }

  package func optionalInteger(_ column: Int) -> Int64? {
    isNull(column) ? nil : integer(column)
  }

  package func optionalInt(_ column: Int) -> Int? {
    optionalInteger(column).map { Int($0) }
  }

  /// The bytes of a text, valid until the next step.
  package func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    let address = sqlite3_column_text(handle, Int32(column))
    return UnsafeBufferPointer(
      start: address, count: Int(sqlite3_column_bytes(handle, Int32(column))))
  }

  /// Writes a cell as it is stored.
  package func write(_ column: Int, to writer: RecordWriter) {
    switch sqlite3_column_type(handle, Int32(column)) {
    case SQLITE_NULL: writer.null()
    case SQLITE_TEXT: writer.text(bytes(column))
    default: writer.integer(integer(column))
    }
  }

  /// The first cells of the row as they are stored.
  package func cells(_ count: Int) -> [Cell] {
    (0..<count).map { column in
      isNull(column) ? .null : isText(column) ? .text(text(column)) : .integer(integer(column))
    }
  }

  /// Whether a text is the same as one of another row.
  package func isSame(_ column: Int, as other: SQLStatement, _ otherColumn: Int) -> Bool {
    let (mine, theirs) = (bytes(column), other.bytes(otherColumn))
    guard let a = mine.baseAddress, let b = theirs.baseAddress else { return false }
    return mine.count == theirs.count && memcmp(a, b, mine.count) == 0
  }

  /// The bytes of a blob, valid until the next step.
  package func blob(_ column: Int) -> UnsafeRawBufferPointer {
    let address = sqlite3_column_blob(handle, Int32(column))
    return UnsafeRawBufferPointer(
      start: address, count: Int(sqlite3_column_bytes(handle, Int32(column))))
  }

  package func text(_ column: Int) -> String {
    String(decoding: bytes(column), as: UTF8.self)
  }

  package func optionalText(_ column: Int) -> String? {
    isNull(column) ? nil : text(column)
  }

  package func date(_ column: Int) throws -> CivilDate {
    guard let date = CivilDate(iso: bytes(column)) else {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT, message: "'\(text(column))' is not a date", sql: sql)
    }
    return date
  }

  package func optionalDate(_ column: Int) throws -> CivilDate? {
    isNull(column) ? nil : try date(column)
  }

  /// A month written `YYYY-MM`.
  package func month(_ column: Int) throws -> CivilMonth {
    guard let first = CivilDate(iso: text(column) + "-01") else {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT, message: "'\(text(column))' is not a month", sql: sql)
    }
    return first.month
  }

  package func money(_ column: Int) -> Money {
    Money(fen: integer(column))
  }

  package func fixed(_ column: Int) -> Fixed {
    Fixed(millionths: integer(column))
  }

  package func optionalFixed(_ column: Int) -> Fixed? {
    optionalInteger(column).map(Fixed.init(millionths:))
  }
}
