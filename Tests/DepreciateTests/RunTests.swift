import Shared
import TestSupport
import Testing

/// Depreciation on the built programs.
struct RunTests {
  @Test func missedMonthsAreMadeUpAndASecondRunAddsNothing() throws {
    let workspace = try Workspace(assets: Assets.place)
    let dry = try workspace.book("2026-03", "--dry-run")
    #expect(try workspace.book() == [])
    let rows = try workspace.book("2026-03")
    #expect(dry == rows)
    #expect(
      rows == [
        "D1 2026-02@2026-02-28 100.00", "D1 2026-03@2026-03-31 100.00",
        "D3 2026-01@2026-01-31 300.00", "D3 2026-02@2026-02-28 300.00",
        "D3 2026-03@2026-03-31 300.00",
      ])
    let before = try workspace.dump()
    #expect(try workspace.book("2026-03") == [])
    #expect(try workspace.book("2026-01") == [])
    #expect(try workspace.dump() == before)
    #expect(try workspace.check() == [])
    #expect(
      try workspace.book() == [
        "D1 P 工程部 120000 20000 0", "D2 P  100000 0 0", "D3 Q  1200000 90000 0",
      ])
  }

  @Test func nightsOneByOneAreOneLateRun() throws {
    let (nights, late) = (try Workspace(assets: Assets.place), try Workspace(assets: Assets.place))
    for workspace in [nights, late] { try assetEvents(workspace) }
    for month in ["2026-02", "2026-05", "2026-06", "2026-09", "2026-12"] {
      try nights.book(month)
    }
    try late.book("2026-12")
    let ledger = """
      SELECT asset_no, month, amount_fen, accumulated_fen, net_fen, explain, booked_on
      FROM depreciation ORDER BY asset_no, month
      """
    let (one, other) = (
      try TestDatabase.rows(ledger, nights.file("m.db")),
      try TestDatabase.rows(ledger, late.file("m.db"))
    )
    #expect(one == other && one.count > 20)
    #expect(try nights.balances() == late.balances())
    #expect(try nights.check() == [])
  }

  private func assetEvents(_ workspace: Workspace) throws {
    try workspace.importing(
      "asset_event",
      """
      asset_no,on,kind,amount,life_months,property_no,department,way,proceeds
      D1,2026-04-15,impair,90,,,,,
      D1,2026-06-30,improve,600,24,,,,
      D3,2026-05-15,transfer,,,P,工程部,,
      D3,2026-11-11,dispose,,,,,sale,9000

      """
    ).expectStored()
    try workspace.importing(
      "asset_usage", "asset_no,month,units\nD2,2026-03,2\nD2,2026-08,4\nD2,2026-10,5\n"
    ).expectStored()
  }

  @Test func theBooksSayWhatHappened() throws {
    let workspace = try Workspace(assets: Assets.place)
    try assetEvents(workspace)
    try workspace.book("2026-12")
    #expect(try workspace.check() == [])
    // D3: 12,000 less 11 months of 300 is 8,700, sold for 9,000.
    #expect(
      try workspace.balances() == [
        "A asset_disposal_gain -30000", "A asset_fixed 280000",
        "A asset_fixed_depreciation -176844", "A asset_fixed_impairment -9000",
        "A asset_impairment_loss 9000", "A asset_payable -280000",
        "A asset_receivable 900000", "A depreciation_expense 356844",
        "A intercompany -1050000", "B asset_payable -1200000", "B depreciation_expense 150000",
        "B intercompany 1050000",
      ])
    let journal = try workspace.succeed(
      "boms-export", "--db", "m.db", "journal", "--month", "2026-11", "--company", "A", "--as-of",
      "2026-12-31")
    let lines = records(journal.out)
    #expect(lines.contains { $0["document"] == "disposal_result" && $0["debit"] == "9000.00" })
    #expect(lines.contains { $0["account_code"] == "1606" })
    #expect(lines.filter { $0["document"] == "depreciation" }.count == 2)
  }

  @Test func anyOrderOfImportsMakesTheSameBooks() throws {
    let (one, other) = (try Workspace(assets: Assets.place), try Workspace(assets: Assets.place))
    try assetEvents(one)
    try one.book("2026-12")
    for (month, rows) in [
      ("2026-12", "D3,2026-11-11,dispose,,,,,sale,9000\n"),
      ("2026-12", "D1,2026-06-30,improve,600,24,,,,\n"),
      ("2026-12", "D3,2026-05-15,transfer,,,P,工程部,,\nD1,2026-04-15,impair,90,,,,,\n"),
    ] {
      try other.book(month)
      try other.importing(
        "asset_event",
        "asset_no,on,kind,amount,life_months,property_no,department,way,proceeds\n" + rows
      ).expectStored()
    }
    try other.importing(
      "asset_usage", "asset_no,month,units\nD2,2026-10,5\nD2,2026-03,2\nD2,2026-08,4\n"
    ).expectStored()
    try other.book("2026-12")
    #expect(try one.book() == other.book())
    #expect(try one.balances() == other.balances())
    #expect(try other.check() == [])
  }

  @Test func aCorrectedCostIsBookedInTheFirstOpenMonth() throws {
    let workspace = try Workspace(assets: Assets.place)
    try workspace.book("2026-03")
    #expect(
      try workspace.depreciate("close", "--month", "2026-03", "--as-of", "2026-04-02").errorLines
        == [
          "closed 2 · through 2026-03"
        ])
    let march = try workspace.depreciate("report", "--month", "2026-03").out
    let run = try workspace.correct("D1", cost: "2400")
    #expect(run.status == 0)
    #expect(run.err.contains("by 200.00 [asset.has-depreciation]"), "\(run.err)")
    let rows = try workspace.book("2026-04")
    #expect(
      rows.filter { $0.hasPrefix("D1") } == [
        "D1 2026-02@2026-04-01 100.00", "D1 2026-03@2026-04-01 100.00",
        "D1 2026-04@2026-04-30 200.00",
      ])
    #expect(try workspace.check() == [])
    let explain = try TestDatabase.texts(
      "SELECT explain FROM depreciation WHERE revision > 0 LIMIT 1", workspace.file("m.db"))
    #expect(explain.first?.hasPrefix("更正：应为 200.00，已记 100.00；") == true)
    // A month that is closed says what it said.
    let after = try workspace.depreciate("report", "--month", "2026-03").out
    func booked(_ out: String) -> [String] {
      records(out).map { "\($0["asset_no"] ?? "") \($0["amount"] ?? "") \($0["net_value"] ?? "")" }
    }
    #expect(booked(after) == booked(march))
    // And it takes nothing by any way.
    let refused = #expect(throws: BooksError.self) {
      try TestDatabase.run(
        """
        INSERT INTO depreciation (asset_no, month, revision, booked_on, company_no, amount_fen,
          accumulated_fen, net_fen, reason, explain)
        VALUES ('D1', '2026-03', 9, '2026-03-31', 'A', 1, 1, 1, 'normal', '')
        """, workspace.file("m.db"))
    }
    #expect(refused?.message == "depreciation.closed-month")
  }

  @Test func anAssetThatFailsIsSaidAndTheOthersGoThrough() throws {
    let workspace = try Workspace(assets: Assets.place)
    try workspace.importing(
      "asset", Assets.heading + "D9,柜子,柜子,,2026-01-10,100,0,10,straight_line,,\n"
    ).expectStored()
    let run = try workspace.depreciate("run", "--month", "2026-02", "--as-of", "2026-03-01")
    #expect(run.status == 1)
    #expect(run.err.contains("asset 'D9' is left out: it has no property"))
    #expect(records(run.out).map { $0["asset_no"] ?? "" } == ["D1", "D3", "D3"])
    #expect(run.err.contains("no units are recorded for 2026-02 of 1 asset: D2"))
    #expect(run.errorLines.last?.contains(" · failed 1 · ") == true)
    // Its name is all that is missing.
    try workspace.importing(
      "asset", Assets.heading + "D9,柜子,柜子,P,2026-01-10,100,0,10,straight_line,,\n"
    ).expectStored()
    #expect(try workspace.book("2026-02") == ["D9 2026-02@2026-02-28 10.00"])
  }

  @Test func anImportThatTheLawCannotTakeIsRefused() throws {
    let workspace = try Workspace(assets: Assets.place)
    let before = try workspace.dump()
    let heading = "asset_no,on,kind,amount,life_months,way\n"
    for (row, rule) in [
      ("D1,2026-02-10,impair,1300,,\n", "asset_event.impairment"),
      ("D1,2026-06-10,re_estimate,,3,\n", "asset_event.life"),
      (
        "D1,2026-06-10,dispose,,,sale\nD1,2026-07-10,improve,5,,\n", "asset_event.after-disposal"
      ),
    ] {
      let run = try workspace.importing("asset_event", heading + row)
      #expect(run.status == 65)
      #expect(run.err.contains("[\(rule)]"), "\(run.err)")
    }
    #expect(try workspace.dump() == before)
    let early = try workspace.importing("asset_event", heading + "D1,2025-12-31,impair,5,,\n")
    #expect(early.status == 0)
    #expect(early.err.contains("warning: asset 'D1' is in service from 2026-01-10"))
    let units = try workspace.importing(
      "asset_usage", "asset_no,month,units\nD1,2026-05,1\nD2,2026-01,1\n")
    #expect(units.err.contains("'D1' is not depreciated by units"))
    #expect(units.err.contains("'D2' is charged from 2026-02"))
    try workspace.book("2026-02")
    let moved = try workspace.correct("D1", property: "Q")
    #expect(moved.status == 65)
    #expect(moved.err.contains("[asset.fixed-once-charged]"))
  }

  @Test func aMonthIsNotBookedBeforeItIsOver() throws {
    let workspace = try Workspace(assets: Assets.place)
    let run = try workspace.depreciate("run", "--month", "2026-03", "--as-of", "2026-03-30")
    #expect(run.status == 65)
    #expect(run.err.contains("2026-03 is not over on 2026-03-30"))
    #expect(
      try workspace.depreciate("run", "--month", "2026-03", "--as-of", "2026-03-31").status == 0)
  }

  @Test func headingsOfOtherPeopleAreRead() throws {
    let workspace = try Workspace(assets: Assets.place)
    let run = try workspace.importing(
      "asset",
      "资产编号,资产名称,项目编号,取得日期,原值,残值率,使用月数,折旧方法\n"
        + "E1,打印机,P,2026/1/5,\"3,000.00\",5,36,年限平均法\nE2,电脑,P,2026年1月5日,3000,3%,36,年限平均法\n")
    #expect(run.status == 0, "\(run.err)")
    #expect(
      try workspace.book("2026-02").filter { $0.hasPrefix("E") } == [
        "E1 2026-02@2026-02-28 79.17", "E2 2026-02@2026-02-28 80.83",
      ])
  }

  @Test func whatIsTakenOverStandsAgainstTheOpening() throws {
    let workspace = try Workspace(assets: Assets.place)
    try workspace.importing(
      "asset",
      "asset_no,name,property_no,acquired_on,cost,life_months,method,opening_months,opening_accumulated,kind\n"
        + "F1,软件,P,2025-01-05,3600,36,straight_line,14,1400,intangible\n"
    ).expectStored()
    let rows = try workspace.book("2026-04").filter { $0.hasPrefix("F") }
    #expect(rows == ["F1 2026-03@2026-03-31 100.00", "F1 2026-04@2026-04-30 100.00"])
    let balances = try workspace.balances()
    #expect(balances.contains("A opening -220000"))
    #expect(balances.contains("A asset_intangible_depreciation -160000"))
    #expect(try workspace.check() == [])
  }

  @Test func generalClosingAsksForDepreciation() throws {
    let workspace = try Workspace(assets: Assets.place)
    let close = ["close", "2026-02", "--db", "m.db", "--as-of", "2026-03-01", "--lang", "en"]
    let refused = try workspace.run("boms-bill", close)
    #expect(refused.status == 1)
    #expect(refused.err.contains("2026-02 stays open: depreciation is not recorded"))
    #expect(refused.err.contains("'boms-depreciate run' records them"))
    #expect(records(refused.out).map { $0["company_no"] ?? "" } == ["A", "B"])
    try workspace.book("2026-02")
    #expect(try workspace.run("boms-bill", close).status == 0)
    // What the books are closed for, assets are closed for.
    try workspace.correct("D1", cost: "2400").expectStored()
    #expect(try workspace.book("2026-02") == ["D1 2026-02@2026-03-01 100.00"])
  }
}
