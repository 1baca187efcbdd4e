import TestSupport
import Testing

@testable import boms_db

/// What the night's steps leave behind.
struct JobTests {
  @Test(arguments: [
    (
      "contracts 1 · charges 1,485 · amount 35,601.92 · as of 2026-11-22",
      #"{"contracts":1,"charges":1485}"#
    ),
    ("读取 1,204 · 新增 3 · 截至 2026-11-22", #"{"读取":1204,"新增":3}"#),
    ("backup: bytes 950272 · kept 1 · '/b/m 3'", #"{"bytes":950272,"kept":1}"#),
    ("nothing to import", nil),
    ("credit notes 0", #"{"credit notes":0}"#),
  ])
  func countsOfASummaryAreKeptAsNumbers(line: String, counts: String?) throws {
    let summary = try #require(JobSummary(said: "something before\n\(line)\n\n"))
    #expect(summary.line == line)
    #expect(summary.counts == counts)
  }

  @Test func whatSaysNothingHasNoSummary() {
    #expect(JobSummary(said: "\n \n") == nil)
  }

  @Test func theLastRunsAreListedInTheirOrder() throws {
    let workspace = try Workspace(Prepared.small)
    for (run, step, status) in [
      ("n1", "bill", "0"), ("n1", "check", "1"), ("n2", "bill", "0"), ("n3", "bill", "75"),
    ] {
      try workspace.succeed(
        "boms-db", "job", "note", step, "--run", run, "--begun", "2026-11-29 02:10:00",
        "--status", status, "--db", "m.db")
    }
    func listed(_ arguments: String...) throws -> [String] {
      try workspace.run(
        "boms-db", ["job", "list", "--db", "m.db"] + arguments
      ).lines.dropFirst().map { $0.split(separator: ",").prefix(2).joined(separator: " ") }
    }
    #expect(try listed("--last", "2") == ["n2 bill", "n3 bill"])
    #expect(try listed("--last", "9", "--failed") == ["n1 check", "n3 bill"])
  }
}
