import Foundation
import GRDB
import TestSupport
import Testing

@testable import Shared

/// Sealed values: who opens them, and what happens to what was changed or moved.
struct SealTests {
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    _ = try Migration.apply(to: workspace.file("m.db"), creating: true, wait: 10)
    _ = try KeyFile.create(workspace.file("key"))
    let books = try Books.open(workspace.file("m.db"), wait: 10, keyFile: nil)
    try books.write { db in
      for (number, phone) in [("T1", "13800001111"), ("T2", "13800002222")] {
        try db.execute(
          sql: """
            INSERT INTO tenant (tenant_no, name, phone, bank_account, contact)
            VALUES (?, '甲', ?, '6214830000001234', '王')
            """, arguments: [number, phone])
      }
      try db.execute(
        sql: "INSERT INTO reminder_rule (kind, recipient) VALUES ('overdue', 'tenant;owner')")
      _ = try SealStore.sealAll(
        db, with: KeyFile(workspace.file("key")), on: CivilDate(number: 20_000))
    }
    try books.rewrite(wait: 10)
  }

  private func open(_ key: String? = "key") throws -> Books {
    try Books.open(workspace.file("m.db"), wait: 10, keyFile: key.map(workspace.file))
  }

  private func phones() throws -> [String] {
    try open().read { try TestDatabase.texts($0, "SELECT phone FROM tenant ORDER BY tenant_no") }
  }

  private func status(_ body: () throws -> Void) -> Shared.ExitStatus? {
    do {
      try body()
      return nil
    } catch { return Failure(error).status }
  }

  @Test func whatIsSealedOpensWithItsKeyAndStandsNowhereInTheFile() throws {
    #expect(try phones() == ["13800001111", "13800002222"])
    let stored = try TestDatabase.rows(
      "SELECT phone, bank_account, recipient FROM tenant, reminder_rule", workspace.file("m.db"))
    #expect(stored.allSatisfy { $0[0].hasPrefix("s1:") && $0[1].hasPrefix("s1:") })
    // The same account of two tenants does not show as the same.
    #expect(stored[0][1] != stored[1][1])
    // A list of words has nothing to hide.
    #expect(stored[0][2] == "tenant;owner")
    for file in ["m.db", "m.db-wal"] where workspace.exists(file) {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: workspace.file(file)))
      for value in ["13800001111", "13800002222", "6214830000001234"] {
        #expect(bytes.range(of: Data(value.utf8)) == nil, "\(file)")
      }
    }
  }

  @Test func withoutTheKeyTheBooksStayShut() throws {
    #expect(status { _ = try open(nil) } == .settings)
    #expect(status { _ = try open("none") } == .settings)
    _ = try KeyFile.create(workspace.file("other"))
    #expect(status { _ = try open("other") } == .settings)
    try workspace.write("short", "0123456789")
    chmod(workspace.file("short"), 0o600)
    #expect(status { _ = try open("short") } == .settings)
    for mode: mode_t in [0o640, 0o604, 0o660, 0o777] {
      chmod(workspace.file("key"), mode)
      #expect(status { _ = try open() } == .settings)
    }
    chmod(workspace.file("key"), 0o600)
    #expect(status { _ = try open() } == nil)
  }

  @Test func aValueThatWasChangedIsToldAndNeverShown() throws {
    try TestDatabase.run(
      """
      UPDATE tenant SET phone = substr(phone, 1, 10)
        || CASE substr(phone, 11, 1) WHEN 'A' THEN 'B' ELSE 'A' END || substr(phone, 12)
      WHERE tenant_no = 'T1'
      """, workspace.file("m.db"))
    #expect(status { _ = try phones() } == .inputOutput)
  }

  @Test(arguments: [
    "UPDATE tenant SET phone = (SELECT phone FROM tenant WHERE tenant_no = 'T2') "
      + "WHERE tenant_no = 'T1'",
    "UPDATE tenant SET phone = bank_account WHERE tenant_no = 'T1'",
    "UPDATE tenant SET tenant_no = 'T9' WHERE tenant_no = 'T1'",
    "UPDATE tenant SET phone = 's1:' WHERE tenant_no = 'T1'",
    "UPDATE tenant SET phone = 's1:###' WHERE tenant_no = 'T1'",
  ])
  func aValueOfAnotherRowOrColumnDoesNotOpen(_ sql: String) throws {
    try TestDatabase.run(sql, workspace.file("m.db"))
    #expect(status { _ = try phones() } == .inputOutput)
  }

  @Test func sealingAgainSealsOnlyWhatStandsInTheClear() throws {
    let key = try KeyFile(workspace.file("key"))
    let books = try open()
    let day = CivilDate(number: 20_000)
    #expect(try books.write { try SealStore.sealAll($0, with: key, on: day) } == 0)
    try TestDatabase.run(
      "UPDATE tenant SET email = 'a@example.com' WHERE tenant_no = 'T1'", workspace.file("m.db"))
    #expect(try books.read { try SealStore.clear($0) } == 1)
    #expect(try books.write { try SealStore.sealAll($0, with: key, on: day) } == 1)
    #expect(try books.read { try SealStore.clear($0) } == 0)
    let found = try books.read { try SealStore.check($0) }
    #expect(found.reduce(0) { $0 + $1.sealed } == 7)
  }

  @Test func ledgersKeepTheirTriggers() throws {
    #expect(throws: BooksError.self) {
      try open().write { try $0.run("DELETE FROM main.reminder; UPDATE main.seal SET id = 1") }
    }
    let triggers = try TestDatabase.texts(
      "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'message'",
      workspace.file("m.db"))
    #expect(triggers == ["2"])
  }

  @Test func equalRecipientsOfOneReminderAreSealedEqually() throws {
    let seal = Seal(try KeyFile(workspace.file("key")))
    let (value, place) = (Array("a@example.com".utf8), Array("here".utf8))
    let first = try seal.seal(value, at: place, isUnique: true)
    #expect(try seal.seal(value, at: place, isUnique: true) == first)
    #expect(try seal.seal(value, at: Array("there".utf8), isUnique: true) != first)
    #expect(try seal.seal(value, at: place, isUnique: false) != first)
    #expect(try seal.open(first, at: place) == value)
  }
}
