import Shared
import TestSupport
import Testing

/// What is taken back is billed again on its day, whatever the night looks at.
struct VoidTests {
  /// One contract with a property fee by the quarter and a meter.
  private static let place = Result {
    let workspace = try Workspace()
    try workspace.succeed("boms-db", "init", "--db", "m.db")
    for (register, text) in [
      ("company", "company_no,name,credit_code\nA,甲,91330106MACKX4QG41\nB,乙,91330000142942095H\n"),
      ("property", "property_no,name,company_no,billing_from\nP1,商场,A,2026-01-01\n"),
      ("tenant", "tenant_no,name\nT1,租户\n"),
      ("fee_item", "item,name,kind,tax_rate\nmgmt,物业费,service,6%\npower,电费,resale,13%\n"),
      (
        "contract",
        "contract_no,tenant_no,property_no,start_on,end_on\nC1,T1,P1,2026-01-01,2026-12-31\n"
      ),
      (
        "charge_term",
        """
        contract_no,line,item,method,price,per,cycle_months,due_days
        C1,1,mgmt,fixed,2000,month,3,0
        C1,2,power,metered,,,,5

        """
      ),
      ("tariff", "tariff_no,from_on,register,price\nD1,2026-01-01,total,1\n"),
      ("meter", "meter_no,property_no,digits\nE1,P1,5\n"),
      (
        "meter_install",
        "meter_no,from_on,contract_no,line,tariff_no,open_reading\nE1,2026-01-01,C1,2,D1,0\n"
      ),
      ("reading", "meter_no,read_on,value\nE1,2026-01-31,100\nE1,2026-02-28,250\n"),
    ] {
      try workspace.importing(register, text)
    }
    return workspace
  }

  private func prepared() throws -> Workspace { try Workspace(VoidTests.place) }

  private func rows(_ workspace: Workspace, _ item: String) throws -> [[String: String]] {
    records(try workspace.export("charges", "--where", "item=\(item)"))
  }

