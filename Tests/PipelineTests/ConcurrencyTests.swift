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

  static let kills = Repository.testsAll ? 40 : 2

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

  // MARK: All that writes

  /// The sample mall on 2026-11-05: billed, with late fees and shares, and one bill on which there is
  /// much to do; collected, so that October can be closed.
  private static let busy = Result {
    let workspace = try Workspace(Prepared.mall)
    try workspace.bill("2026-11-05")
    try workspace.collect("2026-11-05")
    try workspace.accrue("2026-10", on: "2026-11-05")
    let kinds = Set(try workspace.ledger().map(\.kind))
    guard kinds.isSuperset(of: ["base", "metered", "turnover", "share", "late_fee"]) else {
      throw Unexpected(description: "\(kinds)")
    }
    return workspace
  }

  /// What changes the books, on the day after; `BILL` and `FEES` stand for bills, `READINGS` for a
  /// file with a reading of every meter.
  static let writers = [
    ["boms-bill", "run"], ["boms-bill", "run", "--all"],
    ["boms-bill", "void", "BILL", "FEES", "--reason", "重出"],
    ["boms-bill", "void", "--pool", "GT-202609", "--period", "2026-09", "--reason", "重分"],
    ["boms-bill", "close", "2026-10"], ["boms-bill", "waive", "FEES", "--reason", "减免"],
    ["boms-bill", "hold", "BILL", "FEES", "--reason", "争议"],
    ["boms-import", "reading", "READINGS"],
  ]

  private func command(_ words: [String], in workspace: Workspace) throws -> [String] {
    func bill(_ sql: String) throws -> String {
      try TestDatabase.texts(
        "SELECT bill_no FROM charge WHERE \(sql) GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1",
        workspace.file("m.db"))[0]
    }
    let command = try words.map { word in
      switch word {
      case "BILL": try bill("kind = 'base'")
      case "FEES": try bill("kind = 'late_fee'")
      case "READINGS": try readings(workspace)
      default: word
      }
    }
    let day = words[0] == "boms-bill" ? ["--as-of", "2026-11-06"] : []
    return command + ["--db", "m.db"] + day
  }

  private func readings(_ workspace: Workspace) throws -> String {
    let rows = try TestDatabase.rows(
      """
      SELECT r.meter_no, r.register, max(r.value_e6) / 1000000 + 7 FROM reading r
      JOIN meter_install i ON i.meter_no = r.meter_no AND i.register = r.register
      JOIN contract c ON c.contract_no = i.contract_no
      GROUP BY 1, 2
      HAVING min(coalesce(i.to_on, c.end_on), c.end_on, coalesce(c.terminated_on, c.end_on))
        > '2026-11-06' AND max(r.read_on) < '2026-11-05'
      """, workspace.file("m.db"))
    let text = rows.map { "\($0[0]),2026-11-05,\($0[1]),\($0[2])\n" }.joined()
    try workspace.write("readings.csv", "meter_no,read_on,register,value\n" + text)
    return "readings.csv"
  }

  @Test(arguments: Repository.testsAll ? writers : [writers[0], writers[2], writers[7]])
  func whatIsKilledHappenedOrDidNot(_ words: [String]) throws {
    let whole = try Workspace(ConcurrencyTests.busy)
    let before = try whole.dump()
    let command = try command(words, in: whole)
    let arguments = Array(command.dropFirst())
    let start = Date()
    try whole.succeed(command[0], arguments)
    let length = Date().timeIntervalSince(start)
    let after = try whole.dump()
    #expect(after != before)
    let billed = try { () throws -> [String] in
      try whole.bill("2026-11-30")
      return try whole.dump()
    }()
    var random = Seeded(UInt64(words.joined().utf8.count))
    for _ in 0..<max(1, ConcurrencyTests.kills / 4) {
      let workspace = try Workspace(ConcurrencyTests.busy)
      if words.contains("READINGS") { _ = try readings(workspace) }
      let child = try workspace.start(command[0], arguments)
      usleep(UInt32(Double.random(in: 0...length * 1_000_000, using: &random)))
      child.kill()
      _ = try child.wait()
      let now = try workspace.dump()
      let isEither = now == before || now == after
      #expect(isEither)
      if now == before { try workspace.succeed(command[0], arguments) }
      try workspace.bill("2026-11-30")
      let isSame = try workspace.dump() == billed
      #expect(isSame, "the next run completes the same books")
      #expect(try workspace.check() == [])
    }
  }

  /// Whoever comes second waits, or ends with 75; whatever the order, the books end at what the facts
  /// say.
  @Test(arguments: Repository.testsAll ? ["0", "60"] : ["0"])
  func whateverRunsAtOnceDoublesNothing(_ wait: String) throws {
    let workspace = try Workspace(ConcurrencyTests.busy)
    let commands = try ConcurrencyTests.writers.map { try command($0, in: workspace) }
    func start(_ command: [String]) throws -> Child {
      try workspace.start(command[0], Array(command.dropFirst()) + ["--wait", wait])
    }
    // Each twice, so that some meet their own like.
    let twice = commands + commands.reversed()
    let children = try twice.map(start)
    var left: [[String]] = []
    for (command, child) in zip(twice, children) {
      let run = try child.wait()
      // A month is not closed while something of it is to be billed.
      let isOpen = run.status == 1 && command.contains("close")
      #expect(run.status == 0 || isOpen || (run.status == 75 && wait == "0"), "\(command): \(run)")
      if run.status == 75 { left.append(command) }
    }
    for command in left where !command.contains("close") {
      try workspace.succeed(command[0], Array(command.dropFirst()))
    }
    try workspace.bill("2026-11-30")
    #expect(try workspace.bill("2026-11-30", "--all").lines.count == 1)
    #expect(try workspace.check() == [])
    #expect(try workspace.differences(from: "2026-09-01", asOf: "2026-11-30") == [])
    let ledger = try workspace.ledger()
    #expect(
      ledger.count { $0.kind == "share" }
        > Set(
          ledger.filter { $0.source.hasPrefix("P") }
            .map { "\($0.contract) \($0.source)" }
        ).count)
    // Waived and taken back once.
    let waived = try TestDatabase.texts(
      "SELECT charge_id FROM late_fee_waiver ORDER BY 1", workspace.file("m.db"))
    #expect(Set(waived).count == waived.count)
    let voided = ledger.filter(\.isVoid).map(\.root)
    #expect(Set(voided).count == voided.count)
    for root in Set(voided) {
      #expect(ledger.filter { $0.root == root }.reduce(0) { $0 + $1.sum.amount } == 0)
    }
    #expect(
      try TestDatabase.texts(
        "SELECT bill_no FROM bill_event GROUP BY 1 HAVING count(*) > 1", workspace.file("m.db"))
        == [])
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
