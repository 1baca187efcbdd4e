import Foundation
import Shared
import TestSupport
import Testing

/// The sample property, from its spreadsheets to its bills.
struct SampleMallTests {
  @Test func everyRowOfTheSampleIsImportedAndASecondImportChangesNothing() throws {
    let workspace = try Workspace()
    try workspace.succeed("boms-db", "init", "--db", "m.db")
    let all = ["--db", "m.db", "--encoding", "auto", "--all", Repository.path("examples")]
    try workspace.succeed("boms-import", all)
    let before = try workspace.dump()
    let again = try workspace.succeed("boms-import", all)
    let summary = try #require(again.errorLines.last)
    #expect(summary.contains("new 0 · changed 0"))
    #expect(summary.hasSuffix("rejected 0 · nothing changed"))
    let isSame = try workspace.dump() == before
    #expect(isSame)
    #expect(try workspace.check() == [])
  }

  @Test func everyKindOfChargeIsThere() throws {
    let workspace = try Workspace(Prepared.mall)
    try workspace.bill("2026-11-22")
    let counts = Dictionary(grouping: try workspace.ledger(), by: \.kind).mapValues(\.count)
    #expect(
      counts == [
        "base": 478, "metered": 209, "turnover": 27, "opening": 9, "share": 158, "late_fee": 604,
      ])
    #expect(try workspace.differences(from: "2026-09-01", asOf: "2026-11-22") == [])
  }

  @Test func onceDayByDayAndTwiceLeaveTheSameChargesAndBills() throws {
    let once = try Workspace(Prepared.mall)
    try once.bill("2026-11-22")
    #expect(try once.check() == [])

    let twice = try Workspace(Prepared.mall)
    try twice.bill("2026-11-22")
    #expect(try twice.bill("2026-11-22").lines.count == 1)

    let daily = try Workspace(Prepared.mall)
    for day in nights(from: "2026-09-01", to: "2026-11-22") { try daily.bill(day) }
    #expect(try daily.check() == [])

    for view in ["charges", "bills"] {
      let expected = try once.export(view)
      #expect(expected.split(separator: "\n").count > 1000)
      let isSameTwice = try twice.export(view) == expected
      #expect(isSameTwice, "\(view), run twice")
    }
    // One late run bills the charges of weeks first and their late fees then: other numbers.
    let isSameDaily = try daily.chargesWithoutNumbers() == once.chargesWithoutNumbers()
    #expect(isSameDaily, "charges, day by day")
    func bills(_ workspace: Workspace) throws -> [[String]] {
      try TestDatabase.rows(
        """
        SELECT contract_no, tenant_no, company_no, kind, bill_on, due_on, booked_on, month, net_fen,
          tax_fen, amount_fen, charges FROM bills ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
        """, workspace.file("m.db"))
    }
    let areBillsSame = try bills(daily) == bills(once)
    #expect(areBillsSame, "bills, day by day")
    for workspace in [once, twice, daily] {
      #expect(try workspace.bill("2026-11-22", "--all").lines.count == 1)
    }
  }

  @Test func theOrderOfPropertiesAndContractsDoesNotMatter() throws {
    let together = try Workspace(Prepared.mall)
    try together.bill("2026-10-15")
    let apart = try Workspace(Prepared.mall)
    try apart.bill("2026-10-15", "--contract", "HT-2024-0002")
    try apart.bill("2026-10-15", "--property", "XH01")
    let isSame = try together.chargesWithoutNumbers() == apart.chargesWithoutNumbers()
    #expect(isSame)
    #expect(try apart.check() == [])
  }

  @Test(.enabled(if: Python.isThere))
  func runComputeAndTheReferenceAgreeToTheFen() throws {
    let workspace = try Workspace(Prepared.mall)
    let lines = try workspace.succeed(
      "python3", Repository.path("Tests/Reference/mall_to_jsonl.py"), Repository.path("examples")
    ).out
    let reference = try objects(
      try workspace.succeed(
        "python3", Repository.path("Tests/Reference/reference_billing.py"), "--as-of",
        "2026-12-31", "--from", "2026-09-01", stdin: lines
      ).out)
    let columns = [
      "contract_no", "line", "item", "kind", "period_start", "period_end", "bill_on", "due_on",
      "net", "tax", "amount",
    ]
    let expected = Set(reference.map { row in columns.map { "\(row[$0] ?? "")" } })
    #expect(expected.count == 1023)

    let computed = records(
      try workspace.succeed(
        "boms-bill", "compute", "--as-of", "2026-12-31", "--from", "2026-09-01", stdin: lines
      ).out)
    #expect(computed.count == expected.count)
    let isSame = Set(computed.map { row in columns.map { row[$0] ?? "" } }) == expected
    #expect(isSame, "compute and the reference")

    try workspace.bill("2026-12-31")
    let recorded = records(try workspace.export("charges"))
      .filter { !["opening", "share", "late_fee"].contains($0["kind"]) }
    #expect(recorded.count == expected.count)
    let isSameInBooks = Set(recorded.map { row in columns.map { row[$0] ?? "" } }) == expected
    #expect(isSameInBooks, "run and the reference")
    #expect(try workspace.check() == [])

    // The registers of the database say the same as the spreadsheets.
    #expect(try workspace.differences(from: "2026-09-01", asOf: "2026-12-31") == [])
  }

  @Test func everyContractCanBeExplainedInBothLanguages() throws {
    let workspace = try Workspace(Prepared.mall)
    try workspace.bill("2026-11-22")
    for language in ["en", "zh"] {
      for contract in ["HT-2024-0001", "HT-2024-0015"] {
        let run = try workspace.succeed(
          "boms-bill", "explain", contract, "--db", "m.db", "--lang", language)
        #expect(run.out.contains(contract))
        #expect(run.out.contains(language == "zh" ? "价税合计" : "amount"))
      }
    }
    let bill = try #require(records(try workspace.export("bills")).first?["bill_no"])
    #expect(
      try workspace.succeed("boms-bill", "explain", bill, "--db", "m.db").out.contains(bill))
  }

  @Test func theRentRollHasEveryUnitOnce() throws {
    let workspace = try Workspace(Prepared.mall)
    let roll = records(try workspace.export("rent_roll", "--as-of", "2026-11-22"))
    let units = records(try workspace.export("unit"))
    #expect(Set(roll.map { $0["unit_no"] }) == Set(units.map { $0["unit_no"] }))
    #expect(roll.contains { $0["state"] == "vacant" && $0["contract_no"] == "" })
    #expect(roll.contains { $0["state"] == "let" && $0["monthly_rent"] != "" })
  }
}

/// The nights of a span: every one with `BOMS_TEST_ALL`, else those that were not missed, one in five.
func nights(from: CivilDate, to last: CivilDate) -> [String] {
  var nights = ["\(last)"]
  var night = last.adding(days: Repository.testsAll ? -1 : -5)
  while night >= from {
    nights.append("\(night)")
    night = night.adding(days: Repository.testsAll ? -1 : -5)
  }
  return nights.reversed()
}

/// The reference implementation needs it; the project does not.
enum Python {
  static let isThere = (try? Workspace().run("python3", "--version").status) == 0
}
