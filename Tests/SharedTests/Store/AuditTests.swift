import TestSupport
import Testing

@testable import Shared

/// The audit's rows belong to their transactions, and nothing is changed in them unseen.
struct AuditTests {
  /// Books through the door, as somebody, at a moment.
  private func enter(
    _ books: FreshBooks, _ attempt: Attempt = Attempt("boms-import", "import", .importing),
    changing: [String] = [], as account: SystemAccount = .root,
    at now: String = "2026-11-29T08:00:00Z"
  ) throws -> Books {
    let moment = try #require(Instant(iso: now))
    return try Books.open(
      books.path, wait: 1,
      for: Visit(
        attempt: attempt, changing: changing, account: account, host: "h", run: "r1",
        arguments: ["a", "b"],
        now: { moment }))
  }

  /// What a command that is no import does.
  private let amend = Attempt("boms-bill", "amend", .writing)

  private let add = "INSERT INTO company (company_no, name, credit_code) VALUES"

  private func findings(
    _ books: FreshBooks, _ anchors: [AuditVerification.Anchor] = []
  ) throws -> [String] {
    try books.books.read { try AuditVerification($0, anchors: anchors).findings }
      .map { "\($0.seq ?? 0): \($0.message.en)" }
  }

  @Test func aTransactionThatChangesSomethingLeavesARow() throws {
    let books = try FreshBooks()
    let inside = try enter(books)
    try inside.write { try $0.run("\(add) ('A', 'a', 'x'), ('B', 'b', 'y')") }
    #expect(
      try books.texts(
        """
        SELECT seq || at || user || account || host || run || tool || command || arguments || outcome
          || counts FROM audit
        """) == [
          "12026-11-29T08:00:00Zrootroothr1boms-importimport[\"a\",\"b\"]written{\"company\":2}"
        ])
    #expect(try findings(books) == [])
  }

  @Test func whatChangesNothingLeavesNone() throws {
    let books = try FreshBooks()
    let inside = try enter(books)
    try inside.write { _ in }
    try inside.write { try $0.run("CREATE TEMP TABLE t (a); INSERT INTO t VALUES (1)") }
    try inside.write { try $0.run("UPDATE company SET name = 'x'") }
    try inside.write(dryRun: true) { try $0.run("\(add) ('A', 'a', 'x')") }
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try inside.write {
        try $0.run("\(add) ('A', 'a', 'x')")
        throw Stop()
      }
    }
    #expect(try books.texts("SELECT seq FROM audit") == [])
  }

  @Test func whatIsRolledBackInPartIsNotCounted() throws {
    let books = try FreshBooks()
    let inside = try enter(books)
    let trial =
      "SAVEPOINT trial; \(add) ('A', 'a', 'x'), ('B', 'b', 'y'); ROLLBACK TO trial; RELEASE trial"
    try inside.write { try $0.run(trial) }
    #expect(try books.texts("SELECT seq FROM audit") == [])
    try inside.write { try $0.run("\(trial); \(add) ('C', 'c', 'z')") }
    #expect(try books.texts("SELECT counts FROM audit") == ["{\"company\":1}"])
  }

  @Test func aCommandThatSaidItReadsCannotWrite() throws {
    let books = try FreshBooks()
    let inside = try enter(books, Attempt("boms-export", "export", .reading))
    #expect(throws: BooksError.self) { try inside.write { try $0.run("\(add) ('A', 'a', 'x')") } }
  }

  @Test func aRefusedTryIsKept() throws {
    let books = try FreshBooks()
    #expect(throws: Failure.self) {
      try enter(
        books, Attempt("boms-bill", "void", .writing), as: SystemAccount(uid: 1001, name: "li"))
    }
    #expect(
      try books.texts("SELECT user || ' ' || outcome || ' ' || reason FROM audit")
        == ["li refused user 'li' has no role in these books"])
  }

  @Test func whatIsRevealedIsKeptBeforeItIsSeen() throws {
    let books = try FreshBooks()
    _ = try enter(books, Attempt("boms-export", "export", .revealing, of: ["tenant"]))
    #expect(try books.texts("SELECT outcome FROM audit") == ["revealed"])
  }

  @Test func everyTableWithoutRowIDIsCountedOrKnownNotToBe() throws {
    let tables = try FreshBooks().texts(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND wr = 1 ORDER BY name")
    let known = ChangeWatch.uncounted.union(ChangeWatch.counted.keys)
      .union(ChangeWatch.belonging.keys)
    #expect(tables.filter { !known.contains($0) } == [])
  }

  @Test func whatTablesWithoutRowIDGetIsCounted() throws {
    let books = try FreshBooks()
    try enter(books).write { db in
      #expect(
        try TestDatabase.texts(
          db, "SELECT count(*) FROM temp.sqlite_schema WHERE type = 'trigger'")
          == ["\(ChangeWatch.counted.count)"])
      // As the trigger of the table does.
      try db.run("UPDATE temp.audit_count SET rows = rows + 1 WHERE name = 'invoice_event'")
    }
    #expect(try books.texts("SELECT counts FROM audit") == ["{\"invoice_event\":1}"])
  }

  @Test func whatBelongsToARowIsCountedByItAndNotWhatWasRolledBack() throws {
    let books = try FreshBooks()
    try enter(books).write { db in
      func add(_ file: Int) throws {
        try db.run(
          """
          INSERT INTO file_content (id, sha256, bytes)
          VALUES (\(file), x'\(String(repeating: "0", count: 63))\(file)', x'00');
          INSERT INTO invoice (id, invoice_no, file_id, carrier, is_red, signature)
          VALUES (\(file), '2633200000000000010\(file)', \(file), 'pdf', 0, 'absent');
          INSERT INTO invoice_file (id, invoice_id, content_id, carrier, name, received_on, result)
          VALUES (\(file), \(file), \(file), 'pdf', 'a.pdf', '2026-11-01', 'new');
          INSERT INTO invoice_extra (file_id, seq, path, text)
          VALUES (\(file), 1, 'a', 'x'), (\(file), 2, 'b', 'y');
          INSERT INTO invoice_event (invoice_id, seq, kind, happened_on, file_id, code)
          VALUES (\(file), 1, 'received', '2026-11-01', \(file), 'xml');
          """)
      }
      try add(1)
      try db.run("SAVEPOINT part")
      try add(2)
      try db.run("ROLLBACK TO part; RELEASE part")
      try add(2)
      try add(3)
      try db.run(
        """
        INSERT INTO invoice_event (invoice_id, seq, kind, happened_on, file_id, code)
        VALUES (1, 2, 'verified', '2026-11-02', NULL, 'normal');
        """)
    }
    #expect(
      try books.texts("SELECT counts FROM audit") == [
        #"{"file_content":3,"invoice":3,"invoice_event":4,"invoice_extra":6,"invoice_file":3}"#
      ])
  }

  // MARK: Registers

  @Test func whatBecameOfRowsOfRegistersIsKept() throws {
    let books = try FreshBooks()
    try enter(books, amend, changing: ["company", "tenant"]).write {
      try $0.run(
        """
        INSERT INTO tenant (tenant_no, name, phone) VALUES ('T1', 'a', '13812345678');
        UPDATE tenant SET name = 'a', phone = '13812345670' WHERE tenant_no = 'T1';
        UPDATE tenant SET name = 'a';
        UPDATE tenant SET name = 'b', phone = NULL;
        DELETE FROM tenant
        """)
    }
    #expect(
      try books.texts(
        """
        SELECT number || register || key || coalesce(before, '-') || coalesce(after, '-')
        FROM audit_change ORDER BY number
        """) == [
          #"1tenant{"tenant_no":"T1"}-{"name":"a","kind":"company","phone":"138****5678"}"#,
          #"2tenant{"tenant_no":"T1"}{"phone":"138****5678"}{"phone":"138****5670"}"#,
          #"3tenant{"tenant_no":"T1"}{"name":"a","phone":"138****5670"}{"name":"b"}"#,
          #"4tenant{"tenant_no":"T1"}{"name":"b","kind":"company"}-"#,
        ])
    #expect(try findings(books) == [])
  }

  @Test func ofARowThatAnImportAddsTheKeyIsKeptAndOfEveryChangeWhatItWas() throws {
    let books = try FreshBooks()
    try enter(books, changing: ["company", "asset_usage"]).write {
      try $0.run(
        """
        PRAGMA defer_foreign_keys = ON;
        \(add) ('A', 'a', 'x');
        INSERT INTO asset_usage (asset_no, month, units_e6, revision) VALUES ('GD1', '2026-01', 1, 0),
          ('GD1', '2026-01', 2, 1);
        INSERT INTO asset (asset_no, name, category, acquired_on, cost_fen, method)
          VALUES ('GD1', 'n', 'c', '2026-01-01', 1, 'none')
        """)
    }
    try enter(books, changing: ["company"]).write {
      try $0.run("UPDATE company SET name = 'b'; DELETE FROM company")
    }
    #expect(
      try books.texts(
        """
        SELECT seq || register || key || coalesce(before, '-') || coalesce(after, '-')
        FROM audit_change ORDER BY seq, number
        """) == [
          #"1company{"company_no":"A"}-{}"#,
          #"1asset_usage{"asset_no":"GD1","month":"2026-01"}-{"revision":0}"#,
          #"1asset_usage{"asset_no":"GD1","month":"2026-01"}-{"revision":1}"#,
          #"2company{"company_no":"A"}{"name":"a"}{"name":"b"}"#,
          #"2company{"company_no":"A"}{"name":"b","credit_code":"x"}-"#,
        ])
    #expect(try findings(books) == [])
  }

  @Test func aChangedOrAStrayChangeIsFound() throws {
    for sql in [
      "UPDATE audit_change SET after = '{}' WHERE number = 1", "DELETE FROM audit_change",
      "UPDATE audit_change SET seq = 1 WHERE seq = 2",
      "INSERT INTO audit_change SELECT seq, 9, register, key, before, after FROM audit_change",
      "INSERT INTO audit_change SELECT 9, 1, register, key, before, after FROM audit_change",
    ] {
      let books = try filled(1)
      try enter(books, amend, changing: ["company"]).write { try $0.run("\(add) ('A', 'a', 'x')") }
      #expect(try findings(books) == [])
      try books.run(
        "DROP TRIGGER audit_change_update; DROP TRIGGER audit_change_delete; \(sql)")
      #expect(try findings(books).isEmpty == false, "\(sql)")
    }
  }

  // MARK: Tampering

  /// Books with rows of several kinds.
  private func filled(_ count: Int = 12) throws -> FreshBooks {
    let books = try FreshBooks()
    for number in 1...count {
      let inside = try enter(books)
      try inside.write { try $0.run("\(add) ('C\(number)', 'a', 'x\(number)')") }
    }
    return books
  }

  /// As somebody does who has the file and sqlite3.
  private func tamper(_ books: FreshBooks, _ sql: String) throws {
    try books.run("DROP TRIGGER audit_update; DROP TRIGGER audit_delete; \(sql)")
  }

  @Test func theSchemaRefusesChanges() throws {
    let books = try filled(2)
    for sql in [
      "UPDATE audit SET user = 'x'", "DELETE FROM audit", "DELETE FROM audit WHERE seq = 2",
      "UPDATE audit_key SET key = zeroblob(32)", "DELETE FROM audit_key",
    ] {
      #expect(throws: BooksError.self, "\(sql)") { try books.run(sql) }
    }
    // A purge that says so is refused for what is not half a year old.
    try books.run("INSERT INTO audit_purge VALUES (2, '', zeroblob(32))")
    #expect(throws: BooksError.self) { try books.run("DELETE FROM audit") }
  }

  @Test func anyChangeOfAnyColumnIsFound() throws {
    let columns = [
      "at": "'2026-01-01T00:00:00Z'", "user": "'x'", "account": "'x'", "host": "'x'",
      "run": "'x'", "tool": "'x'", "command": "'x'", "arguments": "'[]'",
      "outcome": "'refused'", "counts": "'{}'", "reason": "'x'", "changes": "zeroblob(32)",
      "key": "'x'", "mac": "zeroblob(32)",
    ]
    for (column, value) in columns {
      let books = try filled(3)
      try tamper(books, "UPDATE audit SET \(column) = \(value) WHERE seq = 2")
      #expect(try findings(books).isEmpty == false, "\(column)")
    }
    #expect(
      Set(columns.keys).union(["seq"])
        == Set(try FreshBooks().texts("SELECT name FROM pragma_table_info('audit')")))
  }

  @Test func rowsThatAreGoneSwappedOrPutInAreFound() throws {
    var random = Seeded(7)
    for round in 0..<20 {
      let books = try filled(8)
      let a = Int.random(in: 1...7, using: &random)
      let b = Int.random(in: (a + 1)...8, using: &random)
      switch round % 4 {
      case 0: try tamper(books, "DELETE FROM audit WHERE seq = \(a)")
      case 1:
        try tamper(
          books,
          """
          UPDATE audit SET seq = -1 WHERE seq = \(a); UPDATE audit SET seq = \(a) WHERE seq = \(b);
          UPDATE audit SET seq = \(b) WHERE seq = -1
          """)
      case 2:
        try tamper(
          books,
          """
          UPDATE audit SET seq = -seq - 1 WHERE seq > \(a); UPDATE audit SET seq = -seq WHERE seq < 0;
          INSERT INTO audit SELECT \(a) + 1, at, 'x', account, host, run, tool, command, arguments,
            outcome, counts, reason, changes, key, mac FROM audit WHERE seq = \(a)
          """)
      default:
        // All that is left is numbered anew.
        try tamper(
          books,
          "DELETE FROM audit WHERE seq = \(a); UPDATE audit SET seq = -seq WHERE seq > \(a);"
            + "UPDATE audit SET seq = -seq - 1 WHERE seq < 0")
      }
      #expect(try findings(books).isEmpty == false, "round \(round)")
    }
  }

  @Test func aCutTailIsFoundByTheAnchorOnly() throws {
    let books = try filled(5)
    let tip = try books.books.read { try AuditStore.tip($0) }
    let anchor = AuditVerification.Anchor(seq: tip.seq, mac: tip.mac)
    #expect(try findings(books, [anchor]) == [])
    try tamper(books, "DELETE FROM audit WHERE seq > 3")
    #expect(try findings(books) == [])
    #expect(
      try findings(books, [anchor])
        == ["0: the anchor knows row 5, the audit ends with row 3: rows are cut off"])
    // Others in their place are not those of the anchor, though their codes are right.
    for _ in 1...3 {
      try enter(books).write { try $0.run("UPDATE company SET name = name || 'x'") }
    }
    #expect(try findings(books) == [])
    #expect(try findings(books, [anchor]) == ["5: it is not the row of the anchor"])
  }

  // MARK: Purging

  @Test func aPurgeLeavesItsAnchorAndAChainThatHolds() throws {
    let books = try FreshBooks()
    for day in ["2026-01-05", "2026-02-05", "2026-11-01"] {
      try enter(books, at: "\(day)T08:00:00Z").write {
        try $0.run("\(add) ('\(day)', 'a', '\(day)')")
      }
    }
    let kept = try books.books.read { try AuditStore.tip($0) }
    let inside = try enter(books, Attempt("boms-db", "audit purge", .writing))
    let purged = try inside.write { db -> Int in
      let last = try #require(try AuditStore.last(before: CivilDate(iso: "2026-03-01")!, db))
      return try AuditStore.purge(through: last, in: inside, db)
    }
    #expect(purged == 2)
    #expect(
      try books.texts("SELECT seq || ' ' || command || ' ' || counts FROM audit")
        == ["3 import {\"company\":1}", "4 audit purge {\"through\":2}"])
    #expect(try findings(books, [.init(seq: kept.seq, mac: kept.mac)]) == [])
    // A purge of more than the row tells.
    try tamper(
      books,
      "INSERT INTO audit_purge SELECT seq, at, mac FROM audit WHERE seq = 3;"
        + "DELETE FROM audit WHERE seq = 3")
    #expect(try findings(books) == ["3: no row tells of the purge through it"])
  }
}
