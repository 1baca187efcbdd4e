import Shared
import TestSupport
import Testing

/// Revenue on the built programs.
struct AccrueTests {
  /// A lease of two years with two months free, 3,000 a month, and a service of 900; net of tax.
  private static let place = Result {
    let workspace = try Workspace()
    try workspace.succeed("boms-db", "init", "--db", "m.db")
    for (register, text) in [
      ("company", "company_no,name,credit_code\nA,甲,91330106MACKX4QG41\n"),
      ("property", "property_no,name,company_no\nP,广场,A\nQ,二号楼,A\n"),
      ("tenant", "tenant_no,name\nT1,甲店\n"),
      (
        "fee_item",
        "item,name,kind,tax_rate\nrent,租金,rent,\nmgmt,物业费,service,\ndeposit,押金,deposit,\n"
      ),
      (
        "contract",
        "contract_no,tenant_no,property_no,start_on,end_on\nC1,T1,P,2026-01-01,2027-12-31\n"
      ),
      (
        "charge_term",
        """
        contract_no,line,item,method,price,per,on
        C1,1,rent,fixed,3000,month,
        C1,2,mgmt,fixed,900,month,
        C1,3,deposit,once,6000,,2026-01-01

        """
      ),
      ("rent_free", "contract_no,item,from_on,to_on\nC1,rent,2026-01-01,2026-02-28\n"),
    ] {
      try workspace.importing(register, text).expectStored()
    }
    return workspace
  }

  private func place(_ contracts: String...) throws -> Workspace {
    let workspace = try Workspace(AccrueTests.place)
    if !contracts.isEmpty {
      try workspace.importing(
        "contract",
        "contract_no,tenant_no,property_no,start_on,end_on\n" + contracts.joined(separator: "\n")
          + "\n"
      ).expectStored()
    }
    return workspace
  }

  private func accrue(
    _ workspace: Workspace, _ month: String, _ options: String..., asOf: String = "2027-12-31"
  ) throws -> Workspace.Run {
    try workspace.run(
      "boms-bill",
      ["accrue", "--db", "m.db", "--lang", "en", "--month", month, "--as-of", asOf] + options)
  }

  private func rows(_ run: Workspace.Run) -> [String] {
    records(run.out).map {
      "\($0["item"] ?? "") \($0["month"] ?? "") \($0["booked_on"] ?? "") \($0["earned"] ?? "") "
        + "\($0["straight"] ?? "")"
    }
  }

