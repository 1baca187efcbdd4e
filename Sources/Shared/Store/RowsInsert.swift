import GRDB

/// Puts rows into a table, several by one statement: what a statement costs is paid once for them.
package final class RowsInsert {
  /// Rows of one statement.
  private static let most = 8

  private let db: Database
  private let head: String
  private let row: (_ value: (Int) -> String) throws -> String
  private let columns: Int
  /// By their number of rows, from one.
  private var statements: [SQLStatement?]

  /// - Parameters:
  ///   - table: with its columns, `tag (name, colour)`.
  ///   - columns: how many values are bound for a row.
  ///   - row: what stands for a row, `(?1, ?2)`, made of what stands for each of its values, from 1.
  package init(
    _ db: Database, into table: String, columns: Int,
    row: @escaping (_ value: (Int) -> String) throws -> String
  ) {
    self.db = db
    head = "INSERT INTO \(table) VALUES "
    self.columns = columns
    self.row = row
    statements = Array(repeating: nil, count: RowsInsert.most)
  }

  /// - Parameter bind: binds the values of a row that comes so many after the first; its first value
  ///   stands one behind the position.
  package func run<Row>(
    _ rows: [Row],
    _ bind: (_ after: Int, _ row: Row, _ statement: SQLStatement, _ before: Int32) -> Void
  ) throws {
    var at = 0
    while at < rows.count {
      let count = min(rows.count - at, RowsInsert.most)
      let statement = try statement(count)
      for index in 0..<count {
        bind(at + index, rows[at + index], statement, Int32(index * columns))
      }
      try statement.run()
      at += count
    }
  }

  private func statement(_ count: Int) throws -> SQLStatement {
    if let statement = statements[count - 1] { return statement }
    let rows = try (0..<count).map { index in try row { "?\(index * columns + $0)" } }
    let statement = try SQLStatement(db, head + rows.joined(separator: ", "))
    statements[count - 1] = statement
    return statement
  }
}
