import GRDB
import GRDBSQLite
import Glibc

/// A copy of a whole database: as it stood at one moment, checked, and in its place at once or not
/// at all.
package enum BooksCopy {
  package struct Table: Hashable, Sendable {
    package var name: String
    package var rows: Int64
  }

  /// What a file holds.
  package struct Content: Sendable {
    package var version: Int
    package var tables: [Table]

    package var rows: Int64 { tables.reduce(0) { $0 + $1.rows } }
  }

  /// Copies the database that others may be writing to. The file can be read and written by its
  /// owner only, and is whole on the disk before it has its name.
  /// - Parameter replacing: a file of that name, unless it is a database with a log.
  /// - Throws: `Failure` 73 or 74 if it cannot be written, 73 if a file is there that stays, 74 if the
  ///   database is damaged, 75 if another copy to the same place is being made.
  package static func copy(
    _ books: Books, to path: String, replacing: Bool
  ) throws -> Content {
    try requireRoom(at: path, replacing: replacing)
    let part = try Part(for: path)
    let content = try books.read { db in
      let content = Content(version: try version(db), tables: try tables(db))
      try pages(from: db, toFile: part.path)
      return content
    }
    let copied = try verify(part.path, named: books.path)
    guard copied.tables == content.tables else {
      throw damaged(books.path, Phrase("its row counts differ", "行数与原库不一致"))
    }
    try part.finish()
    return content
  }

  private static func requireRoom(at path: String, replacing: Bool) throws(Failure) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard replacing else {
      throw Failure(
        .cannotCreate, Phrase("'\(path)' is there already", "“\(path)”已存在"),
        hint: Phrase(
          "name another file, or replace this one with --force", "请换一个文件名，或用 --force 覆盖"))
    }
    // Its log would be applied to the copy; and these books have one while they are open.
    guard lstat(path + "-wal", &status) != 0 else {
      throw Failure(
        .cannotCreate, Phrase("'\(path)' is a database in use", "“\(path)”是正在使用的数据库"),
        hint: Phrase(
          "'boms-db restore' puts a copy in the place of books",
          "要用备份替换账套，请使用 'boms-db restore'"))
    }
  }

  /// Opens the file, which nobody else uses, and looks whether it is whole.
  /// - Throws: `Failure` 78 if it is something else or newer than this program, 74 if it is damaged.
  /// - Parameter name: what it is called in messages.
  package static func verify(_ path: String, named name: String) throws -> Content {
    do {
      let queue = try DatabaseQueue(path: path)
      defer { try? queue.close() }
      return try queue.writeWithoutTransaction { db in
        // One file, without a log of its own beside it.
        try db.execute(sql: "PRAGMA journal_mode = DELETE")
        guard try Int64.fetchOne(db, sql: "PRAGMA application_id") == Books.applicationID else {
          throw Failure(
            .settings, Phrase("'\(name)' is not a BOMS database", "“\(name)”不是 BOMS 数据库"))
        }
        let version = try version(db)
        guard version <= Migration.latest else {
          throw Failure(
            .settings,
            Phrase(
              "'\(name)' has schema version \(version), newer than this program's "
                + "\(Migration.latest)",
              "“\(name)”的结构版本为 \(version)，高于本程序的 \(Migration.latest)"),
            hint: Phrase("install the newer programs", "请安装新版程序"))
        }
        let problems = try String.fetchAll(db, sql: "PRAGMA integrity_check(3)")
        guard problems == ["ok"] else {
          let list = problems.joined(separator: "; ")
          throw damaged(name, Phrase(list, list))
        }
        if let row = try Row.fetchOne(db, sql: "PRAGMA foreign_key_check") {
          let table: String = row[0]
          throw damaged(
            path,
            Phrase("a row of \(table) names what is not there", "\(table) 表中有行引用了不存在的记录"))
        }
        return Content(version: version, tables: try tables(db))
      }
    } catch let error as DatabaseError where isDamage(error) {
      throw damaged(name, Phrase("\(error.message ?? "")", "\(error.message ?? "")"))
    }
  }

  // MARK: Restoring

  package struct Restored: Sendable {
    package var content: Content
    /// Where what was there before is kept; nil if nothing was there.
    package var kept: String?
  }

  /// Puts a copy in the place of a database. What was there is kept beside it; a log that is left
  /// over from it goes, so that it is never applied to the copy.
  /// - Parameters:
  ///   - suffix: what the kept database is called behind its name.
  ///   - dryRun: only look whether it could be done.
  /// - Throws: `Failure` 75 while any program has the database open, 78 if something else is there,
  ///   and as `verify`.
  package static func restore(
    _ backup: String, to path: String, keptAs suffix: String, dryRun: Bool
  ) throws -> Restored {
    let part = try Part(for: path)
    try part.fill(from: backup)
    let content = try verify(part.path, named: backup)
    guard access(path, F_OK) == 0 else {
      if !dryRun {
        try removeLogs(of: path)
        try part.finish()
        try useLog(path)
      }
      return Restored(content: content, kept: nil)
    }
    let kept = path + suffix
    do {
      try inPlace(part.path, path, kept: kept, dryRun: dryRun)
    } catch let error as DatabaseError where isDamage(error) {
      if !dryRun { try replace(path, by: part, kept: kept) }
    }
    return Restored(content: content, kept: kept)
  }

  /// Writes the pages of the copy into the database in one transaction, with the lock that no other
  /// connection may stand beside: whoever waits for it goes on with what is restored.
  private static func inPlace(
    _ copy: String, _ path: String, kept: String, dryRun: Bool
  ) throws {
    var configuration = Configuration()
    configuration.busyMode = .immediateError
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? queue.close() }
    try queue.writeWithoutTransaction { db in
      let id = try Int64.fetchOne(db, sql: "PRAGMA application_id") ?? 0
      let isEmpty = try tables(db).isEmpty
      guard id == Books.applicationID || isEmpty else {
        throw Failure(
          .settings,
          Phrase(
            "'\(path)' is not a BOMS database, and is left as it is",
            "“\(path)”不是 BOMS 数据库，未作改动"))
      }
      try db.execute(sql: "BEGIN EXCLUSIVE; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")
      if dryRun { return }
      let safety = try Part(for: kept)
      try pages(from: db, toFile: safety.path)
      try safety.finish()
    }
    if dryRun { return }
    let source = try DatabaseQueue(path: copy)
    defer { try? source.close() }
    try source.read { copy in
      try queue.writeWithoutTransaction { try pages(from: copy, to: $0) }
    }
  }

  /// For a file that is no database any more: it and its log are set aside as they are.
  private static func replace(_ path: String, by part: Part, kept: String) throws {
    guard rename(path, kept) == 0 else { throw Failure.cannotWrite(kept) }
    if rename(path + "-wal", kept + "-wal") != 0, errno != ENOENT {
      throw Failure.cannotWrite(kept + "-wal")
    }
    try removeLogs(of: path)
    try part.finish()
    try useLog(path)
  }

  private static func removeLogs(of path: String) throws(Failure) {
    for ending in ["-wal", "-shm", "-journal"] {
      if unlink(path + ending) != 0, errno != ENOENT { throw Failure.cannotWrite(path + ending) }
    }
  }

  /// A copy has no log; the books have one.
  private static func useLog(_ path: String) throws {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
  }

  // MARK: Pages

  private static func pages(from db: Database, toFile path: String) throws {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    try queue.writeWithoutTransaction { try pages(from: db, to: $0) }
  }

  /// All pages in one step: what the source's transaction sees.
  private static func pages(from source: Database, to target: Database) throws {
    guard let from = source.sqliteConnection, let to = target.sqliteConnection,
      let backup = sqlite3_backup_init(to, "main", from, "main")
    else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "no backup can be begun")
    }
    let stepped = sqlite3_backup_step(backup, -1)
    let finished = sqlite3_backup_finish(backup)
    for code in [stepped, finished] where code != SQLITE_DONE && code != SQLITE_OK {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errstr(code)))
    }
  }

  private static func version(_ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
  }

  private static func tables(_ db: Database) throws -> [Table] {
    let names = try String.fetchAll(
      db,
      sql: """
        SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
        ORDER BY name
        """)
    return try names.map { name in
      let rows = try Int64.fetchOne(
        db, sql: "SELECT count(*) FROM \(name.quotedDatabaseIdentifier)")
      return Table(name: name, rows: rows ?? 0)
    }
  }

  // MARK: Failures

  private static func isDamage(_ error: DatabaseError) -> Bool {
    error.resultCode == .SQLITE_CORRUPT || error.resultCode == .SQLITE_NOTADB
  }

  private static func damaged(_ path: String, _ why: Phrase) -> Failure {
    Failure(
      .inputOutput,
      Phrase("'\(path)' is damaged: \(why.en)", "“\(path)”已损坏：\(why.zh)"),
      hint: Phrase(
        "nothing was changed; 'boms-db check' says more, an older backup may be whole",
        "未作改动；请运行 'boms-db check' 查看详情，或使用更早的备份"))
  }
}

