import TestSupport
import Testing

@testable import Shared

struct MigrationTests {
  @Test func aFreshDatabaseHasTheLatestVersionAndIsABomsFile() throws {
    let books = try FreshBooks()
    #expect(try books.texts("PRAGMA user_version") == ["\(Migration.latest)"])
    #expect(try books.texts("PRAGMA application_id") == ["\(0x424F_4D53)"])
    #expect(try books.texts("PRAGMA journal_mode") == ["wal"])
    #expect(try books.texts("PRAGMA synchronous") == ["2"])
    #expect(try books.texts("PRAGMA foreign_keys") == ["1"])
    #expect(try books.texts("PRAGMA integrity_check") == ["ok"])
  }

  @Test func applyingAgainChangesNothing() throws {
    let books = try FreshBooks()
    let before = try TestDatabase.dump(books.path)
    #expect(try Migration.apply(to: books.path, creating: true, wait: 1) == Migration.latest)
    #expect(try Migration.apply(to: books.path, creating: false, wait: 1) == Migration.latest)
    let isSame = try TestDatabase.dump(books.path) == before
    #expect(isSame)
  }

  /// Version 3 makes the table of charges anew: what stands in it stays, and what holds it.
  @Test func booksOfTheSecondVersionKeepTheirCharges() throws {
    let workspace = try Workspace()
    let path = workspace.file("m.db")
    try Books.create(path, wait: 1).write { db in
      for step in [PackageResources.v001_registers_sql, PackageResources.v002_books_sql] {
        try db.run(String(decoding: step, as: UTF8.self))
      }
      try db.run(
        """
        PRAGMA application_id = \(Books.applicationID);
        PRAGMA user_version = 2;
        INSERT INTO company (company_no, name, credit_code) VALUES ('CQ', 'a', 'x');
        INSERT INTO property (property_no, name, company_no) VALUES ('P1', 'a', 'CQ');
        INSERT INTO tenant (tenant_no, name) VALUES ('T1', 'a');
        INSERT INTO fee_item (item, name, kind) VALUES ('rent', 'a', 'rent');
        INSERT INTO contract (contract_no, tenant_no, property_no, start_on, end_on)
        VALUES ('C1', 'T1', 'P1', '2026-01-01', '2026-12-31');
        INSERT INTO charge_term (contract_no, line, item, method, price_e6, per)
        VALUES ('C1', 1, 'rent', 'fixed', 1000000, 'month');
        INSERT INTO bill (bill_no, kind, company_no, property_no, tenant_no, contract_no, bill_on,
          due_on, booked_on, month, serial, net_fen, tax_fen, amount_fen)
        VALUES ('B1', 'bill', 'CQ', 'P1', 'T1', 'C1', '2026-01-01', '2026-01-05', '2026-01-01',
          '2026-01', 1, 200, 18, 218);
        INSERT INTO charge (id, bill_no, contract_no, source, period_start, kind, revision, line,
          item, period_end, adjusts, tax_rate_e6, net_fen, tax_fen, amount_fen, explain)
        VALUES (3, 'B1', 'C1', 'L1', '2026-01-01', 'base', 0, 1, 'rent', '2026-01-31', NULL, 90000,
            100, 9, 109, 'a'),
          (7, 'B1', 'C1', 'L1', '2026-01-01', 'adjust', 1, 1, 'rent', '2026-01-31', 3, 90000, 100,
            9, 109, 'b');
        """)
    }
    #expect(try Migration.apply(to: path, creating: false, wait: 1) == 2)
    #expect(
      try TestDatabase.texts(
        "SELECT id || kind || revision || coalesce(adjusts, '-') || amount_fen || voids || explain "
          + "FROM charge ORDER BY id", path) == ["3base0-1090a", "7adjust131090b"])
    #expect(try TestDatabase.texts("SELECT count(*) FROM charges", path) == ["2"])
    #expect(try TestDatabase.texts("PRAGMA foreign_key_check", path) == [])
    #expect(try TestDatabase.texts("PRAGMA integrity_check", path) == ["ok"])
    // The schema is that of a database that was made new.
    let schema = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name"
    let fresh = try FreshBooks().texts(schema)
    #expect(try TestDatabase.texts(schema, path) == fresh)
    #expect(throws: BooksError.self) {
      try TestDatabase.run("UPDATE charge SET amount_fen = 0", path)
    }
    #expect(throws: BooksError.self) {
      try TestDatabase.run("UPDATE charge_term SET cycle_months = 3", path)
    }
  }

  /// Version 7 ships an account for every role: what somebody imported before stays, as far as the
  /// journal knows it.
  @Test func accountsThatWereImportedStay() throws {
    let workspace = try Workspace()
    let path = workspace.file("m.db")
    try Books.create(path, wait: 1).write { db in
      for step in [
        PackageResources.v001_registers_sql, PackageResources.v002_books_sql,
        PackageResources.v003_charging_sql, PackageResources.v004_collection_sql,
        PackageResources.v005_money_sql, PackageResources.v006_accrual_sql,
      ] {
        try db.run(String(decoding: step, as: UTF8.self))
      }
      try db.run(
        """
        PRAGMA application_id = \(Books.applicationID);
        PRAGMA user_version = 6;
        INSERT INTO account (role, code, name)
        VALUES ('receivable', '1131', '应收'), ('cash', '1001', '现金');
        """)
    }
    #expect(try Migration.apply(to: path, creating: false, wait: 1) == 6)
    let accounts = try TestDatabase.texts("SELECT role || ' ' || code FROM account", path)
    #expect(
      Set(accounts.map { $0.prefix { $0 != " " } }.map(String.init))
        == Set(Choice.accountRoles.map(\.code)))
    #expect(accounts.contains("receivable 1131"))
    #expect(accounts.contains("bank 1002"))
  }

  private func status(_ body: () throws -> Void) -> Shared.ExitStatus? {
    do {
      try body()
      return nil
    } catch {
      return Failure(error).status
    }
  }

  @Test func aNewerDatabaseIsRefusedWith78() throws {
    let books = try FreshBooks()
    try books.run("PRAGMA user_version = \(Migration.latest + 1)")
    #expect(status { _ = try Books.open(books.path, wait: 1) } == .settings)
    #expect(
      status { _ = try Migration.apply(to: books.path, creating: true, wait: 1) } == .settings)
  }

  @Test func anOlderDatabaseAsksForMigrate() throws {
    let books = try FreshBooks()
    try books.run("PRAGMA user_version = \(Migration.latest - 1)")
    do {
      _ = try Books.open(books.path, wait: 1)
      Issue.record("opened")
    } catch let failure as Failure {
      #expect(failure.status == .settings)
      #expect(failure.hint?.en == "run 'boms-db migrate'")
    }
  }

  @Test func anotherProgramsDatabaseIsRefusedWith78AndLeftAsItIs() throws {
    let workspace = try Workspace()
    let path = try workspace.write("x.db", "")
    // An empty file is no database of ours unless it is to be made one.
    #expect(status { _ = try Books.open(path, wait: 1) } == .settings)
    #expect(status { _ = try Migration.apply(to: path, creating: false, wait: 1) } == .settings)
    try TestDatabase.run("CREATE TABLE other (a)", path)
    #expect(status { _ = try Migration.apply(to: path, creating: true, wait: 1) } == .settings)
    #expect(try TestDatabase.texts("SELECT name FROM sqlite_schema", path) == ["other"])
  }

  @Test func aMissingDatabaseIsNeverMade() throws {
    let path = try Workspace().file("m.db")
    #expect(status { _ = try Books.open(path, wait: 1) } == .noInput)
    #expect(status { _ = try Migration.apply(to: path, creating: false, wait: 1) } == .noInput)
  }

  @Test func onlyTheOwnerReadsTheFile() throws {
    let books = try FreshBooks()
    let listing = try books.workspace.succeedingShell("stat -c %a m.db")
    #expect(listing == "600\n")
  }
}

extension Workspace {
  func succeedingShell(_ line: String) throws -> String {
    let run = try shell(line)
    #expect(run.status == 0)
    return run.out
  }
}
