import Foundation
import Shared
import TestSupport
import Testing

/// The sample mall through September, October and November 2026, month by month as its office
/// would: what came in, the bills, the money, the closing.
struct ThreeMonthsTests {
  /// Facts by the day or the month from which on they are known.
  private static let facts: [(register: String, known: String)] = [
    ("payment", "paid_on"), ("reading", "read_on"), ("turnover", "reported_on"),
    ("share_pool", "period"),
  ]

  /// The mall without what comes in month by month.
  private static let mall = Result {
    let workspace = try Workspace()
    try workspace.succeed("boms-db", "init", "--db", "m.db")
    let folder = Repository.path("examples")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where !facts.contains(where: { "\($0.register).csv" == name }) {
      try workspace.copy("\(folder)/\(name)", to: "\(name)")
    }
    try workspace.succeed("boms-import", "--db", "m.db", "--encoding", "auto", "--all", ".")
    return workspace
  }

  private func threeMonths() throws -> Workspace {
    let workspace = try Workspace(ThreeMonthsTests.mall)
    let whole = try Workspace(Prepared.mall)
    var known = ""
    for (month, day) in [
      ("2026-09", "2026-10-01"), ("2026-10", "2026-11-01"), ("2026-11", "2026-12-01"),
    ] {
      let last = "\(try #require(CivilMonth(iso: month)).last)"
      for (register, column) in ThreeMonthsTests.facts {
        let lines = try whole.export(register).split(separator: "\n").map(String.init)
        let rows = records(lines.joined(separator: "\n") + "\n")
        #expect(rows.count == lines.count - 1)
        let now = zip(rows, lines.dropFirst()).filter { row, _ in
          let from = row[column] ?? ""
          return from > known && from <= last
        }
        try workspace.importing(
          register, ([lines[0]] + now.map(\.1)).joined(separator: "\n") + "\n"
        ).expectStored()
      }
      known = last
      try workspace.bill(last)
      try workspace.collect(last)
      try workspace.accrue(month, on: day)
      try workspace.succeed(
        "boms-depreciate", "run", "--db", "m.db", "--month", month, "--as-of", day)
      let close = ["close", month, "--db", "m.db", "--as-of", day, "--lang", "en"]
      let run = try workspace.succeed("boms-bill", close)
      #expect(run.errorLines.last == "closed 2 · through \(month)")
      let again = try workspace.succeed("boms-bill", close)
      #expect(again.errorLines == ["closed 0 · through \(month) · closed before"])
    }
    return workspace
  }

  @Test func threeMonthsDoneTwiceAreTheSameBooks() throws {
    let (one, other) = (try threeMonths(), try threeMonths())
    let isSame = try one.dump() == other.dump()
    #expect(isSame)
    #expect(try one.check() == [])
    if Hledger.isThere {
      for day in ["2026-09-30", "2026-10-31", "2026-11-30"] {
        #expect(try one.hledgerBalances(day) == one.accountBalances(day))
      }
    }
    // All that the sample has came in.
    let whole = try Workspace(Prepared.mall)
    for (register, _) in ThreeMonthsTests.facts {
      let isWhole =
        try records(one.export(register)).count == records(whole.export(register)).count
      #expect(isWhole, "\(register)")
    }
    #expect(try one.bill("2026-11-30", "--all").lines.count == 1)
    #expect(try one.collect("2026-11-30").lines.count == 1)
  }
}
