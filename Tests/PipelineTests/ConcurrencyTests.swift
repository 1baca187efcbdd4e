import Foundation
import Shared
import TestSupport
import Testing

/// Runs beside each other, and runs that die.
struct ConcurrencyTests {
  @Test func twoRunsAtOnceDoubleNothing() throws {
    let alone = try Workspace(Prepared.mall)
    try alone.bill("2026-11-22")
    let workspace = try Workspace(Prepared.mall)
    let runs = try (0..<4).map { _ in
      try workspace.start(
        "boms-bill", ["run", "--db", "m.db", "--as-of", "2026-11-22", "--wait", "60"])
    }
    let ends = try runs.map { try $0.wait() }
    #expect(ends.allSatisfy { $0.status == 0 }, "\(ends.map(\.err))")
    #expect(ends.count { $0.lines.count > 1 } == 1)
    let isSame = try workspace.export("charges") == alone.export("charges")
    #expect(isSame)
    #expect(try workspace.check() == [])
  }

  @Test func whoWaitsInVainEndsWith75AndChangesNothing() throws {
    let workspace = try Workspace(Prepared.small)
    let books = try Books.open(workspace.file("m.db"), wait: 0)
    let before = try workspace.dump()
    try books.write { _ in
      for command in [
        ["boms-bill", "run", "--as-of", "2026-08-31"],
        ["boms-import", "account"], ["boms-db", "migrate"],
      ] {
        let run = try workspace.run(
          command[0], Array(command.dropFirst()) + ["--db", "m.db", "--wait", "1", "--lang", "en"],
          stdin: "role,code,name\na,1,b\n")
        #expect(run.status == 75, "\(command): \(run)")
        #expect(run.err.contains("in use by another program"))
        #expect(run.err.contains("hint:"))
      }
      // Readers are not held up.
      #expect(try workspace.run("boms-export", "--db", "m.db", "unit").status == 0)
    }
    let isSame = try workspace.dump() == before
    #expect(isSame)
  }

  static let kills = Repository.testsAll ? 60 : 6

  @Test func aRunThatIsKilledHappenedOrDidNot() throws {
    let whole = try Workspace(Prepared.mall)
    let start = Date()
    try whole.bill("2026-11-22")
    let length = Date().timeIntervalSince(start)
    let expected = try whole.export("charges")
    let expectedBills = try whole.export("bills")
    var random = Seeded(7)
    for _ in 0..<ConcurrencyTests.kills {
      let workspace = try Workspace(Prepared.mall)
      let run = try workspace.start(
        "boms-bill", ["run", "--db", "m.db", "--as-of", "2026-11-22"])
      usleep(UInt32(Double.random(in: 0...length * 1_100_000, using: &random)))
      run.kill()
      _ = try run.wait()
      let charges = try workspace.export("charges")
      let isWhole = charges == expected || charges.split(separator: "\n").count == 1
      #expect(isWhole)
      try workspace.bill("2026-11-22")
      let isSame =
        try workspace.export("charges") == expected
        && workspace.export("bills") == expectedBills
      #expect(isSame)
      #expect(try workspace.check() == [])
    }
  }

  @Test func aClosedPipeCostsNothing() throws {
    let workspace = try Workspace(Prepared.mall)
    let whole = try Workspace(Prepared.mall)
    try whole.bill("2026-11-22")
    let run = try workspace.shell(
      "boms-bill run --db m.db --as-of 2026-11-22 --quiet 2>err | head -1; cat err >&2")
    #expect(run.lines.count == 1)
    #expect(run.err.hasPrefix("boms-bill: warning") || run.err == "", "\(run.err)")
    let isSame = try workspace.export("charges") == whole.export("charges")
    #expect(isSame)
    let export = try workspace.shell(
      "for i in 1 2 3 4 5 6 7 8; do boms-export --db m.db charges; done 2>err | head -1; cat err >&2"
    )
    #expect(export.lines.count == 1)
    #expect(export.err == "")
  }
}
