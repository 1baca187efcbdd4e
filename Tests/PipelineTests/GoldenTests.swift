import Foundation
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
