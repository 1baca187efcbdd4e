import Shared

/// A database in a test: what stands in it, and statements that no tool would run.
package enum TestDatabase {
  /// Every row of every table, and the schema: two dumps are equal if nothing changed. The audit says
  /// who did it and when, and is not what the books are.
  package static func dump(_ path: String) throws -> [String] {
    try Books.openUnchecked(path, wait: 10).read { db in
      let tables = try texts(
        db,
        """
        SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'audit*' ORDER BY name
        """)
      var lines = try texts(db, "SELECT sql FROM sqlite_schema ORDER BY type, name")
      for table in tables {
        let rows = try SQLStatement(db, "SELECT * FROM \"\(table)\" ORDER BY 1, 2")
        while try rows.step() {
          let cells = (0..<rows.columnCount).map { rows.isNull($0) ? "∅" : rows.text($0) }
          lines.append("\(table)|" + cells.joined(separator: "|"))
        }
      }
      return lines
    }
  }

  package static func run(_ sql: String, _ path: String) throws {
    try Books.openUnchecked(path, wait: 10).write { try $0.run(sql) }
  }

  /// The first column of a query.
  package static func texts(_ sql: String, _ path: String) throws -> [String] {
    try Books.openUnchecked(path, wait: 10).read { try texts($0, sql) }
  }

  /// The rows of a query, nulls as nothing.
  package static func rows(_ sql: String, _ path: String) throws -> [[String]] {
    try Books.openUnchecked(path, wait: 10).read { db in
      let rows = try SQLStatement(db, sql)
      var found: [[String]] = []
      while try rows.step() {
        found.append((0..<rows.columnCount).map { rows.isNull($0) ? "" : rows.text($0) })
      }
      return found
    }
  }

  package static func texts(_ db: BooksConnection, _ sql: String) throws -> [String] {
    let rows = try SQLStatement(db, sql)
    var texts: [String] = []
    while try rows.step() { texts.append(rows.text(0)) }
    return texts
  }
}
