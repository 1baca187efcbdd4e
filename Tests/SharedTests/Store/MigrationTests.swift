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
