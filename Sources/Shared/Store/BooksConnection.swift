import GRDB

extension Database {
  /// Runs SQL text of one or more statements.
  package func run(_ sql: String) throws {
    try execute(sql: sql)
  }
}

/// The database inside a transaction, for code that passes it on to a `*Store`.
package typealias BooksConnection = Database

/// An error of the database, with its SQLite code.
package typealias BooksError = DatabaseError