/// A file beside its place, under another name until it is whole and on the disk. What a killed
/// program left of it is used again.
private final class Part {
  let path: String
  private let place: String
  private let descriptor: Int32
  private var isDone = false

  init(for place: String) throws(Failure) {
    self.place = place
    let (folder, name) = Part.split(place)
    path = folder + "/." + name + ".part"
    while true {
      let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw Failure.cannotWrite(place) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        close(descriptor)
        throw Failure(
          .busy,
          Phrase("'\(place)' is being written by another program", "“\(place)”正由其他程序写入"),
          hint: Phrase("run it again when that one has ended", "请等该程序结束后重新运行"))
      }
      // Whoever had the lock until now may have given the file its own name: that is a whole copy.
      if Part.isFile(descriptor, at: path) {
        self.descriptor = descriptor
        break
      }
      close(descriptor)
    }
    // Else the log of a copy that was killed would be applied to this one.
    removeLogs()
    fchmod(descriptor, 0o600)
    ftruncate(descriptor, 0)
  }

  deinit {
    if !isDone {
      unlink(path)
      removeLogs()
    }
    close(descriptor)
  }

  private static func isFile(_ descriptor: Int32, at path: String) -> Bool {
    var mine = stat()
    var there = stat()
    return fstat(descriptor, &mine) == 0 && lstat(path, &there) == 0
      && mine.st_ino == there.st_ino && mine.st_dev == there.st_dev
  }

  private func removeLogs() {
    for ending in ["-wal", "-shm", "-journal"] { unlink(path + ending) }
  }

  func fill(from file: String) throws {
    let reader = try InputSource(file).open()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try reader.read(into: buffer)
      if count == 0 { return }
      var written = 0
      while written < count {
        let step = write(descriptor, buffer.baseAddress?.advanced(by: written), count - written)
        guard step > 0 else { throw Failure.cannotWrite(place) }
        written += step
      }
    }
  }

  /// On the disk, then in its place, then the place on the disk.
  func finish() throws(Failure) {
    guard fsync(descriptor) == 0, rename(path, place) == 0 else {
      throw Failure.cannotWrite(place)
    }
    isDone = true
    let folder = open(Part.split(place).folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw Failure.cannotWrite(place) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw Failure.cannotWrite(place) }
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }
}