  @Test func monthsAreMadeUpAndASecondRunAddsNothing() throws {
    let workspace = try place()
    let dry = try accrue(workspace, "2026-03", "--dry-run")
    let run = try accrue(workspace, "2026-03")
    #expect(dry.out == run.out)
    #expect(run.status == 0)
    #expect(
      rows(run) == [
        "mgmt 2026-01 2026-01-31 900.00 0.00", "mgmt 2026-02 2026-02-28 900.00 0.00",
        "mgmt 2026-03 2026-03-31 900.00 0.00", "rent 2026-01 2026-01-31 0.00 2750.00",
        "rent 2026-02 2026-02-28 0.00 2750.00", "rent 2026-03 2026-03-31 3000.00 -250.00",
      ])
    #expect(
      records(run.out)[3]["explain"]
        == "租金净额合计 66,000.00 ÷ 24 个月 = 2,750.00/月；合同应计 0.00，直线法差额 2,750.00")
    let before = try workspace.dump()
    #expect(rows(try accrue(workspace, "2026-03")) == [])
    #expect(rows(try accrue(workspace, "2026-02")) == [])
    #expect(try workspace.dump() == before)
  }

  @Test func whatIsAskedForIsLimitedAndMustBeKnown() throws {
    let workspace = try place()
    #expect(rows(try accrue(workspace, "2026-03", "--property", "Q")) == [])
    #expect(try accrue(workspace, "2026-03", "--property", "X").status == 66)
    #expect(try accrue(workspace, "2026-03", "--contract", "X").status == 66)
    let early = try accrue(workspace, "2026-03", asOf: "2026-03-30")
    #expect(early.status == 65)
    #expect(early.err.contains("[accrue.not-over]"))
    // The last month that is over, as of a day.
    let last = try workspace.succeed(
      "boms-bill", "accrue", "--db", "m.db", "--as-of", "2026-03-30", "--contract", "C1")
    #expect(Set(records(last.out).map { $0["month"] }) == ["2026-01", "2026-02"])
  }

  @Test func aChangeIsTakenInByTheOpenMonthAndByTheNextOne() throws {
    let workspace = try place()
    _ = try accrue(workspace, "2026-12")
    try workspace.importing(
      "charge_term", "contract_no,line,item,method,price,per\nC1,2,mgmt,fixed,1000,month\n"
    ).expectStored()
    // Twelve months of a hundred more.
    #expect(
      rows(try accrue(workspace, "2026-12")) == ["mgmt 2026-12 2026-12-31 1200.00 0.00"])
    try workspace.bill("2026-12-31")
    try workspace.succeed("boms-bill", "close", "2026-12", "--db", "m.db", "--as-of", "2027-01-05")
    try workspace.importing(
      "charge_term", "contract_no,line,item,method,price,per\nC1,2,mgmt,fixed,900,month\n",
      "--restate"
    ).expectStored()
    #expect(rows(try accrue(workspace, "2026-12")) == [])
    #expect(
      rows(try accrue(workspace, "2027-01")) == [
        "mgmt 2027-01 2027-01-31 -300.00 0.00", "rent 2027-01 2027-01-31 3000.00 -250.00",
      ])
  }

  @Test func aMissedMonthThatIsClosedIsBookedOnTheFirstOpenDay() throws {
    let workspace = try place()
    // The command would ask for January's revenue.
    try TestDatabase.run(
      "INSERT INTO month_event (company_no, month, event, done_on) "
        + "VALUES ('A', '2026-01', 'close', '2026-02-05')", workspace.file("m.db"))
    #expect(
      rows(try accrue(workspace, "2026-02")) == [
        "mgmt 2026-01 2026-02-01 900.00 0.00", "mgmt 2026-02 2026-02-28 900.00 0.00",
        "rent 2026-01 2026-02-01 0.00 2750.00", "rent 2026-02 2026-02-28 0.00 2750.00",
      ])
    #expect(rows(try accrue(workspace, "2026-02")) == [])
  }

  @Test func aFailingLeaseDoesNotStopTheOthers() throws {
    let workspace = try place("C0,T1,Q,2026-01-01,2026-12-31")
    try workspace.importing(
      "charge_term",
      """
      contract_no,line,item,method,price,per,escalate_percent,escalate_months
      C0,1,mgmt,fixed,900000000,day,100000,1

      """
    ).expectStored()
    let run = try accrue(workspace, "2026-01")
    #expect(run.status == 1)
    #expect(run.err.contains("contract 'C0' is left out"))
    #expect(run.err.contains("failed 1"))
    #expect(rows(run).count == 2)
  }

  private func schedule(_ workspace: Workspace) throws -> [[String: String]] {
    records(
      try workspace.succeed("boms-bill", "straight-line", "C1", "--db", "m.db", "--lang", "zh").out)
  }

  @Test(arguments: [("en", "contract 'C2' has no rent"), ("zh", "合同“C2”没有需按直线法分摊的租金")])
  func aContractWithoutRentHasNoScheduleAndSaysSo(language: String, sentence: String) throws {
    let workspace = try place("C2,T1,P,2026-01-01,2026-12-31")
    try workspace.importing(
      "charge_term", "contract_no,line,item,method,price,per\nC2,1,mgmt,fixed,900,month\n"
    ).expectStored()
    let run = try workspace.succeed(
      "boms-bill", "straight-line", "C2", "--db", "m.db", "--lang", language)
    #expect(run.out.split(separator: "\n").count == 1)
    #expect(run.err.contains(sentence))
  }

  @Test func theScheduleEndsAtZeroWhateverHappens() throws {
    let workspace = try place()
    let plan = try schedule(workspace)
    #expect(plan.count == 24)
    #expect(plan.allSatisfy { $0["income"] == "2750.00" && $0["recorded"] == "" })
    #expect(plan.last?["balance"] == "0.00")
    _ = try accrue(workspace, "2026-04")
    try workspace.bill("2026-05-02")
    #expect(try schedule(workspace).prefix(4).allSatisfy { $0["recorded"] == "2750.00" })
    try workspace.succeed(
      "boms-bill", "terminate", "C1", "--on", "2026-03-15", "--db", "m.db", "--as-of",
      "2026-05-02")
    let ended = try schedule(workspace)
    #expect(ended.map { $0["month"] } == ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"])
    #expect(ended.last?["balance"] == "0.00")
    #expect(ended.last?["explain"]?.contains("余额一次确认") == true)
    // Not an error of the books: the next run takes it in.
    #expect(try workspace.check() == [])
    // 1,451.61 were charged; 6,000 are taken back, and 5,000 of difference.
    #expect(
      rows(try accrue(workspace, "2026-05")) == [
        "mgmt 2026-05 2026-05-31 -1364.52 0.00", "rent 2026-05 2026-05-31 -4548.39 -5000.00",
      ])
    #expect(rows(try accrue(workspace, "2026-12")) == [])
    #expect(try workspace.check() == [])
  }

  @Test func aLeaseThatIsArchivedTooEarlyIsFound() throws {
    let workspace = try place()
    _ = try accrue(workspace, "2026-04")
    try workspace.bill("2026-05-02")
    try workspace.importing(
      "contract",
      """
      contract_no,tenant_no,property_no,start_on,end_on,terminated_on,status
      C1,T1,P,2026-01-01,2027-12-31,2026-04-30,archived

      """, "--restate"
    ).expectStored()
    #expect(
      try workspace.check().contains { $0.hasPrefix("accrual.straight-line,C1,") })
  }

  /// Contract, company and item with a sum, as text.
  private func sums(_ workspace: Workspace, _ sql: String) throws -> [String] {
    try TestDatabase.rows(sql, workspace.file("m.db")).map { $0.joined(separator: " ") }
  }

  /// What stands on 预收账款—租金 and 合同负债, by contract and item.
  private func inAdvance(_ workspace: Workspace, _ contracts: String = "1") throws -> [String] {
    try sums(
      workspace,
      """
      SELECT company_no, contract_no, item, sum(amount_fen) FROM journal_entry j
      WHERE role IN ('advance_rent', 'contract_liability') AND \(contracts)
      GROUP BY 1, 2, 3 HAVING sum(amount_fen) <> 0 ORDER BY 1, 2, 3
      """)
  }

  @Test func afterItsEndALeaseOfTheOldBooksHasNothingInAdvance() throws {
    let workspace = try Workspace(Prepared.mall)
    try workspace.bill("2027-02-28")
    _ = try accrue(workspace, "2026-12")
    // Its rent from 15 August to its end was due in August, before the system started.
    let brought = try sums(
      workspace,
      """
      SELECT item, booked_on, -sum(amount_fen) FROM journal_entry
      WHERE contract_no = 'HT-2024-0085' AND document = 'opening' AND role = 'advance_rent'
      GROUP BY 1, 2 ORDER BY 2
      """)
    #expect(brought == ["rent 2026-09-30 102350251", "rent 2026-10-31 95526901"])
    let isOver =
      """
      contract_no IN (SELECT contract_no FROM contract
        WHERE min(end_on, coalesce(terminated_on, end_on)) <= '2026-12-31')
      """
    let over = try sums(
      workspace,
      "SELECT contract_no, sum(brought_fen) FROM accrual WHERE \(isOver) GROUP BY 1 "
        + "HAVING sum(brought_fen) <> 0")
    #expect(over.count > 5)
    #expect(try inAdvance(workspace, isOver) == [])
    #expect(try workspace.check() == [])
  }

  @Test func inTheEndWhatWasBilledIsEarnedToTheFen() throws {
    let workspace = try Workspace(Prepared.small)
    // Now and then, out of step with the bills, with a change and an end on the way.
    try workspace.bill("2026-03-10")
    _ = try accrue(workspace, "2026-02")
    try workspace.bill("2026-07-01")
    _ = try accrue(workspace, "2026-04")
    for change in [
      "terminate C2 --on 2026-07-20 --claw-back", "amend C1 1 --from 2026-09-15 --price 6",
    ] {
      try workspace.succeed(
        "boms-bill",
        change.split(separator: " ").map(String.init) + ["--db", "m.db", "--as-of", "2026-07-01"])
    }
    _ = try accrue(workspace, "2026-11")
    try workspace.bill("2028-04-30")
    _ = try accrue(workspace, "2028-02", asOf: "2028-04-30")
    let billed = try sums(
      workspace,
      """
      SELECT c.contract_no, b.company_no, c.item, sum(c.net_fen)
      FROM charge c JOIN bill b ON b.bill_no = c.bill_no JOIN fee_item i ON i.item = c.item
      LEFT JOIN charge r ON r.id = c.adjusts
      WHERE i.kind IN ('rent', 'service', 'resale')
        AND coalesce(r.kind, c.kind) NOT IN ('late_fee', 'opening')
      GROUP BY 1, 2, 3 HAVING sum(c.net_fen) <> 0 ORDER BY 1, 2, 3
      """)
    let earned = try sums(
      workspace,
      """
      SELECT contract_no, company_no, item, sum(earned_fen - brought_fen) FROM accrual
      GROUP BY 1, 2, 3 HAVING sum(earned_fen - brought_fen) <> 0 ORDER BY 1, 2, 3
      """)
    #expect(billed.count > 8)
    #expect(earned == billed)
    // The first month of C2's rent, 3,100 with tax, was due on 2025-12-25, before the system started:
    // the old books billed it, its days are earned here.
    #expect(
      try sums(
        workspace,
        "SELECT contract_no, item, sum(brought_fen) FROM accrual GROUP BY 1, 2 HAVING sum(brought_fen)"
      ) == ["C2 rent 284404"])
    #expect(try inAdvance(workspace) == [])
    #expect(
      try sums(workspace, "SELECT contract_no, sum(straight_fen) FROM accrual GROUP BY 1")
        .allSatisfy { $0.hasSuffix(" 0") })
    #expect(try workspace.check() == [])
  }
}