  @Test(arguments: [false, true])
  func whatWasPaidOnTimeIsNotLateWhenItsBillIsTakenBack(isClosed: Bool) throws {
    let workspace = try prepared()
    try workspace.importing(
      "late_fee_rule", "property_no,item,from_on,rate_permille\nP1,*,2026-01-01,1\n"
    ).expectStored()
    try workspace.importing(
      "payment", "payment_no,tenant_no,property_no,paid_on,amount\nS1,T1,P1,2026-01-01,6000\n"
    ).expectStored()
    try workspace.bill("2026-01-31")
    try workspace.collect("2026-01-31")
    let bill = try #require(try rows(workspace, "mgmt").first?["bill_no"])
    if isClosed {
      try workspace.accrue("2026-01", on: "2026-02-03")
      try workspace.succeed(
        "boms-bill", "close", "2026-01", "--db", "m.db", "--as-of", "2026-02-03")
    }
    let before = try workspace.export("open_items", "--as-of", "2026-01-31")
    try workspace.succeed(
      "boms-bill", "void", bill, "--db", "m.db", "--as-of", "2026-02-03", "--reason", "抬头错误")
    try workspace.bill("2026-02-04")
    try workspace.collect("2026-02-04")
    #expect(try workspace.bill("2026-02-04").lines.count == 1)
    #expect(try workspace.collect("2026-02-04").lines.count == 1)
    #expect(
      try rows(workspace, "mgmt").map { "\($0["kind"] ?? "") \($0["amount"] ?? "")" }.sorted() == [
        "adjust -6000.00", "base 6000.00", "base 6000.00",
      ])
    let open = records(try workspace.export("open_items", "--as-of", "2026-02-04"))
    #expect(open.filter { $0["item"] == "mgmt" } == [])
    let isSame = try workspace.export("open_items", "--as-of", "2026-01-31") == before
    #expect(isSame || !isClosed)
    #expect(try workspace.check() == [])
  }

  @Test func aWrittenOffBillThatIsTakenBackLeavesNoCredit() throws {
    let workspace = try prepared()
    try workspace.bill("2026-01-10")
    let bill = try #require(try rows(workspace, "mgmt").first?["bill_no"])
    try workspace.succeed(
      "boms-collect", "write-off", bill, "--amount", "100", "--db", "m.db", "--as-of", "2026-01-11",
      "--reason", "和解")
    try workspace.succeed(
      "boms-bill", "void", bill, "--db", "m.db", "--as-of", "2026-01-12", "--reason", "抬头错误")
    try workspace.bill("2026-01-12")
    try workspace.collect("2026-01-12")
    let open = records(try workspace.export("open_items", "--as-of", "2026-01-12"))
    #expect(open.map { "\($0["item"] ?? "") \($0["open"] ?? "")" } == ["mgmt 6000.00"])
    #expect(try workspace.check() == [])
  }

  @Test func aBillThatIsTakenBackAndDueLaterIsBilledOnItsNewDayByAQuietNight() throws {
    let workspace = try prepared()
    try workspace.bill("2026-04-02")
    let bill = try #require(
      try rows(workspace, "mgmt").first { $0["period_start"] == "2026-04-01" }?["bill_no"])
    try workspace.succeed(
      "boms-bill", "void", bill, "--db", "m.db", "--as-of", "2026-04-02", "--reason", "应收日有误")
    try workspace.importing(
      "charge_term",
      """
      contract_no,line,item,method,price,per,cycle_months,due_days
      C1,1,mgmt,fixed,2000,month,3,14

      """, "--restate")
    // The run after the change sees that nothing is due yet; the one on the day looks at the index.
    try workspace.bill("2026-04-02")
    #expect(try rows(workspace, "mgmt").filter { $0["bill_on"] == "2026-04-15" } == [])
    try workspace.bill("2026-04-15")
    let again = try rows(workspace, "mgmt").filter { $0["bill_on"] == "2026-04-15" }
    #expect(again.map { $0["amount"] } == ["6000.00"])
    #expect(again.map { $0["kind"] } == ["base"])
    #expect(try workspace.bill("2026-05-01", "--all").lines.count == 1)
    #expect(try workspace.check() == [])
  }

  @Test func aBillThatOnlyAdjustsIsNotTakenBackAlone() throws {
    let workspace = try prepared()
    try workspace.bill("2026-03-31")
    try workspace.importing("reading", "meter_no,read_on,value\nE1,2026-02-28,240\n")
    try workspace.bill("2026-04-01")
    let note = try #require(
      try rows(workspace, "power").first { $0["kind"] == "adjust" }?["bill_no"])
    let run = try workspace.run(
      "boms-bill", "void", note, "--db", "m.db", "--as-of", "2026-04-02", "--reason", "误")
    #expect(run.status == Shared.ExitStatus.badData.rawValue)
    #expect(run.err.contains("only adjusts"))
  }

  @Test func whatCameToNothingHasNothingToTakeBack() throws {
    let workspace = try prepared()
    try workspace.bill("2026-03-31")
    let bill = try #require(
      try rows(workspace, "power").first { $0["period_start"] == "2026-02-01" }?["bill_no"])
    try workspace.importing("reading", "meter_no,read_on,value\nE1,2026-02-28,100\n")
    try workspace.bill("2026-04-01")
    let run = try workspace.succeed(
      "boms-bill", "void", bill, "--db", "m.db", "--as-of", "2026-04-02", "--reason", "误")
    #expect(records(run.out) == [])
    #expect(try workspace.check() == [])
  }

  @Test func aMeterThatGoesOverToAnotherCompanyIsTakenBackAndAskedForAnew() throws {
    let workspace = try prepared()
    try workspace.bill("2026-03-31")
    try workspace.succeed(
      "boms-bill", "amend", "C1", "2", "--from", "2026-02-01", "--set", "company_no=B", "--db",
      "m.db", "--as-of", "2026-03-31")
    let february = try rows(workspace, "power").filter { $0["period_start"] == "2026-02-01" }
    #expect(
      february.map { "\($0["company_no"] ?? "") \($0["amount"] ?? "")" }.sorted() == [
        "A -150.00", "A 150.00", "B 150.00",
      ])
    #expect(try workspace.bill("2026-03-31", "--all").lines.count == 1)
    #expect(try workspace.check() == [])
  }

  @Test func aPercentWithoutItsSignBelowOneIsAskedAbout() throws {
    let workspace = try prepared()
    let run = try workspace.run(
      "boms-bill", "renew", "C1", "--end", "2027-12-31", "--raise", "0.05", "--db", "m.db")
    #expect(run.status == Shared.ExitStatus.usage.rawValue)
    #expect(run.err.contains("0.05% or 5%"))
  }
}
