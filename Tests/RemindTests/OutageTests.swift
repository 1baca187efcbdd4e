import TestSupport
import Testing

/// Nights over the sample mall, some of them missed, with a dead mail server and with deliverers that
/// are killed: what was sent in the end is what undisturbed nights send, apart from levels overtaken.
struct OutageTests {
  private static let first = "2026-11-01"

  /// The sample mall, imported.
  private static let mall = Result {
    let workspace = try Workspace()
    try workspace.succeed("boms-db", "init", "--db", "m.db")
    try workspace.succeed(
      "boms-import", "--db", "m.db", "--encoding", "auto", "--quiet", "--all",
      Repository.path("examples"))
    return workspace
  }

  private func night(_ place: Workspace, _ day: String, via: String) throws {
    try place.bill(day)
    try place.collect(day)
    _ = try place.remind("run", "--quiet", on: day)
    for channel in ["mail", "sms"] {
      _ = try place.run(
        "boms-remind",
        ["deliver", "--channel", channel, "--via", via, "--db", "m.db", "--as-of", day]
          + ["--at", "\(day)T02:00:00Z", "--digest", "--quiet"])
    }
  }

  /// `kind subject due recipient channel`; a bill is named by what it is: its number says in which
  /// night it was made.
  private static let thread = """
    r.kind || ' ' || coalesce((SELECT b.contract_no || ' ' || b.company_no || ' ' || b.bill_on
      FROM bill b WHERE b.bill_no = r.subject), r.subject) || ' ' || r.due_on || ' ' || r.recipient
      || ' ' || r.channel
    """

  /// The levels that were sent of each thread.
  private func sent(_ place: Workspace) throws -> [String: [Int]] {
    let rows = try TestDatabase.rows(
      """
      SELECT \(OutageTests.thread), r.level FROM reminder r JOIN reminder_event e ON e.reminder_id = r.id AND e.event = 'sent'
      ORDER BY r.level
      """, place.file("m.db"))
    return Dictionary(grouping: rows, by: { $0[0] }).mapValues { $0.compactMap { Int($0[1]) } }
  }

  @Test(.enabled(if: Repository.testsAll), arguments: [UInt64(1), 2])
  func disturbedNightsSendWhatUndisturbedOnesDo(seed: UInt64) throws {
    var random = Seeded(seed)
    func copy() throws -> Workspace {
      let workspace = try Workspace()
      try workspace.copy(OutageTests.mall.get().file("m.db"), to: "m.db")
      return workspace
    }
    let (calm, stormy) = (try copy(), try copy())
    for number in 1...30 {
      let day = number < 10 ? "2026-11-0\(number)" : "2026-11-\(number)"
      try night(calm, day, via: "cat > /dev/null")
      if number == 30 || Int.random(in: 0..<3, using: &random) > 0 {
        let vias = ["cat >> out", "cat >> out", "exit 75", "cat >> out; kill -9 $PPID; sleep 1"]
        let via = number == 30 ? "cat >> out" : vias.randomElement(using: &random) ?? ""
        try night(stormy, day, via: via)
      }
    }
    let (all, some) = (try sent(calm), try sent(stormy))
    for (thread, levels) in some {
      #expect(Set(levels).count == levels.count)
      let calm = all[thread] ?? []
      #expect(Set(levels).isSubset(of: calm), "\(thread) \(levels) \(calm)")
    }
    // What is still a matter has the same last level. What was paid before a night came is withdrawn.
    let made = try TestDatabase.rows(
      """
      SELECT \(OutageTests.thread), (SELECT event FROM reminder_event e WHERE e.reminder_id = r.id
        ORDER BY id DESC LIMIT 1)
      FROM reminder r WHERE r.kind IN ('overdue', 'contract_expiry', 'obligation') ORDER BY r.level
      """, stormy.file("m.db"))
    let last = Dictionary(made.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
    for (thread, event) in last where event != "withdrawn" {
      #expect(some[thread]?.max() == all[thread]?.max(), "\(thread)")
    }
    #expect(!some.isEmpty)
  }
}
