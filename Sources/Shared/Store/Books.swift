import CLibSQLite
import GRDB
import GRDBSQLite
import Glibc

/// The shared database of one group of properties: opened, checked, and locked for a transaction.
package final class Books {
  /// `BOMS` in the file's header, so that no other database is taken for one.
  static let applicationID: Int64 = 0x424F_4D53

  /// As it was named, for messages.
  package let path: String
  private let file: BooksFile
  private let connection: Connection
  private var queue: DatabaseQueue { connection.queue }
  /// Who came through the door; nil for code that no user runs, such as a test's.
  private let guest: Guest?

  /// Somebody who may do what he came for.
  private struct Guest {
    var visit: Visit
    var user: User
    /// nil: all.
    var properties: Set<String>?
  }

  private init(
    path: String, _ file: BooksFile, _ connection: Connection, guest: Guest? = nil
  ) {
    self.path = path
    self.file = file
    self.connection = connection
    self.guest = guest
  }

  /// Closed with the last one who uses it.
  private final class Connection {
    let queue: DatabaseQueue
    /// Other connections, for threads that may hold them beyond the command's end.
    var beside: [BooksBeside] = []
    /// Of a command that writes; SQLite calls it as long as the connection is there.
    var watch: ChangeWatch?

    /// Of books that were opened for work: how they were sealed then.
    var seal: SealSeen?

    struct SealSeen {
      var keyFile: String?
      var keyID: String?
    }

    init(_ queue: DatabaseQueue) { self.queue = queue }

    deinit {
      // Whoever is last removes the log: nobody must be left who is ended with it in hand.
      GroupPrivilege.takenUp {
        beside.forEach { $0.close() }
        try? queue.close()
      }
    }
  }

  /// Opens a database for a command, if the user may do what it is about to do.
  /// - Throws: `Failure` 77 if not, which is kept in the audit; and as without a visit.
  package static func open(
    _ path: String, wait: Int, for visit: Visit, inBulk: Bool = false
  ) throws -> Books {
    try open(path, wait: wait, inBulk: inBulk).admitting(visit)
  }

  /// These books for the one who comes; a command that only looks does so through its lens.
  package func admitting(_ visit: Visit) throws -> Books {
    let (user, properties) = try requireMay(visit)
    let guest = Guest(visit: visit, user: user, properties: properties)
    // Before a byte of it goes out, so that no kill and no closed pipe comes between.
    if let outcome = visit.attempt.use.outcomeOfLooking {
      try write { _ = try AuditStore.append(visit.entry(outcome, by: user), $0) }
    }
    try queue.writeWithoutTransaction { db in
      switch visit.attempt.use {
      case .writing, .importing:
        let registers = visit.changing.compactMap(Catalogue.register(named:))
        if let properties {
          try Lens(properties: properties, reveals: true).put(on: db)
          try OwnRows.guardThem(registers, db)
        }
        connection.watch = try ChangeWatch(
          db, registers: registers, keepsNew: visit.attempt.use != .importing)
      case .inspecting: break
      case .reading: try Lens(properties: properties, reveals: false).put(on: db)
      case .revealing, .sending: try Lens(properties: properties, reveals: true).put(on: db)
      }
    }
    return Books(path: path, file, connection, guest: guest)
  }

  /// Who comes, and for which properties he may do what he came for; nil: for all.
  /// - Throws: `Failure` 77 if he may not, which is kept in the audit.
  @discardableResult
  func requireMay(_ visit: Visit) throws -> (user: User, properties: Set<String>?) {
    let user = self.user(visit.account)
    let verdict = try read { try AccessStore.verdict(on: visit.attempt, by: user, $0) }
    switch verdict {
    case .refused(let why, let hint):
      // Who may not even write a row is refused all the same.
      try? write { _ = try AuditStore.append(visit.entry(.refused, by: user, reason: why.en), $0) }
      throw Failure(.noPermission, why, hint: hint)
    case .allowed(let properties): return (user, properties)
    }
  }

  func admittingIfRolesAreThere(_ visit: Visit) throws -> Books {
    let (applicationID, version) = try header()
    guard applicationID == Books.applicationID, version >= Migration.firstWithRoles else {
      // Books that know no roles cannot say who may; the group is lent to nobody for them.
      guard !GroupPrivilege.isThere || file.isOwn else {
        throw Failure(
          .noPermission,
          Phrase("'\(path)' knows no roles", "“\(path)”尚无角色设置"),
          hint: Phrase(
            "its owner has to bring it to them: 'boms-db migrate'",
            "请由文件所有者执行 'boms-db migrate'"))
      }
      return self
    }
    try unlockAudit()
    return try admitting(visit)
  }

  /// Lets rows of the audit be written to books that are sealed; nothing else is opened.
  func unlockAudit() throws {
    let (applicationID, version) = try header()
    guard applicationID == Books.applicationID, version >= Migration.firstWithSeal else { return }
    try withConnection { db in
      let file = try SealStore.keyFile(db, Environment.current["BOMS_KEY_FILE"])
      if let file { db.add(function: AuditKey.function(file)) }
    }
  }

  /// Whether the user may put other books in the place of these. Where nothing can be asked, because
  /// nothing is there or it is damaged, the file system alone decides.
  /// - Throws: `Failure` 77 if not.
  package static func requireMayReplace(_ path: String, wait: Int, _ visit: Visit) throws {
    guard BooksFile(path) != nil else { return }
    do {
      _ = try openUnchecked(path, wait: wait).admittingIfRolesAreThere(visit)
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_IOERR, .SQLITE_ERROR: return
      default: throw error
      }
    }
  }

  /// Leaves a row in the audit of books that took the place of others.
  package static func noteReplaced(_ path: String, wait: Int, _ visit: Visit) throws {
    let books = try openUnchecked(path, wait: wait)
    guard try books.header().version >= Migration.firstWithRoles else { return }
    try books.unlockAudit()
    let user = books.user(visit.account)
    try books.write { _ = try AuditStore.append(visit.entry(.written, by: user), $0) }
  }

  /// Opens a database that exists and has this program's schema.
  /// - Parameters:
  ///   - wait: how many seconds to wait for another program's lock.
  ///   - inBulk: for a command that makes many small changes in many transactions and stages nothing:
  ///     what the audit counts in a temporary table then costs no writing, what many transactions
  ///     change goes from the log into the database once, and the disk is waited for at the end, by
  ///     `settle()`.
  /// - Throws: `Failure` with status 66 if there is none, 78 if the schema is another version, or the
  ///   books are sealed and this is not their key.
  package static func open(
    _ path: String, wait: Int, keyFile: String? = Environment.current["BOMS_KEY_FILE"],
    inBulk: Bool = false
  ) throws -> Books {
    let books = try openUnchecked(path, wait: wait, inBulk: inBulk)
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
    books.connection.seal = try books.withConnection { db in
      Connection.SealSeen(keyFile: keyFile, keyID: try SealStore.unlock(db, keyFile: keyFile))
    }
    return books
  }

  /// Opens a file that exists, whatever it is.
  package static func openUnchecked(
    _ path: String, wait: Int, inBulk: Bool = false
  ) throws -> Books {
    if isClosed(path) {
      throw Failure(
        .noInput,
        Phrase(
          "you may not look into the folder of the database '\(path)'", "无权进入数据库“\(path)”所在的目录"),
        hint: Phrase(
          "who keeps the books can give you the programs' group or sudo (docs/security.md)",
          "请账套管理员按 docs/security.md 授权（程序属组或 sudo）"))
    }
    guard let file = BooksFile(path) else {
      throw Failure(
        .noInput, Phrase("there is no database at '\(path)'", "数据库“\(path)”不存在"),
        hint: Phrase(
          "run 'boms-db init', or name another with --db or BOMS_DB",
          "请运行 'boms-db init'，或用 --db 或 BOMS_DB 指定"))
    }
    return try connect(path, file, wait: wait, inBulk: inBulk)
  }

  /// Waits until all that was written in bulk is on the disk. Until then a power cut takes back the last
  /// transactions, each as a whole.
  /// - Throws: `Failure` 74 if the disk does not take it.
  package func settle() throws {
    try GroupPrivilege.takenUp {
      let log = Glibc.open(file.path + "-wal", O_RDONLY | O_CLOEXEC)
      // Without a log all is in the database.
      guard log >= 0 || errno != ENOENT else { return }
      defer { close(log) }
      guard log >= 0, fdatasync(log) == 0 else {
        throw Failure(.inputOutput, .cannot("write", "写入", file.path + "-wal", errno))
      }
    }
  }

  /// Makes the file, readable and writable by its owner only, if it is not there.
  static func create(_ path: String, wait: Int) throws -> Books {
    // With the user's own rights: nobody leaves a file beside the books by naming it.
    let descriptor = Glibc.open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure.cannotCreate(path) }
    close(descriptor)
    let books = try openUnchecked(path, wait: wait)
    try books.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
    return books
  }

  /// Another connection to the same books, for a thread that reads while this one writes. It is closed
  /// with these books, whoever still has it.
  package func beside() throws -> BooksBeside {
    let queue = try Books.queue(file, queue.configuration)
    let beside = BooksBeside(queue)
    connection.beside.append(beside)
    if let seal = connection.seal {
      try queue.writeWithoutTransaction { _ = try SealStore.unlock($0, keyFile: seal.keyFile) }
    }
    return beside
  }

  private static func connect(
    _ path: String, _ file: BooksFile, wait: Int, inBulk: Bool = false
  ) throws -> Books {
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
      // What is sorted must not lie in a file of the user's.
      if GroupPrivilege.isThere || inBulk {
        try db.execute(sql: "PRAGMA temp_store = MEMORY")
      }
      if inBulk {
        try db.execute(sql: "PRAGMA wal_autocheckpoint = 16384; PRAGMA synchronous = NORMAL")
      }
      db.add(function: .mask)
      db.add(function: Seal.sealFunction(nil))
      db.add(function: Seal.unsealFunction(nil))
      db.add(function: AuditKey.function(nil))
    }
    return Books(path: path, file, Connection(try queue(file, configuration)))
  }

  private static func queue(
    _ file: BooksFile, _ configuration: Configuration
  ) throws -> DatabaseQueue {
    Books.withoutStatistics
    return try GroupPrivilege.takenUp {
      let queue = try DatabaseQueue(path: file.path, configuration: configuration)
      // The log and its index are opened by the first one who reads.
      if GroupPrivilege.isThere {
        try queue.read { _ = try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
      }
      return queue
    }
  }

  /// SQLite counts its memory under a lock, a tenth of the time of an insert, for statistics that nobody
  /// asks for. Before the first database is opened; later it has no effect.
  private static let withoutStatistics: Void = { _ = sqlite3_config_memory_statistics(0) }()

  /// Whom the books see, of the one who comes as this account.
  package func user(_ account: SystemAccount) -> User { account.user(ofFileOf: file.owner) }

  /// Whether it cannot even be asked if there is such a file.
  private static func isClosed(_ path: String) -> Bool {
    GroupPrivilege.takenUp {
      faccessat(AT_FDCWD, path, F_OK, AT_EACCESS) != 0 && errno == EACCES
    }
  }

  /// Outside of a transaction: what is made here stays while the books are open.
  func withConnection<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try queue.writeWithoutTransaction(body)
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
  ///
  /// A command's transaction that changed something leaves a row in the audit, or neither is there.
  package func write<Result>(dryRun: Bool = false, _ body: (Database) throws -> Result) throws
    -> Result
  {
    guard let guest else { return try transaction(.immediate, dryRun: dryRun, body) }
    guard let watch = connection.watch else {
      throw DatabaseError(
        resultCode: .SQLITE_READONLY, message: "\(guest.visit.attempt.name) said that it only reads"
      )
    }
    return try transaction(.immediate, dryRun: dryRun) { db in
      try watch.begin(db)
      let result = try body(db)
      if !dryRun, case let counts = try watch.counts(db), !counts.isEmpty {
        try AuditStore.append(guest.visit.entry(.written, by: guest.user, counts: counts), db)
      }
      return result
    }
  }

  /// Leaves a row in the audit of what the one who came was refused behind the door.
  package func noteRefused(_ reason: String) throws {
    guard let guest else { return }
    try transaction(.immediate, dryRun: false) { db in
      _ = try AuditStore.append(guest.visit.entry(.refused, by: guest.user, reason: reason), db)
    }
  }

  /// A row of the audit about who came, for a command that writes one of its own.
  package func entry(_ outcome: AuditEntry.Outcome, counts: [String: Int]) throws -> AuditEntry {
    guard let guest else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "nobody came through the door")
    }
    return guest.visit.entry(outcome, by: guest.user, counts: counts)
  }

  /// What was prepared before somebody sealed the books would write in the clear.
  private func requireSameSeal(_ db: Database) throws {
    guard let seal = connection.seal, try SealStore.keyID(db) != seal.keyID else { return }
    throw Failure(
      .busy, Phrase("the database was sealed with a key meanwhile", "数据库刚刚被加密"),
      hint: Phrase("run it again, with BOMS_KEY_FILE", "请设置 BOMS_KEY_FILE 后重新运行"))
  }

  private func transaction<Result>(
    _ kind: Database.TransactionKind, dryRun: Bool, _ body: (Database) throws -> Result
  ) throws -> Result {
    try queue.writeWithoutTransaction { db in
      var result: Result?
      try db.inTransaction(kind) {
        if kind == .immediate { try requireSameSeal(db) }
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
