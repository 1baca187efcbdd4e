import TestSupport
import Testing

/// Contracts that end early, go on as new ones, or change a line: on the built programs.
struct ContractChangeTests {
  /// A change of the small property, billed to the day of the change before.
  struct Change: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var testDescription: String { arguments.joined(separator: " ") }

    init(_ line: String) { arguments = line.split(separator: " ").map(String.init) }
  }

  static let changes = [
    Change("terminate C1 --on 2026-05-10"),
    Change("terminate C1 --on 2026-05-10 --claw-back --penalty 20000"),
    Change("terminate C1 --on 2026-09-15 --claw-back-percent 40 --cancel-once"),
    Change("terminate C2 --on 2026-05-20 --claw-back"),
    Change("terminate C3 --on 2026-02-11"),
    Change("renew C1 --end 2030-01-14 --raise 5 --deposit 40000 --price 2=22.5"),
    Change("renew C4 --end 2028-03-15"),
    Change("renew C3 --start 2027-02-01 --end 2027-12-31 --no C3-2"),
    Change("amend C1 1 --from 2026-05-11 --price 6"),
    Change("amend C1 2 --from 2026-06-01 --set due_day=10 --set 税率=0.05"),
    Change("amend C1 4 --from 2026-03-01 --price 2000"),
    Change("amend C1 5 --from 2026-03-01 --set due_days=7"),
    Change("amend C2 1 --from 2026-07-31 --set due_day=8"),
    Change("amend C2 1 --from 2026-06-10 --price 3500 --set escalate_months=6"),
    Change("amend C3 1 --from 2026-06-01 --set lead_days=3"),
  ]

  /// One of each sort, for what takes long.
  static let sorts = Repository.testsAll ? changes : [1, 4, 5, 8, 10, 13].map { changes[$0] }

  private static let withFees = Result { try made(withFees: true) }
  private static let withoutFees = Result { try made(withFees: false) }

  /// - Parameter withFees: whether late fees are charged, of which the filter knows nothing.
  private func prepared(withFees: Bool = true) throws -> Workspace {
    try Workspace(withFees ? ContractChangeTests.withFees : ContractChangeTests.withoutFees)
  }

  private static func made(withFees: Bool) throws -> Workspace {
    let workspace = try Workspace(Prepared.small)
    if !withFees {
      try workspace.succeed(
        "boms-import", "--db", "m.db", "late_fee_rule",
        stdin: """
          property_no,item,from_on,rate_permille
          P1,*,2026-01-01,0
          P1,rent,2026-01-01,0

          """)
    }
    try workspace.withoutDatedRates()
    try workspace.succeed(
      "boms-import", "--db", "m.db", "fee_item",
      stdin: "item,name,kind,tax_rate\npenalty,违约金,penalty,\n")
    try workspace.bill("2026-07-01")
    return workspace
  }

  @discardableResult
  private func change(
    _ workspace: Workspace, _ change: Change, _ options: String..., asOf: String = "2026-07-01"
  ) throws -> Workspace.Run {
    try workspace.succeed(
      "boms-bill", change.arguments + ["--db", "m.db", "--as-of", asOf, "--lang", "en"] + options)
  }

  @Test(arguments: changes)
  func aDryRunSaysTheSameAndChangesNothing(_ it: Change) throws {
    let workspace = try prepared()
    let before = try workspace.dump()
    let dry = try change(workspace, it, "--dry-run")
    let isUntouched = try workspace.dump() == before
    #expect(isUntouched)
    let real = try change(workspace, it)
    #expect(real.out == dry.out)
    #expect(!real.out.isEmpty)
  }

  @Test(arguments: sorts)
  func afterItTheBooksAreWhatTheLawWants(_ it: Change) throws {
    let workspace = try prepared(withFees: false)
    let run = try change(workspace, it)
    #expect(try workspace.check() == [])
    #expect(try workspace.bill("2026-07-01", "--all").lines.count == 1, "\(run.out)")
    // What the filter computes from the registers alone: refund and what is kept are exactly it.
    #expect(try workspace.differencesOverTime(asOf: "2026-07-01") == [])
  }

  @Test(arguments: changes)
  func doneAgainItChangesNothing(_ it: Change) throws {
    let workspace = try prepared()
    try change(workspace, it)
    let before = try workspace.dump()
    let again = try change(workspace, it)
    #expect(again.err.contains("it was so already, nothing changed"), "\(again.err)")
    let isUntouched = try workspace.dump() == before
    #expect(isUntouched)
    let later = try change(workspace, it, asOf: "2026-07-02")
    #expect(later.err.contains("nothing changed"))
  }

  @Test(arguments: [
    ("terminate C2 --on 2026-01-30", "terminate.before-start"),
    ("terminate C2 --on 2027-01-31", "terminate.after-end"),
    ("terminate C4 --on 2026-03-14", "terminate.terminated"),
    ("terminate C5 --on 2026-05-01", "terminate.not-signed"),
    ("terminate C2 --on 2026-05-01 --penalty 5 --penalty-item rent", "terminate.penalty-item"),
    ("renew C2 --start 2027-01-30 --end 2028-01-30", "renew.start"),
    ("renew C2 --end 2027-01-30", "renew.end"),
    ("renew C2 --end 2028-01-30 --no C1", "renew.no-taken"),
    ("renew C2 --end 2028-01-30 --price 9=5", "renew.no-line"),
    ("renew C5 --end 2028-01-30", "renew.draft"),
    ("amend C5 1 --from 2026-04-01 --price 5", "amend.not-signed"),
    ("amend C1 1 --from 2026-01-15 --price 5", "amend.day"),
    ("amend C1 3 --from 2026-05-01 --price 5", "amend.once"),
    ("amend C1 4 --from 2026-05-02 --price 5", "amend.turnover-month"),
    ("amend C1 5 --from 2026-03-02 --set due_days=5", "amend.no-reading"),
    ("amend C2 1 --from 2026-06-01 --price 5", "amend.escalation"),
    ("amend C3 1 --from 2026-05-02 --price 5", "amend.whole-month"),
    ("amend C1 1 --from 2026-05-02 --set price=-5", "charge_term.negative-price"),
    ("amend C1 1 --from 2026-05-02 --price 5,5", "value.number"),
    ("amend C1 1 --from 2026-05-02 --set unit_no=U4", "charge_term.units"),
    ("amend C1 1 --from 2026-05-02 --set item=nothing", "reference.unknown"),
    (
      "amend C1 1 --from 2026-05-02 --set escalate_percent=5 --set escalate_months=12",
      "charge_term.escalation-and-steps"
    ),
  ])
  func whatMakesNoSenseIsRefusedAndChangesNothing(_ line: String, _ rule: String) throws {
    let workspace = try prepared()
    let before = try workspace.dump()
    let run = try workspace.run(
      "boms-bill",
      Change(line).arguments + ["--db", "m.db", "--as-of", "2026-07-01", "--lang", "en"])
    #expect(run.status == 65)
    #expect(run.err.contains("[\(rule)]"), "\(run.err)")
    #expect(run.out == "")
    let isUntouched = try workspace.dump() == before
    #expect(isUntouched)
  }

  @Test func aUnitThatIsLetAnewIsNotRenewed() throws {
    let workspace = try prepared()
    try workspace.succeed(
      "boms-import", "--db", "m.db", "contract",
      stdin: "contract_no,tenant_no,property_no,start_on,end_on\nC6,T2,P2,2026-05-01,2027-04-30\n")
    try workspace.succeed(
      "boms-import", "--db", "m.db", "contract_unit",
      stdin: "contract_no,unit_no,from_on,area_m2\nC6,V1,2026-05-01,30\n")
    let before = try workspace.dump()
    let run = try workspace.run(
      "boms-bill", "renew", "C4", "--end", "2026-12-31", "--db", "m.db", "--lang", "en")
    #expect(run.status == 65)
    #expect(run.err.contains("unit 'V1' is let twice from 2026-05-01 to 2026-12-31"))
    #expect(run.err.contains("[contract_unit.let-twice]"))
    let isUntouched = try workspace.dump() == before
    #expect(isUntouched)
  }

  @Test func clawBackAndPenaltyAreWantedLikeAnyChargeOfTheContract() throws {
    let workspace = try prepared()
    let run = try change(
      workspace, Change("terminate C1 --on 2026-05-10 --claw-back --penalty 20000"))
    let rows = records(run.out)
    func amount(_ kind: String) -> Int64 {
      rows.filter { $0["kind"] == kind }.reduce(0) { $0 + fen($1["amount"] ?? "") }
    }
    // 45 days of 100 m² at 5.50, and 17/31 and one month of a guarantee of 1,000.
    #expect(amount("claw_back") == 2_475_000 + 54_839 + 100_000)
    #expect(amount("penalty") == 2_000_000)
    #expect(amount("refund") < 0)
    let charges = records(try workspace.export("charges", "--where", "contract_no=C1"))
    for row in rows where ["claw_back", "penalty"].contains(row["kind"]) {
      #expect(charges.contains { $0["line"] == row["line"] && $0["amount"] == row["amount"] })
      // What is asked for late is not due before it is asked for.
      #expect(row["due_on"] == "2026-07-01")
    }
    // Another day, or another amount, is another matter.
    let other = try workspace.run(
      "boms-bill", "terminate", "C1", "--on", "2026-05-10", "--penalty", "1", "--db", "m.db",
      "--as-of", "2026-07-01", "--lang", "en")
    #expect(other.status == 65)
    #expect(other.err.contains("[change.once-exists]"))
  }

  @Test func oneOffAmountsAfterTheDayStayOrAreTakenAway() throws {
    let workspace = try prepared()
    try workspace.succeed(
      "boms-import", "--db", "m.db", "charge_term",
      stdin: """
        contract_no,line,item,method,price,on
        C1,7,mgmt,once,500,2026-06-15
        C1,8,mgmt,once,700,2026-10-01

        """)
    try workspace.bill("2026-06-30")
    func later(_ options: String...) throws -> [[String?]] {
      let run = try workspace.succeed(
        "boms-bill",
        ["terminate", "C1", "--on", "2026-05-10", "--db", "m.db", "--lang", "en"]
          + ["--as-of", "2026-07-01"] + options)
      return records(run.out).filter { $0["kind"] == "once_later" }
        .map { [$0["line"], $0["amount"], $0["explain"]] }
    }
    #expect(
      try later("--dry-run") == [
        ["7", "500.00", "charged already, it stays"], ["8", "700.00", "still to be charged"],
      ])
    #expect(
      try later("--cancel-once").map(\.[2]) == ["charged already, it stays", "taken away"])
    #expect(
      try !workspace.export("charge_term", "--where", "contract_no=C1").contains("C1,8,"))
    #expect(try workspace.check() == [])
  }

  @Test func metersSayWhatTheyLackAndReadingsAfterTheDayAreListed() throws {
    let workspace = try prepared()
    let run = try change(workspace, Change("terminate C1 --on 2026-02-10"))
    let meters = records(run.out).filter { $0["meter_no"] == "E1" }
    #expect(meters.map { $0["kind"] } == ["missing_reading", "late_reading"])
    #expect(meters.map { $0["reading"] } == ["600.5", "700"])
    #expect(meters[0]["period_start"] == "2026-02-01")
    // With the reading nothing is missing.
    try workspace.succeed(
      "boms-import", "--db", "m.db", "reading",
      stdin: "meter_no,read_on,value\nE1,2026-02-10,650\n")
    let again = records(try change(workspace, Change("terminate C1 --on 2026-02-10")).out)
    #expect(!again.contains { $0["kind"] == "missing_reading" })
    #expect(again.contains { $0["kind"] == "charge" && $0["item"] == "power" })
    #expect(try workspace.check() == [])
  }

  @Test func aMeterGoesOverToTheNewContractWithTheReadingOfTheLastDay() throws {
    let workspace = try prepared()
    try change(workspace, Change("terminate C1 --on 2026-02-28"))
    let run = records(try change(workspace, Change("renew C1 --end 2027-02-28 --no C1-2")).out)
    let meter = try #require(run.first { $0["kind"] == "meter" })
    #expect(
      [meter["meter_no"], meter["reading"], meter["period_start"]] == ["E1", "700", "2026-03-01"])
    let installs = records(try workspace.export("meter_install", "--where", "meter_no=E1"))
    #expect(installs.map { $0["contract_no"] } == ["C1", "C1-2"])
    #expect(installs.map { $0["to_on"] } == ["2026-02-28", ""])
    #expect(installs.map { $0["close_reading"] } == ["700", ""])
    #expect(try workspace.check() == [])
  }

  @Test func depositsAreCountedThroughAllContractsThatFollowEachOther() throws {
    let workspace = try prepared()
    try change(workspace, Change("renew C1 --end 2030-01-14 --no C1-2 --deposit 40000"))
    let run = try change(workspace, Change("renew C1-2 --end 2031-01-14 --no C1-3 --deposit 50000"))
    let deposits = records(run.out).filter { $0["item"] == "deposit" && $0["kind"] == "term" }
    // The increase of the second contract is not charged before 2028, so it does not count yet.
    #expect(deposits.map { $0["price"] } == ["17000"])
    #expect(run.err.contains("deposits charged so far 33,000.00"))
  }

  @Test func whatIsAmendedKeepsItsPricePath() throws {
    let workspace = try prepared()
    func path(_ line: String) throws -> [[String?]] {
      records(try workspace.export("price_path", "--where", "contract_no=C1"))
        .filter { $0["line"] == line }.map { [$0["from_on"], $0["price"]] }
    }
    let before = try path("1")
    try change(workspace, Change("amend C1 1 --from 2026-05-11 --set due_days=-5"))
    #expect(try path("1") + path("7").dropFirst() == before)
  }

  @Test func whatIsAmendedLateIsNotLateAtOnce() throws {
    let workspace = try prepared()
    let run = records(try change(workspace, Change("amend C1 1 --from 2026-05-11 --price 6")).out)
    #expect(
      run.filter { $0["kind"] == "charge" }.map { [$0["line"], $0["due_on"]] }
        == [["7", "2026-07-01"]])
    // What the old line is worth less, its late fees are worth less as well.
    let fees = run.filter { $0["kind"] == "late_fee" }
    #expect(!fees.isEmpty)
    #expect(fees.allSatisfy { $0["line"] == "1" && fen($0["amount"] ?? "") < 0 })
  }

  @Test func anUnknownContractOrLineIsAMissingInput() throws {
    let workspace = try prepared()
    for line in [
      "terminate C99 --on 2026-05-10", "renew C99 --end 2030-01-01",
      "amend C99 1 --from 2026-05-01 --price 5", "amend C1 99 --from 2026-05-01 --price 5",
    ] {
      let run = try workspace.run("boms-bill", Change(line).arguments + ["--db", "m.db"])
      #expect(run.status == 66, "\(line)")
      #expect(run.err.contains("hint: "))
    }
  }
}

extension Workspace {
  /// Where the books of charges over time and one-off amounts differ from what the filter computes
  /// from the registers alone.
  func differencesOverTime(asOf: String) throws -> [String] {
    let others = Set(
      records(try export("charge_term")).filter {
        ["turnover", "metered", "share"].contains($0["method"])
      }.map { "\($0["contract_no"] ?? "") \($0["line"] ?? "") " })
    return try differences(from: "2026-01-01", asOf: asOf, except: "C4").filter { difference in
      !others.contains { difference.hasPrefix($0) }
    }
  }
}
