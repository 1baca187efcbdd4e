import Foundation
import TestSupport
import Testing

/// Imports of several batches: each is whole, and what is cut short is done by the next run.
@Suite(.enabled(if: Repository.testsAll))
struct LargeImportTests {
  /// Batches of 2,048 files: three of them.
  private static let count = 5_000

  private static func number(_ index: Int) -> String {
    "26332" + String(repeating: "0", count: 15 - "\(index)".count) + "\(index)"
  }

  private static func folder(_ count: Int) throws -> Workspace {
    let workspace = try Workspace()
    try FileManager.default.createDirectory(
      atPath: workspace.file("in"), withIntermediateDirectories: false)
    for index in 1...count {
      let blue = index % 10 == 0 ? number(index - 1) : nil
      let text = EInvoiceText(number: number(index), blue: blue).of(blue == nil ? index : -1)
      try Data(text.xml.utf8).write(
        to: URL(fileURLWithPath: workspace.file("in/\(number(index)).xml")))
    }
    return workspace
  }

  private static func make(_ database: String, _ workspace: Workspace) throws {
    try workspace.succeed("boms-db", "init", "--db", database, "-q")
  }

  private static func importing(_ database: String) -> [String] {
    ["import", "in", "--db", database, "--as-of", "2026-11-01", "-q"]
  }

  @Test func killsAtAnyPointAndARunAfterThemGiveTheSamePool() throws {
    let workspace = try Self.folder(Self.count)
    try Self.make("whole.db", workspace)
    let begin = Date()
    try workspace.succeed("boms-invoice", Self.importing("whole.db"))
    let time = Date().timeIntervalSince(begin)
    let whole = try TestDatabase.dump(workspace.file("whole.db"))
    #expect(whole.count > Self.count)
    var chance = Seeded(5)
    var cut: [Int] = []
    for _ in 1...12 {
      try Self.make("cut.db", workspace)
      for _ in 1...Int.random(in: 1...3, using: &chance) {
        let child = try workspace.start("boms-invoice", Self.importing("cut.db"))
        usleep(UInt32(Double.random(in: 0...time, using: &chance) * 1_000_000))
        child.kill()
        _ = try child.wait()
      }
      cut += try TestDatabase.texts("SELECT count(*) FROM invoice", workspace.file("cut.db"))
        .compactMap { Int($0) }
      try workspace.succeed("boms-invoice", Self.importing("cut.db"))
      // Files come in the order of their names, so that even the ids are the same.
      #expect(try TestDatabase.dump(workspace.file("cut.db")) == whole)
      for file in ["cut.db", "cut.db-wal", "cut.db-shm"] {
        try? FileManager.default.removeItem(atPath: workspace.file(file))
      }
    }
    // Some were cut between two batches.
    #expect(cut.contains { $0 > 0 && $0 < Self.count }, "\(cut)")
  }

  @Test func oneBadFileAmongTenThousandIsNamedAndLosesNothingElse() throws {
    let workspace = try Self.folder(10_000)
    let bad = "in/\(Self.number(6_543)).xml"
    let text = try workspace.read(bad)
    try workspace.write(bad, String(text.prefix(text.count / 2)))
    try Self.make("m.db", workspace)
    let run = try workspace.run("boms-invoice", Self.importing("m.db"))
    #expect(run.status == 1)
    #expect(run.err.hasPrefix("\(bad):"))
    #expect(records(run.out).filter { $0["result"] != "new" }.map { $0["file"] } == [bad])
    #expect(
      try TestDatabase.texts("SELECT count(*) FROM invoice", workspace.file("m.db")) == ["9999"])
    #expect(try workspace.run("boms-db", "check", "--db", "m.db").status == 0)
  }
}
