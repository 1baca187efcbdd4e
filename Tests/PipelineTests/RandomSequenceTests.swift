import Foundation
import Shared
import TestSupport
import Testing

/// Small changes by chance, and runs between: whatever happens, the books end at what the facts
/// say, and say so of themselves.
struct RandomSequenceTests {
  /// `BOMS_SEEDS=7,8` tries those.
  static let seeds: [UInt64] =
    getenv("BOMS_SEEDS").map {
      String(cString: $0).split(separator: ",").compactMap { UInt64($0) }
    } ?? (Repository.testsAll ? Array(1...12) : [1])
  static let steps = Repository.testsAll ? 60 : 12

  @Test(arguments: seeds)
  func theBooksEndAtWhatTheFactsSay(_ seed: UInt64) throws {
    let workspace = try Workspace()
    let facts = try RandomFacts(workspace, seed: seed)
    let sequence = Sequence(facts)
    try sequence.run("\(facts.today)")
    for step in 1...RandomSequenceTests.steps {
      try sequence.step()
      let found = try sequence.findings(isThorough: step.isMultiple(of: 6))
      #expect(
        found == [],
        "seed \(seed), step \(step): \(sequence.story.suffix(8).joined(separator: "; "))")
      if !found.isEmpty { return }
    }
    try facts.acceptAll()
    try sequence.run("\(facts.today)")
    #expect(try sequence.findings(isThorough: true) == [], "seed \(seed)")
    try expectNumbersWithoutGaps(workspace)
    #expect(try differencesToFreshBooks(facts) == [], "seed \(seed)")
  }

  /// What happens, and what was said of it.
  private final class Sequence {
    let facts: RandomFacts
    let workspace: Workspace
    var story: [String] = []
    /// The day of the last run.
    private var asOf: CivilDate
    private var hasRun = false
    private var lastDivision: Int64 = 0
    /// By company, the last closed month and what was booked up to it when it was closed.
    private var closed: [String: (month: CivilMonth, rows: [String])] = [:]
    private var found: [String] = []

    init(_ facts: RandomFacts) {
      self.facts = facts
      workspace = facts.workspace
      asOf = facts.today
    }

    /// Some changes, mostly a run, and now and then the month is closed or opened.
    func step() throws {
      hasRun = false
      for _ in 1...facts.number(1...3) {
        switch facts.number(0...5) {
        case 0: story.append(try facts.handleBill())
        case 1, 2: story.append(try facts.handleMoney())
        default: story.append(try facts.change())
        }
      }
      if facts.once(in: 5) { return }
      facts.today = facts.today.adding(days: facts.number(0...40))
      // Now and then as of a day that another run has seen.
      let day = facts.once(in: 8) ? facts.today.adding(days: -facts.number(1...20)) : facts.today
      try run("\(max(day, "2026-01-01"))", facts.once(in: 5) ? ["--all"] : [])
      if day == facts.today, facts.once(in: 4) { try close() }
      if facts.once(in: 10) { try reopen() }
    }

    func run(_ day: String, _ options: [String] = []) throws {
      asOf = CivilDate(iso: day) ?? asOf
      hasRun = true
      story.append("run \(day) \(options)")
      // A contract with an implausible reading is billed in all else.
      try workspace.succeed(
        "boms-bill", ["run", "--db", "m.db", "--as-of", day, "--quiet"] + options)
      try workspace.collect(day)
      for options in [[], ["--all"]] {
        let again = try workspace.succeed(
          "boms-bill", ["run", "--db", "m.db", "--as-of", day, "--quiet"] + options)
        if again.lines.count != 1 { found.append("again \(options): \(again.out)") }
      }
    }

    /// A month that is over, wholly billed and collected can be closed.
    private func close() throws {
      let month = facts.today.month.adding(-facts.number(1...2))
      guard month >= CivilMonth(year: 2026, month: 1) else { return }
      let company = facts.one([nil, "CQ", "WY"])
      story.append("close \(month) \(company ?? "")")
      try workspace.accrue("\(month)", on: "\(facts.today)")
      let run = try workspace.run(
        "boms-bill",
        ["close", "\(month)", "--db", "m.db", "--as-of", "\(facts.today)", "--lang", "en"]
          + (company.map { ["--company", $0] } ?? []))
      guard run.status == 0 else {
        found.append("close \(month): \(run)")
        return
      }
      for companyNo in company.map({ [$0] }) ?? ["CQ", "WY"] {
        if let last = closed[companyNo], last.month >= month { continue }
        closed[companyNo] = (month, try told(companyNo, month))
      }
    }

    /// What the books of a company say of all months up to one.
    private func told(_ companyNo: String, _ month: CivilMonth) throws -> [String] {
      try workspace.booked(by: companyNo, through: month)
        + workspace.told(of: companyNo, on: month.last)
    }

    private func reopen() throws {
      guard let (companyNo, last) = closed.min(by: { $0.key < $1.key }) else { return }
      story.append("reopen \(last.month) \(companyNo)")
      try workspace.succeed(
        "boms-bill", "reopen", "\(last.month)", "--company", companyNo, "--db", "m.db",
        "--reason", "补录", "--as-of", "\(facts.today)")
      let month = last.month.adding(-1)
      closed[companyNo] = (month, try told(companyNo, month))
    }

    /// What is not as it must be.
    func findings(isThorough: Bool) throws -> [String] {
      for (companyNo, last) in closed {
        let now = try told(companyNo, last.month)
        if now != last.rows {
          let changed = Set(now).symmetricDifference(last.rows).sorted().prefix(4)
          found.append("\(companyNo) \(last.month) is closed and changed: \(changed)")
        }
      }
      found += try workspace.check()
      guard hasRun else { return found }
      let lines = try workspace.contractLines()
      found += try workspace.differences(
        from: "2026-01-01", asOf: "\(asOf)", held: facts.heldKeys(), of: lines)
      let openings = try workspace.recordedSums(of: ["opening"])
      let owed = facts.openings.reduce(into: [String: Int64]()) { sums, row in
        let words = row.key.split(separator: "/")
        sums["\(row.key) opening \(words[1])"] = row.value
      }
      if openings.mapValues(\.amount) != owed { found.append("openings \(openings), not \(owed)") }
      found += try workspace.shareDifferences(asOf: asOf, days: facts.shareDays)
      found += try workspace.divisionDifferences(after: lastDivision, of: lines)
      lastDivision =
        Int64(
          try TestDatabase.texts(
            "SELECT coalesce(max(id), 0) FROM share_division", workspace.file("m.db"))[0]) ?? 0
      if isThorough {
        found += try workspace.lateFeeDifferences(asOf: asOf)
        for day in [asOf, asOf.adding(days: -facts.number(1...60))] {
          found += try workspace.collectionDifferences(on: "\(day)", tenants: ["T1", "T2", "T3"])
        }
        let middle = asOf.adding(days: -facts.number(1...60))
        for tenant in ["T1", "T2", "T3"] {
          found += try workspace.statementBreaks(
            tenant, [("2025-01-01", "\(middle)"), ("\(middle.next)", "\(asOf)")])
        }
      }
      return found
    }
  }

  /// The same facts in other files, rows in another order, billed once: the same sums. Late fees and
  /// the parts of pools are left out: they depend on when they were billed.
  private func differencesToFreshBooks(_ facts: RandomFacts) throws -> [String] {
    let fresh = try Workspace()
    try fresh.succeed("boms-db", "init", "--db", "m.db")
    // Payments name bills, which are not there yet.
    for register in Catalogue.registers where !["share_pool", "payment"].contains(register.name) {
      let text = try facts.workspace.export(register.name)
      var rows = text.split(separator: "\n", omittingEmptySubsequences: true)
      let heading = rows.removeFirst()
      rows.shuffle(using: &facts.random)
      try fresh.write(
        "in/\(register.name).csv", ([heading] + rows).joined(separator: "\n") + "\n")
    }
    try fresh.succeed("boms-import", "--db", "m.db", "--all", "in")
    try fresh.bill("\(facts.today)")
    for (meter, day) in facts.heldDays(ignoringAccepted: true) {
      try facts.accept(meter, day, in: fresh)
    }
    try fresh.bill("\(facts.today)")
    let lines = try fresh.contractLines()
    var differences = try fresh.differences(
      from: "2026-01-01", asOf: "\(facts.today)", of: lines)
    let kinds: Set = ["base", "turnover", "metered", "once", "opening"]
    let old = try facts.workspace.recordedSums(of: kinds)
    let new = try fresh.recordedSums(of: kinds)
    let computed = try fresh.computed(
      from: "2026-01-01", billedBy: "\(facts.today)", of: lines
    ).charges
    for key in Set(old.keys).union(new.keys) where old[key] != new[key] {
      // Billed when it was to be billed earlier, and worth what it is worth now.
      if computed[key]?.charges.contains(where: { !$0.isDue }) == true { continue }
      differences.append(
        "\(key): \(String(describing: old[key])), fresh \(String(describing: new[key]))")
    }
    differences += try fresh.check()
    return differences.sorted()
  }

  private func expectNumbersWithoutGaps(_ workspace: Workspace) throws {
    var serials: [String: [Int]] = [:]
    for bill in records(try workspace.export("bills")) {
      let parts = (bill["bill_no"] ?? "").split(separator: "-")
      serials["\(parts[0])-\(parts[1])", default: []].append(Int(parts[2]) ?? 0)
    }
    for (series, numbers) in serials {
      #expect(numbers.sorted() == Array(1...numbers.count), "\(series)")
    }
  }
}
