import TestSupport
import Testing

/// One contract that the books refuse does not stop the night.
struct RefusedRowsTests {
  @Test func theOthersAreWrittenWithoutAGapAndTheNextRunMakesUpForIt() throws {
    let whole = try Workspace(Prepared.mall)
    try whole.bill("2026-11-22")

    let workspace = try Workspace(Prepared.mall)
    let refused = "HT-2024-0003"
    try TestDatabase.run(
      """
      CREATE TRIGGER test_refuses BEFORE INSERT ON charge WHEN NEW.contract_no = '\(refused)'
        AND NEW.kind = 'base'
      BEGIN SELECT RAISE(ABORT, 'refused by the test'); END
      """, workspace.file("m.db"))
    let run = try workspace.run(
      "boms-bill", "run", "--db", "m.db", "--as-of", "2026-11-22", "--lang", "en")
    #expect(run.status == 1)
    #expect(run.err.contains("contract '\(refused)' is left out: the books refuse its rows"))
    #expect(run.err.contains("refused by the test"))
    #expect(run.err.contains("failed 1"))
    let rows = records(try workspace.export("charges"))
    #expect(!rows.contains { $0["contract_no"] == refused })
    let all = records(try whole.export("charges"))
    #expect(rows.count == all.filter { $0["contract_no"] != refused }.count)
    #expect(try workspace.check() == [])

    // The same again says the same; without the trigger the contract is made up for.
    let again = try workspace.run("boms-bill", "run", "--db", "m.db", "--as-of", "2026-11-22")
    #expect(again.status == 1)
    #expect(again.lines.count == 1)
    try TestDatabase.run("DROP TRIGGER test_refuses", workspace.file("m.db"))
    try workspace.bill("2026-11-22")
    let isSame = try workspace.chargesWithoutNumbers() == whole.chargesWithoutNumbers()
    #expect(isSame)
    #expect(try workspace.check() == [])
  }

  @Test func aContractWhosePriceOutgrowsItsTypeIsLeftOut() throws {
    let workspace = try Workspace(Prepared.small)
    let steep = try workspace.importing(
      "charge_term",
      "contract_no,line,item,method,price,per,escalate_percent,escalate_months\n"
        + "C4,2,rent,fixed,9000000000,month,900000000,1\n")
    #expect(steep.status == 0, "\(steep.err)")
    let run = try workspace.run(
      "boms-bill", "run", "--db", "m.db", "--as-of", "2026-08-31", "--lang", "en")
    #expect(run.status == 1)
    #expect(run.err.contains("contract 'C4' is left out"))
    let rows = records(try workspace.export("charges"))
    #expect(!rows.contains { $0["contract_no"] == "C4" })
    #expect(rows.contains { $0["contract_no"] == "C1" })
  }
}
