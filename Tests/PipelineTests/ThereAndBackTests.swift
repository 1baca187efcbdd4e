import Shared
import TestSupport
import Testing

/// What is corrected and then corrected back leaves nothing in sum.
struct ThereAndBackTests {
  /// Facts of the sample mall, each row with one number that changes.
  struct Fact: Sendable, CustomTestStringConvertible {
    var register: String
    var heading: String
    /// The columns before the number, the number, and how many places it has.
    var query: String
    var places: Int
    /// By how much the number may grow.
    var growth: ClosedRange<Int64>
    var testDescription: String { register }
  }

  static let facts = [
    Fact(
      register: "turnover", heading: "contract_no,line,month,reported_on,amount",
      query: """
        SELECT contract_no, line, month, reported_on, amount_fen FROM turnover t
        WHERE revision = (SELECT max(revision) FROM turnover n
          WHERE n.contract_no = t.contract_no AND n.line = t.line AND n.month = t.month)
        """, places: 2, growth: -1_000_000...200_000_000),
    // The last reading may grow without any after it being below.
    Fact(
      register: "reading", heading: "meter_no,read_on,register,value",
      query: """
        SELECT meter_no, read_on, register, value_e6 FROM reading r
        WHERE read_on = (SELECT max(read_on) FROM reading n
          WHERE n.meter_no = r.meter_no AND n.register = r.register)
          AND revision = (SELECT max(revision) FROM reading n
            WHERE n.meter_no = r.meter_no AND n.register = r.register AND n.read_on = r.read_on)
          AND EXISTS (SELECT 1 FROM charge c WHERE c.source = 'M' || r.meter_no
            AND c.period_end = r.read_on)
        """, places: 6, growth: 0...40_000_000),
    Fact(
      register: "tariff", heading: "tariff_no,from_on,register,tier_from,tier_basis,price",
      query: """
        SELECT tariff_no, from_on, register, printf('%.2f', tier_from_e6 / 1000000.0), tier_basis,
          price_e6
        FROM tariff
        """, places: 6, growth: 0...3_000_000),
  ]
  static let rounds = Repository.testsAll ? 20 : 1

  @Test(arguments: facts)
  func correctionsThereAndBackSumToNothing(_ fact: Fact) throws {
    var random = Seeded(3)
    let workspace = try Workspace(Prepared.mall)
    try workspace.bill("2026-11-22")
    let original = try workspace.recordedSums()
    let rows = try TestDatabase.rows(fact.query, workspace.file("m.db"))
    #expect(!rows.isEmpty)
    func importing(_ number: (Int64) -> Int64) throws {
      let lines = rows.map { row in
        let value = number(Int64(row[row.count - 1]) ?? 0)
        return row.dropLast().joined(separator: ",")
          + ",\(Decimals.text(value, places: fact.places, trim: false))"
      }
      let run = try workspace.importing(
        fact.register, ([fact.heading] + lines).joined(separator: "\n") + "\n", "--restate")
      try run.expectStored()
    }
    for round in 1...ThereAndBackTests.rounds {
      let last = try workspace.ledger().last?.id ?? 0
      for _ in 1...(Repository.testsAll ? 2 : 1) {
        try importing { max(0, $0 + Int64.random(in: fact.growth, using: &random)) }
        try workspace.bill("2026-11-23")
        #expect(try workspace.differences(from: "2026-09-01", asOf: "2026-11-23") == [])
      }
      let isAltered = try workspace.recordedSums() != original
      #expect(isAltered, "round \(round)")
      try importing { $0 }
      try workspace.bill("2026-11-24")
      // What there was has adjustments that come to nothing, and so has what came and went. Not so
      // late fees: what was less for a day has paid something else on it. They are the reference's.
      let all = try workspace.ledger()
      let fees = Set(all.filter { $0.kind == "late_fee" }.map(\.id))
      let new = all.filter { $0.id > last && !fees.contains($0.root) }
      #expect(new.count { $0.kind == "adjust" && $0.root <= last } > 20)
      for (root, its) in Dictionary(grouping: new, by: \.root) {
        let sum = its.map(\.sum).reduce(PeriodSum(), +)
        #expect(sum == PeriodSum(), "charge \(root) of \(its[0].contract) \(its[0].source)")
      }
      let isBack = try workspace.recordedSums() == original
      #expect(isBack, "round \(round)")
      try workspace.collect("2026-11-24")
      #expect(try workspace.bill("2026-11-24").lines.count == 1)
      #expect(try workspace.lateFeeDifferences(asOf: "2026-11-24") == [])
      #expect(try workspace.check() == [])
    }
  }
}
