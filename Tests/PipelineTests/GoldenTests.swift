import Foundation
import Shared
import TestSupport
import Testing

/// The built programs against recorded cases: one folder each in `Tests/Golden`, with `cmd` (a line
/// of shell), `stdin`, files to work on, and what is expected: `expout`, `experr`, `expcode`.
///
/// Every case starts in a folder of its own with `small.db`, the small property, and `empty.db`.
/// `BOMS_RECORD=1` writes what came out; that run fails, so that nobody takes it for a test.
struct GoldenTests {
  static let folder = Repository.path("Tests/Golden")

  static let cases: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/cmd") }.sorted()
  }()

  private static let empty = Result {
    let workspace = try Workspace()
    try workspace.succeed("boms-db", "init", "--db", "m.db")
    return workspace
  }

  private static let smallDump = Result { try Prepared.small.get().dump() }

  @Test(arguments: cases)
  func theProgramsSayWhatIsRecorded(_ name: String) throws {
    let folder = "\(GoldenTests.folder)/\(name)"
    func text(_ file: String) -> String? {
      FileManager.default.contents(atPath: "\(folder)/\(file)").map {
        String(decoding: $0, as: UTF8.self)
      }
    }
    let workspace = try Workspace()
    try workspace.copy(Prepared.small.get().file("m.db"), to: "small.db")
    try workspace.copy(GoldenTests.empty.get().file("m.db"), to: "empty.db")
    let own: Set = ["cmd", "stdin", "expout", "experr", "expcode"]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder)
    where !own.contains(file) {
      try workspace.copy("\(folder)/\(file)", to: file)
    }
    let run = try workspace.shell(try #require(text("cmd")), stdin: text("stdin"))

    // What ends in bad usage or bad data has changed nothing.
    if run.status >= 64 {
      let isUntouched = try workspace.dump("small.db") == GoldenTests.smallDump.get()
      #expect(isUntouched, "the database was changed")
    }
    #expect(try workspace.unwatched("small.db") == [], "a command must say what it changes")
    if Repository.records {
      for (file, content) in [
        ("expout", run.out), ("experr", run.err), ("expcode", "\(run.status)\n"),
      ] {
        try content.write(toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
      }
      Issue.record("recorded; run again without BOMS_RECORD")
      return
    }
    #expect(run.status == Int32((text("expcode") ?? "0\n").dropLast()))
    #expect(run.out == text("expout") ?? "")
    #expect(run.err == text("experr") ?? "")
  }

  @Test func thereAreCases() {
    #expect(GoldenTests.cases.count >= 30)
  }
}

extension Workspace {
  /// Registers that a command changed and of which the audit does not say how: it did not tell the
  /// door.
  fileprivate func unwatched(_ database: String) throws -> [String] {
    let registers = Catalogue.registers.map { "'\($0.table)'" }.joined(separator: ", ")
    return try TestDatabase.texts(
      """
      SELECT a.command || ': ' || c.key FROM audit a, json_each(a.counts) c
      WHERE c.key IN (\(registers)) AND a.command <> 'key create' AND NOT EXISTS (
        SELECT 1 FROM audit_change x WHERE x.seq = a.seq AND x.register = c.key)
      """, file(database))
  }
}
