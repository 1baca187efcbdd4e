import Shared
import TestSupport
import Testing

/// Nights one after the other, and one run weeks later, under the same facts: the same books.
struct NightlyOrLateTests {
  static let seeds: [UInt64] = Repository.testsAll ? Array(1...12) : [1]

  @Test(arguments: seeds)
  func nightsAndALateRunRecordTheSame(_ seed: UInt64) throws {
    let nightly = try Workspace()
    let facts = try RandomFacts(nightly, seed: seed)
    if facts.once(in: 2) {
      try facts.importing(
        "late_fee_rule",
        "property_no,item,from_on,rate_permille,grace_days,grace_mode,cap_percent\n"
          + "P,\(facts.one(["rent", "*"])),2026-03-05,1,\(facts.number(0...5)),skip,5\n")
    }
    let late = try Workspace()
    try late.copy(nightly.file("m.db"), to: "m.db")
    var first: CivilDate = "2026-01-01"
    for last: CivilDate in ["2026-02-10", "2026-03-31", "2026-05-05"] {
      let payments = try payments(facts, late, from: first, to: last)
      for workspace in [nightly, late] {
        try workspace.importing("payment", payments).expectStored()
      }
      try nightly.work(from: first, to: last)
      try late.bill("\(last)")
      try late.collect("\(last)")
      try expectSame(nightly, late, "seed \(seed), \(last)")
      try expectNothingMore(late, "\(last)")
      try expectNothingMore(nightly, "\(last)")
      try decide(facts, nightly, late, on: last)
      for workspace in [nightly, late] {
        try workspace.bill("\(last)")
        try workspace.collect("\(last)")
        try expectNothingMore(workspace, "\(last)")
        #expect(try workspace.check() == [])
        #expect(try workspace.lateFeeDifferences(asOf: last) == [])
      }
      first = last.next
    }
    let paid = try TestDatabase.texts(
      """
      SELECT count(*) || ' ' || sum(c.kind = 'late_fee') FROM allocation a
      JOIN charge c ON c.id = a.charge_id
      """, late.file("m.db"))
    #expect(paid.first.map { Int($0.prefix { $0 != " " }) ?? 0 } ?? 0 > 10, "\(paid)")
  }

  private func expectSame(_ nightly: Workspace, _ late: Workspace, _ comment: String) throws {
    let (one, other) = (try nightly.booksWithoutNumbers(), try late.booksWithoutNumbers())
    let isSame = one == other
    #expect(
      isSame,
      """
      \(comment): nightly \(Set(one).subtracting(other).sorted().prefix(4)),
      late \(Set(other).subtracting(one).sorted().prefix(4))
      """)
  }

  private func expectNothingMore(_ workspace: Workspace, _ day: String) throws {
    #expect(try workspace.bill(day).out.split(separator: "\n").count == 1)
    #expect(try workspace.bill(day, "--all").out.split(separator: "\n").count == 1)
    #expect(try workspace.collect(day).out.split(separator: "\n").count == 1)
  }

  /// Of what will be billed by the last day: a part, all, more than that; some name their contract or
  /// our company, some only the payer.
  private func payments(
    _ facts: RandomFacts, _ workspace: Workspace, from first: CivilDate, to last: CivilDate
  ) throws -> String {
    let scratch = try Workspace()
    try scratch.copy(workspace.file("m.db"), to: "m.db")
    try scratch.bill("\(last)")
    let open = records(try scratch.export("open_items", "--as-of", "\(last)"))
      .filter { fen($0["open"] ?? "") > 0 }
    var text =
      "payment_no,tenant_no,property_no,company_no,paid_on,amount,payer_name,contract_no\n"
    if open.isEmpty { return text }
    let names = ["T1": "甲", "T2": "乙", "T3": "丙"]
    for serial in 1...facts.number(8...20) {
      let item = facts.one(open)
      let tenant = item["tenant_no"] ?? ""
      let amount = max(2, fen(item["open"] ?? ""))
      let paid = facts.one([
        amount, amount, amount / 2, amount / 3, amount + amount / 50, amount * 2,
      ])
      // On month ends more often than not.
      let day = facts.once(in: 3) ? min(last, first.month.last) : facts.day(first, last)
      text +=
        "\(last)-\(serial),\(facts.once(in: 3) ? "" : tenant),P,\(facts.one(["", "", "CQ", "WY"])),"
        + "\(day),\(Money(fen: paid)),\(names[tenant] ?? ""),"
        + "\(facts.once(in: 3) ? item["contract_no"] ?? "" : "")\n"
    }
    return text
  }

  /// A hold and a waiver, of the same charges in both books.
  private func decide(
    _ facts: RandomFacts, _ nightly: Workspace, _ late: Workspace, on day: CivilDate
  ) throws {
    let charges = try TestDatabase.texts(
      """
      SELECT contract_no || '|' || source || '|' || period_start FROM charge
      WHERE kind IN ('base', 'opening') ORDER BY 1
      """, late.file("m.db"))
    if charges.isEmpty { return }
    for words in [["hold"], ["waive", "--amount", "\(facts.number(1...500)).5"], ["waive"]] {
      let charge = facts.one(charges).split(separator: "|").map(String.init)
      var ends: [Int32] = []
      for workspace in [nightly, late] {
        let bill = try TestDatabase.texts(
          """
          SELECT bill_no FROM charge WHERE contract_no = '\(charge[0])'
            AND source = '\(charge[1])' AND period_start = '\(charge[2])'
            AND kind IN ('base', 'opening') AND revision = 0
          """, workspace.file("m.db"))
        let run = try workspace.run(
          "boms-bill",
          [words[0], bill[0], "--db", "m.db", "--as-of", "\(day)", "--reason", "争议"]
            + words.dropFirst())
        ends.append(run.status)
      }
      #expect(ends[0] == ends[1])
    }
  }
}
