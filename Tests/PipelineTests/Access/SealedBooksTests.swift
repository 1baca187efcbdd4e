import Foundation
import Shared
import TestSupport
import Testing

/// The whole way from the spreadsheets to what goes out, with and without a key.
struct SealedBooksTests {
  /// Values of `Tests/Fixtures/small` that must not stand in a sealed file.
  private static let planted = [
    "6214830000001234", "13900000000", "wang@example.com", "hq@example.com", "send?key=1",
  ]
  private static let key = ["BOMS_KEY_FILE": "key"]

  @discardableResult
  private func run(
    _ workspace: Workspace, _ program: String, _ arguments: String...,
    environment: [String: String] = SealedBooksTests.key
  ) throws -> Workspace.Run {
    let run = try workspace.run(
      program, arguments + ["--db", "m.db", "--lang", "en"], environment: environment)
    if run.status != 0 {
      throw Unexpected(description: "\(program) \(arguments.joined(separator: " ")): \(run)")
    }
    return run
  }

  private func sealed(_ prepared: Result<Workspace, any Error> = Prepared.small) throws -> Workspace
  {
    let workspace = try Workspace(prepared)
    try run(
      workspace, "boms-db", "key", "create", "--file", "key", "--understood", environment: [:])
    return workspace
  }

  private func files(_ workspace: Workspace) throws -> [(name: String, bytes: Data)] {
    try ["m.db", "m.db-wal"].filter(workspace.exists).map {
      ($0, try Data(contentsOf: URL(fileURLWithPath: workspace.file($0))))
    }
  }

  private func pipeline(_ workspace: Workspace, _ environment: [String: String]) throws {
    let day = ["--as-of", "2026-03-31", "--quiet"]
    func go(_ program: String, _ arguments: String...) throws {
      let all = arguments + ["--db", "m.db", "--lang", "en"] + day
      let run = try workspace.run(program, all, environment: environment)
      if run.status > 1 { throw Unexpected(description: "\(program) \(arguments): \(run)") }
    }
    try go("boms-bill", "run")
    try go("boms-collect", "run")
    try go("boms-bill", "accrue")
    try go("boms-invoice", "request", "run")
    try go("boms-depreciate", "run")
    try go("boms-remind", "run")
    try go("boms-remind", "deliver", "--channel", "mail", "--via", "cat >> sent.txt")
  }

  /// Every row of every table as the programs read it.
  private func rows(_ workspace: Workspace, key: String?) throws -> [String: [String]] {
    let books = try Books.open(workspace.file("m.db"), wait: 10, keyFile: key)
    return try books.read { db in
      let names = try TestDatabase.texts(
        db, "SELECT name FROM main.sqlite_schema WHERE type IN ('table', 'view')")
      var found: [String: [String]] = [:]
      for name in names where !name.hasPrefix("audit") && name != "seal" {
        let rows = try SQLStatement(db, "SELECT * FROM \"\(name)\"")
        while try rows.step() {
          found[name, default: []].append(
            (0..<rows.columnCount).map { rows.isNull($0) ? "∅" : rows.text($0) }
              .joined(separator: "|"))
        }
      }
      // When and under which number something went out is of the run.
      found["message"] = nil
      found["reminder_event"] = nil
      return found
    }
  }

  @Test func theBooksAreTheSameWithAndWithoutAKey() throws {
    let (plain, sealed) = (try Workspace(Prepared.small), try sealed())
    try pipeline(plain, [:])
    try pipeline(sealed, SealedBooksTests.key)
    let (clear, opened) = (
      try rows(plain, key: nil), try rows(sealed, key: sealed.file("key"))
    )
    for (name, rows) in clear { #expect(opened[name] == rows, "\(name)") }
    for file in try files(sealed) {
      for value in SealedBooksTests.planted {
        #expect(file.bytes.range(of: Data(value.utf8)) == nil, "\(value) in \(file.name)")
      }
    }
    #expect(try run(sealed, "boms-db", "key", "check").status == 0)
    #expect(try run(sealed, "boms-db", "check").lines.dropFirst() == [])
  }

  @Test func aKeyMadeOverClearBooksLeavesNothingOfThemInTheFile() throws {
    let before = try files(Workspace(Prepared.small))
    #expect(
      before.contains { file in
        SealedBooksTests.planted.allSatisfy { file.bytes.range(of: Data($0.utf8)) != nil }
      })
    let workspace = try sealed()
    for file in try files(workspace) {
      for value in SealedBooksTests.planted {
        #expect(file.bytes.range(of: Data(value.utf8)) == nil, "\(value) in \(file.name)")
      }
    }
    let mode = try FileManager.default.attributesOfItem(atPath: workspace.file("key"))
    #expect(mode[.posixPermissions] as? Int == 0o600)
  }

