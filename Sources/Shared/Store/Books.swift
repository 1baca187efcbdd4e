import GRDB
import GRDBSQLite
import Glibc

/// The shared database of one group of properties: opened, checked, and locked for a transaction.
package final class Books {
  /// `BOMS` in the file's header, so that no other database is taken for one.
  static let applicationID: Int64 = 0x424F_4D53

  package let path: String
  private let queue: DatabaseQueue

  private init(path: String, queue: DatabaseQueue) {
    self.path = path
    self.queue = queue
  }

  /// Opens a database that exists and has this program's schema.
  /// - Parameter wait: how many seconds to wait for another program's lock.
  /// - Throws: `Failure` with status 66 if there is none, 78 if the schema is another version.
  package static func open(_ path: String, wait: Int) throws -> Books {
    let books = try openUnchecked(path, wait: wait)
    let (applicationID, version) = try books.header()
    guard applicationID == Books.applicationID else {
      throw Failure(
        .settings, Phrase("'\(path)' is not a BOMS database", "“\(path)”不是 BOMS 数据库"),
        hint: Phrase("run 'boms-db init' on a new path", "请用 'boms-db init' 在新路径建库"))
    }
    if version < Migration.latest {
      throw Failure(
        .settings,
        Phrase(
          "the database has schema version \(version), this program needs \(Migration.latest)",
          "数据库结构版本为 \(version)，本程序需要 \(Migration.latest)"),
        hint: Phrase("run 'boms-db migrate'", "请运行 'boms-db migrate'"))
    }
    if version > Migration.latest {
      throw Failure(
        .settings,
        Phrase(
          "the database has schema version \(version), newer than this program's "
            + "\(Migration.latest)",
          "数据库结构版本为 \(version)，高于本程序的 \(Migration.latest)"),
        hint: Phrase("install the newer programs", "请安装新版程序"))
    }
    return books
  }

  /// Opens a file that exists, whatever it is.
  package static func openUnchecked(_ path: String, wait: Int) throws -> Books {
    guard access(path, F_OK) == 0 else {
      throw Failure(
        .noInput, Phrase("there is no database at '\(path)'", "数据库“\(path)”不存在"),
        hint: Phrase(
          "run 'boms-db init', or name another with --db or BOMS_DB",
          "请运行 'boms-db init'，或用 --db 或 BOMS_DB 指定"))
    }
    return try connect(path, wait: wait)
  }

  /// Makes the file, readable and writable by its owner only, if it is not there.
  static func create(_ path: String, wait: Int) throws -> Books {
    let descriptor = Glibc.open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Failure(
        .cannotCreate,
        Phrase(
          "cannot create '\(path)': \(String(cString: strerror(errno)))",
          "无法创建“\(path)”：\(String(cString: strerror(errno)))"))
    }
    close(descriptor)
    let books = try connect(path, wait: wait)
    try books.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
    return books
  }

  private static func connect(_ path: String, wait: Int) throws -> Books {
    var configuration = Configuration()
    configuration.busyMode = .timeout(Double(wait))
    configuration.prepareDatabase { db in
      // Books survive a power cut: every commit is on the disk before it is reported.
      try db.execute(
        sql: """
          PRAGMA synchronous = FULL;
          PRAGMA cache_size = -65536;
          PRAGMA temp.cache_size = -16384
          """)
    }
    return Books(path: path, queue: try DatabaseQueue(path: path, configuration: configuration))
  }

  func header() throws -> (applicationID: Int64, version: Int) {
    try queue.read { db in
      (
        try Int64.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
        try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
      )
    }
  }

  /// One consistent view of the books, beside which others may write. Temporary tables may be made.
  package func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try transaction(.deferred, dryRun: true, body)
  }

  /// One transaction that takes the write lock first, so that nothing is decided on what another
  /// program changes meanwhile. With `dryRun` it is rolled back at the end.
  package func write<Result>(dryRun: Bool = false, _ body: (Database) throws -> Result) throws
    -> Result
  {
    try transaction(.immediate, dryRun: dryRun, body)
  }

  private func transaction<Result>(
    _ kind: Database.TransactionKind, dryRun: Bool, _ body: (Database) throws -> Result
  ) throws -> Result {
    try queue.writeWithoutTransaction { db in
      var result: Result?
      try db.inTransaction(kind) {
        result = try body(db)
        return dryRun ? .rollback : .commit
      }
      guard let result else {
        throw DatabaseError(resultCode: .SQLITE_ABORT, message: "transaction gave nothing")
      }
      return result
    }
  }
}

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
