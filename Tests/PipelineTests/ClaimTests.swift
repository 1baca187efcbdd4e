import Foundation
import Shared
import TestSupport
import Testing

@testable import boms_collect

/// Payments that find their tenant, their company, their charge; a small place with two companies.
struct ClaimTests {
  /// T1 owes 100 of rent to A and 50 of fees to B as of 2026-01-10; T2 owes 70 of rent to A.
  private static let billed = Result {
    let workspace = try Workspace()
    try workspace.succeed("boms-db", "init", "--db", "m.db")
    for (register, text) in [
      (
        "company",
        "company_no,name,credit_code,bank_account\nA,甲,91330106MACKX4QG41,11 22\nB,乙,91330000142942095H,33-44\n"
      ),
      ("property", "property_no,name,company_no,billing_from\nP,广场,A,2026-01-01\n"),
      ("tenant", "tenant_no,name,bank_account\nT1,甲店,6222 01\nT2,乙店,\nT3,乙店,\n"),
      (
        "fee_item",
        "item,name,kind,priority\nrent,租金,rent,20\nmgmt,物业费,service,10\ndeposit,押金,deposit,5\n"
      ),
      (
        "contract",
        "contract_no,tenant_no,property_no,start_on,end_on\nC1,T1,P,2026-01-01,2026-12-31\nC2,T2,P,2026-01-01,2026-12-31\n"
      ),
      (
        "charge_term",
        "contract_no,line,item,company_no,method,price,on\nC1,1,rent,,once,100,2026-01-10\nC1,2,mgmt,B,once,50,2026-01-10\nC2,1,rent,,once,70,2026-01-10\n"
      ),
    ] {
      try workspace.importing(register, text).expectStored()
    }
    return workspace
  }

  private func place() throws -> Workspace { try Workspace(ClaimTests.billed) }

  private func pay(_ workspace: Workspace, _ rows: String...) throws {
    try workspace.importing(
      "payment",
      "payment_no,tenant_no,property_no,paid_on,amount,payer_name,payer_account,our_account,company_no\n"
        + rows.map { $0 + "\n" }.joined()
    ).expectStored()
  }

  private func allocated(_ run: Workspace.Run) -> [String] {
    records(run.out).map {
      "\($0["paid_by_no"] ?? "")→\($0["contract_no"] ?? "") \($0["item"] ?? "") "
        + "\($0["amount"] ?? "") \($0["effective_on"] ?? "") \($0["step"] ?? "")"
    }
  }

  private func claims(_ workspace: Workspace) throws -> [String] {
    try TestDatabase.texts(
      "SELECT payment_no || ' ' || tenant_no || ' ' || matched_by FROM payment_claim ORDER BY id",
      workspace.file("m.db"))
  }