  @Test func losingTheKeyIsExplainedBeforeAnythingIsDone() throws {
    let workspace = try Workspace(Prepared.small)
    let before = try workspace.dump()
    let asked = try workspace.run(
      "boms-db", ["key", "create", "--file", "key", "--db", "m.db", "--lang", "en"])
    #expect(asked.status == 64)
    #expect(asked.err.contains("lost for good") && asked.err.contains("--understood"))
    #expect(!workspace.exists("key"))
    let tried = try workspace.run(
      "boms-db", ["key", "create", "--file", "key", "--dry-run", "--db", "m.db", "--lang", "en"])
    #expect(tried.status == 0 && tried.err.contains("dry run"))
    #expect(!workspace.exists("key"))
    let isSame = try workspace.dump() == before
    #expect(isSame)
  }

  @Test func theSameFilesAgainChangeNothingInSealedBooks() throws {
    let workspace = try sealed()
    let before = try workspace.dump()
    let again = try run(
      workspace, "boms-import", "--all", Repository.path("Tests/Fixtures/small"))
    #expect(again.errorLines.last?.hasSuffix("nothing changed") == true, "\(again.err)")
    let key = try run(workspace, "boms-db", "key", "create", "--understood")
    #expect(key.err.contains("values sealed 0"))
    let isSame = try workspace.dump() == before
    #expect(isSame)
  }

  @Test func aMaskComesBackAsNoChangeAndNeverAsAValue() throws {
    let workspace = try sealed()
    func importing(_ text: String) throws -> Workspace.Run {
      try workspace.run(
        "boms-import", ["contact", "--db", "m.db", "--lang", "en"], stdin: text,
        environment: SealedBooksTests.key)
    }
    let before = try workspace.dump()
    let same = try importing("owner,phone,email\n王主管,139****0000,w***@example.com\n")
    #expect(same.status == 0 && same.err.contains("nothing changed"), "\(same)")
    for text in ["王主管,138****0000", "新人,139****0000"] {
      let wrong = try importing("owner,phone\n\(text)\n")
      #expect(wrong.status == 65 && wrong.err.contains("[value.masked]"), "\(wrong)")
    }
    let isSame = try workspace.dump() == before
    #expect(isSame)
    #expect(try importing("owner,phone\n王主管,13711112222\n").status == 0)
    #expect(try workspace.dump().contains { $0.contains("13711112222") } == false)
  }

  @Test func aBackupOfSealedBooksIsOfUseOnlyWithTheirKey() throws {
    let workspace = try sealed()
    // The audit's row of a copy is chained with the key.
    try run(workspace, "boms-db", "backup", "copy.db")
    let restored = try workspace.run(
      "boms-db", ["restore", "copy.db", "--db", "m2.db", "--lang", "en"],
      environment: SealedBooksTests.key)
    #expect(restored.status == 0, "\(restored)")
    let shut = try workspace.run("boms-db", ["key", "check", "--db", "m2.db", "--lang", "en"])
    #expect(shut.status == 64)
    let without = try workspace.run("boms-bill", ["missing", "--db", "m2.db", "--lang", "en"])
    #expect(without.status == 78 && without.err.contains("BOMS_KEY_FILE"), "\(without)")
    let with = try workspace.run(
      "boms-db", ["key", "check", "--db", "m2.db", "--lang", "en"],
      environment: SealedBooksTests.key)
    #expect(with.status == 0, "\(with)")
  }
}