  @Test func aPaymentIsMatchedByAccountThenByAnOnlyName() throws {
    let workspace = try place()
    try workspace.bill("2026-01-10")
    try pay(
      workspace, "S1,,P,2026-01-11,10,某人,622201,,", "S2,,P,2026-01-11,20,甲店,999,,",
      "S3,,P,2026-01-11,30,乙店,,,", "S4,,P,2026-01-11,40,甲店,****2201,,")
    let run = try workspace.collect("2026-01-12")
    #expect(try claims(workspace) == ["S1 T1 account", "S2 T1 name", "S4 T1 name"])
    #expect(
      allocated(run) == [
        "S1→C1 mgmt 10.00 2026-01-11 order", "S2→C1 mgmt 20.00 2026-01-11 order",
        "S4→C1 mgmt 20.00 2026-01-11 order", "S4→C1 rent 20.00 2026-01-11 order",
      ])
    let unclaimed = try workspace.succeed(
      "boms-collect", "unclaimed", "--db", "m.db", "--as-of", "2026-01-12")
    #expect(records(unclaimed.out).map { $0["payment_no"] } == ["S3"])
  }

  @Test func aClaimMayBeReplacedUntilSomethingIsAllocated() throws {
    let workspace = try place()
    try pay(workspace, "S1,,P,2026-01-05,30,乙店,,,", "S2,T1,P,2026-01-05,30,,,,")
    func claim(_ payment: String, _ tenant: String) throws -> Workspace.Run {
      try workspace.run(
        "boms-collect", "claim", payment, tenant, "--reason", "来电", "--db", "m.db", "--as-of",
        "2026-01-06", "--lang", "en")
    }
    #expect(try claim("S1", "T3").status == 0)
    #expect(try claim("S1", "T2").status == 0)
    #expect(try claim("S1", "T2").err.contains("unchanged 1"))
    #expect(try claims(workspace) == ["S1 T3 hand", "S1 T2 hand"])
    #expect(try claim("S9", "T2").status == 66)
    #expect(try claim("S1", "T9").status == 66)
    let named = try claim("S2", "T2")
    #expect(named.status == 65)
    #expect(named.err.contains("names tenant 'T1' itself [payment_claim.has-tenant]\n"))
    #expect(named.err.contains("if that is wrong: 'boms-collect void'"))
    try workspace.bill("2026-01-10")
    #expect(
      allocated(try workspace.collect("2026-01-10")).contains("S1→C2 rent 30.00 2026-01-10 credit"))
    let refused = try claim("S1", "T3")
    #expect(refused.status == 65)
    #expect(refused.err.contains("[payment_claim.allocated]"))
    #expect(try claim("S1", "T2").status == 0)
    #expect(try workspace.check() == [])
  }

  @Test func theCompanyIsThatNamedElseThatOfTheAccountElseAny() throws {
    let workspace = try place()
    try workspace.bill("2026-01-10")
    try pay(
      workspace, "S1,T1,P,2026-01-11,60,,,3344,", "S2,T1,P,2026-01-11,15,,,33-44,A",
      "S3,T1,P,2026-01-11,25,,,9,")
    #expect(
      allocated(try workspace.collect("2026-01-12")) == [
        "S1→C1 mgmt 50.00 2026-01-11 order", "S2→C1 rent 15.00 2026-01-11 order",
        "S3→C1 rent 25.00 2026-01-11 order",
      ])
    let credits = records(try workspace.export("credits", "--as-of", "2026-01-12"))
    #expect(credits.map { "\($0["company_no"] ?? "") \($0["left"] ?? "")" } == ["B 10.00"])
  }

  @Test func prepaidMoneyIsCreditSinceTheSystemStarted() throws {
    let workspace = try place()
    try workspace.importing(
      "opening_balance",
      "contract_no,kind,item,due_on,amount\nC1,prepaid,rent,2025-12-01,80\nC1,prepaid,mgmt,2026-02-01,30\n"
    ).expectStored()
    try workspace.bill("2026-01-10")
    let before = records(try workspace.export("credits", "--as-of", "2026-01-10"))
    #expect(before.map { "\($0["since"] ?? "") \($0["company_no"] ?? "")" } == ["2026-01-01 A"])
    #expect(
      allocated(try workspace.collect("2026-01-10")) == ["C1→C1 rent 80.00 2026-01-10 credit"])
    #expect(
      allocated(try workspace.collect("2026-02-10")) == ["C1→C1 mgmt 30.00 2026-02-01 credit"])
    #expect(try workspace.check() == [])
    let lower = try workspace.importing(
      "opening_balance", "contract_no,kind,item,due_on,amount\nC1,prepaid,rent,2025-12-01,70\n")
    #expect(lower.status == 65)
    #expect(lower.err.contains("opening_balance.allocated"))
  }

  @Test func whatFallsIntoAClosedMonthIsBookedInTheNext() throws {
    let workspace = try place()
    try workspace.bill("2026-01-10")
    try TestDatabase.run(
      "INSERT INTO month_event (company_no, month, event, done_on) VALUES ('A', '2026-01', 'close', '2026-02-01')",
      workspace.file("m.db"))
    try pay(workspace, "S1,T1,P,2026-01-20,150,,,,")
    let run = try workspace.collect("2026-02-05")
    #expect(
      records(run.out).map { "\($0["company_no"] ?? "") \($0["booked_on"] ?? "")" } == [
        "B 2026-02-01", "A 2026-02-01",
      ])
    let open = records(try workspace.export("open_items", "--as-of", "2026-01-31"))
    // The money came to company A, which had closed January: nothing of it was there then.
    #expect(open.map { $0["item"] } == ["rent", "mgmt", "rent"])
    #expect(
      records(try workspace.export("open_items", "--as-of", "2026-02-05")).map { $0["tenant_no"] }
        == ["T2"])
  }

  @Test func aStatementHasWhatWasMatchedOrClaimed() throws {
    let workspace = try place()
    try workspace.bill("2026-01-10")
    try pay(workspace, "S1,,P,2026-01-11,30,甲店,,,", "S2,T1,P,2026-01-12,5,,,,")
    func paid() throws -> [String?] {
      let run = try workspace.succeed(
        "boms-bill", "statement", "T1", "--from", "2026-01-01", "--to", "2026-01-31", "--db",
        "m.db", "--format", "csv")
      return records(run.out).filter { $0["kind"] == "payment" }.map { $0["number"] }
    }
    // Nothing is in the books before it is entered.
    #expect(try paid() == [])
    try workspace.collect("2026-01-12")
    #expect(try paid() == ["S1", "S2"])
  }

  @Test func paymentsBelowZeroAreRefused() throws {
    let workspace = try place()
    let run = try workspace.run(
      "boms-import", "payment", "--db", "m.db", "--lang", "en",
      stdin: "payment_no,property_no,paid_on,amount\nS1,P,2026-01-11,-30\n")
    #expect(run.status == 65)
    #expect(run.err.contains("[payment.amount]"))
    #expect(run.err.contains("boms-collect refund"))
  }

  @Test func aDryRunSaysTheSameAndStoresNothing() throws {
    let workspace = try place()
    try workspace.bill("2026-01-10")
    try pay(workspace, "S1,,P,2026-01-11,30,甲店,,,")
    let before = try workspace.dump()
    let dry = try workspace.collect("2026-01-12", "--dry-run")
    let isSame = try workspace.dump() == before
    #expect(isSame)
    #expect(try workspace.collect("2026-01-12").out == dry.out)
  }

  @Test func anAccountOfTwoTenantsTellsNothing() {
    var payers = Payers()
    payers.add(tenant: "T1", name: "甲", account: "12 34")
    payers.add(tenant: "T2", name: "乙", account: "1234")
    payers.add(tenant: "T3", name: "乙", account: nil)
    func found(_ name: String?, _ account: String?) -> String? {
      payers.tenant(of: .init(paymentNo: "S", payerName: name, payerAccount: account))?.tenantNo
    }
    #expect(found("甲", "1234") == "T1")
    #expect(found("乙", "1234") == nil)
    #expect(found("乙", "99") == nil)
    #expect(found(nil, nil) == nil)
  }
}
