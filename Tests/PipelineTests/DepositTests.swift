import Foundation
import Shared
import TestSupport
import Testing

/// Deposits from the demand to the refund, on the built programs; a small place with two companies.
struct DepositTests {
  /// T1 is asked for deposits of 3,000 (C1) and 800 (C1, decoration) by A in January and of 2,000
  /// (C2) in February; owes A 1,000 and B 500 since 2026-01-10. C1 ends on 2026-06-30.
  private static let asked = Result {
    let workspace = try Workspace()
    try workspace.succeed("boms-db", "init", "--db", "m.db")
    for (register, text) in [
      ("company", "company_no,name,credit_code\nA,甲,91330106MACKX4QG41\nB,乙,91330000142942095H\n"),
      (
        "property",
        "property_no,name,company_no,billing_from\nP,广场,A,2026-01-01\nQ,市场,A,2026-01-01\n"
      ),
      ("tenant", "tenant_no,name\nT1,甲店\nT2,乙店\n"),
      (
        "fee_item",
        """
        item,name,kind,tax_rate,priority
        rent,租金,rent,9%,20
        mgmt,物业费,service,6%,10
        deposit,押金,deposit,,5
        deco,装修押金,deposit,,6
        penalty,违约金,penalty,6%,30

        """
      ),
      (
        "contract",
        """
        contract_no,tenant_no,property_no,start_on,end_on
        C1,T1,P,2026-01-01,2026-06-30
        C2,T1,P,2026-02-01,2026-12-31
        C3,T2,P,2026-01-01,2026-12-31
        C4,T1,Q,2026-01-01,2026-12-31

        """
      ),
      (
        "charge_term",
        """
        contract_no,line,item,company_no,method,price,on
        C1,1,rent,,once,1000,2026-01-10
        C1,2,mgmt,B,once,500,2026-01-10
        C1,3,deposit,,once,3000,2026-01-05
        C1,4,deco,,once,800,2026-01-06
        C2,1,deposit,,once,2000,2026-02-01
        C3,1,rent,,once,700,2026-01-10
        C3,2,deposit,,once,900,2026-01-05
        C4,1,deposit,,once,100,2026-01-05

        """
      ),
    ] {
      try workspace.importing(register, text).expectStored()
    }
    return workspace
  }

  private func place() throws -> Workspace { try Workspace(DepositTests.asked) }

  private func pay(_ workspace: Workspace, _ rows: String...) throws {
    try workspace.importing(
      "payment",
      "payment_no,tenant_no,property_no,paid_on,amount\n" + rows.map { $0 + "\n" }.joined()
    ).expectStored()
  }

  @discardableResult
  private func deposit(
    _ workspace: Workspace, _ line: String, asOf: String, _ options: String...
  ) throws -> Workspace.Run {
    let words = line.split(separator: " ").map(String.init)
    let reason = words.first == "list" ? [] : ["--reason", "约定"]
    return try workspace.run(
      "boms-collect",
      ["deposit"] + words + reason + ["--db", "m.db", "--as-of", asOf, "--lang", "en"] + options)
  }

  private func paid(_ run: Workspace.Run) -> [String] {
    records(run.out).map {
      "\($0["paid_by"] ?? "") \($0["paid_by_no"] ?? "")→\($0["bill_no"] ?? "") "
        + "\($0["item"] ?? "") \($0["amount"] ?? "") \($0["booked_on"] ?? "")"
    }
  }

  /// The view: what is not zero, by contract and item.
  private func view(_ workspace: Workspace, _ day: String) throws -> [String: [String: Int64]] {
    let columns = [
      "demanded", "opening", "collected", "transferred_in", "transferred_out", "deducted",
      "refunded", "held", "owed_back", "open",
    ]
    var found: [String: [String: Int64]] = [:]
    for row in records(try workspace.export("deposits", "--as-of", day)) {
      var amounts: [String: Int64] = [:]
      for column in columns {
        let amount = fen(row[column] ?? "") / 100
        if amount != 0 { amounts[column] = amount }
      }
      found["\(row["contract_no"] ?? "") \(row["item"] ?? "")"] = amounts
    }
    return found
  }

  /// With 3,800 of deposits collected for C1 and nothing else paid.
  private static let paidIn = Result {
    let (tests, workspace) = (DepositTests(), try Workspace(asked))
    try workspace.bill("2026-01-10")
    try tests.pay(workspace, "S1,T1,P,2026-01-12,3800")
    #expect(try tests.deposit(workspace, "collect C1", asOf: "2026-01-12").status == 0)
    return workspace
  }

  private func collected() throws -> Workspace { try Workspace(DepositTests.paidIn) }

  // MARK: Taking back

  @Test func whatADepositPaidByMistakeIsTakenBackAndThePaymentMayBounce() throws {
    let workspace = try collected()
    let bill = try TestDatabase.texts(
      "SELECT bill_no FROM charge WHERE contract_no = 'C1' AND item = 'rent'",
      workspace.file("m.db"))[0]
    #expect(
      try deposit(workspace, "deduct C1 --bill \(bill) --reason a", asOf: "2026-01-13").status == 0)
    func void() throws -> Workspace.Run {
      try workspace.run(
        "boms-collect", "void", "S1", "--db", "m.db", "--as-of", "2026-01-15", "--reason", "退票",
        "--lang", "en")
    }
    #expect(try void().err.contains("[allocation.deposit-used]"))
    let back = try deposit(
      workspace, "take-back C1 --bill \(bill) --reason 误操作", asOf: "2026-01-14")
    #expect(paid(back) == ["deposit A-202601-000001→\(bill) rent -1000.00 2026-01-14"], "\(back)")
    #expect(back.err.contains("taken back 1,000.00 · held 3,800.00"), "\(back)")
    let again = try deposit(
      workspace, "take-back C1 --bill \(bill) --reason 误操作", asOf: "2026-01-14")
    #expect(again.status == 65 && again.err.contains("[deposit.not-used]"))
    #expect(try void().status == 0)
    #expect(try workspace.check() == [])
  }

  // MARK: Collecting

  @Test func moneyOnAccountIsCollectedOldestFirstOrOfOnePayment() throws {
    let workspace = try place()
    try workspace.bill("2026-01-10")
    try pay(workspace, "S1,T1,P,2026-01-03,2500", "S2,T1,P,2026-01-04,1000")
    let named = try deposit(workspace, "collect C1 --payment S2", asOf: "2026-01-10")
    #expect(
      paid(named) == ["payment S2→A-202601-000001 deposit 1000.00 2026-01-10"], "\(named)")
    let rest = try deposit(workspace, "collect C1 --amount 2100", asOf: "2026-01-11")
    #expect(
      paid(rest) == [
        "payment S1→A-202601-000001 deposit 2000.00 2026-01-11",
        "payment S1→A-202601-000004 deco 100.00 2026-01-11",
      ], "\(rest)")
    #expect(rest.err.contains("collected 2,100.00 · held 3,100.00"))
    // What is left the night uses by its own order.
    #expect(try workspace.collect("2026-01-11").lines.count > 1)
    #expect(try workspace.check() == [])
  }

  @Test func onlyTheTenantsOwnPaymentsAreEnteredByIt() throws {
    let workspace = try place()
    try workspace.bill("2026-01-10")
    try workspace.importing(
      "payment",
      "payment_no,tenant_no,property_no,paid_on,amount,payer_name\nS1,T1,P,2026-01-03,10,\nS2,,P,2026-01-03,10,甲店\n"
    ).expectStored()
    try deposit(workspace, "collect C1", asOf: "2026-01-10")
    let entered = try TestDatabase.texts(
      "SELECT payment_no FROM payment_entry", workspace.file("m.db"))
    #expect(entered == ["S1"])
    let unclaimed = try deposit(workspace, "collect C1 --payment S2", asOf: "2026-01-10")
    #expect(unclaimed.err.contains("[deposit.unclaimed]"))
  }

  // MARK: Using

  @Test func aDepositPaysBillsOldestFirstAndSaysSo() throws {
    let workspace = try collected()
    let run = try deposit(
      workspace, "deduct C1 --bill A-202601-000005 --amount 900", asOf: "2026-02-03")
    #expect(paid(run) == ["deposit A-202601-000001→A-202601-000005 rent 900.00 2026-02-03"])
    #expect(records(run.out).first?["explain"] == "as decided of the deposit, 100.00 still open")
    #expect(
      try view(workspace, "2026-02-03")["C1 deposit"]
        == ["demanded": 3000, "collected": 3000, "deducted": 900, "held": 2100])
    // As of the day before nothing has happened.
    #expect(
      try view(workspace, "2026-02-02")["C1 deposit"]
        == ["demanded": 3000, "collected": 3000, "held": 3000])
    let deco = try deposit(
      workspace, "deduct C1 --bill A-202601-000005 --item deco", asOf: "2026-02-04")
    #expect(paid(deco) == ["deposit A-202601-000004→A-202601-000005 rent 100.00 2026-02-04"])
    let list = try deposit(workspace, "list C1", asOf: "2026-02-04")
    #expect(
      records(list.out).map {
        "\($0["item"] ?? "") \($0["kind"] ?? "") \($0["document_no"] ?? "") \($0["amount"] ?? "") "
          + "\($0["balance"] ?? "") \($0["reason"] ?? "")"
      } == [
        "deco collect S1 800.00 800.00 约定", "deco deduct A-202601-000005 -100.00 700.00 约定",
        "deposit collect S1 3000.00 3000.00 约定",
        "deposit deduct A-202601-000005 -900.00 2100.00 约定",
      ])
    #expect(try workspace.check() == [])
  }

  @Test func whatIsHeldFromBeforeTheSystemIsTheOldest() throws {
    let workspace = try place()
    try workspace.importing(
      "opening_balance",
      "contract_no,kind,item,due_on,amount\nC1,deposit,deposit,2025-12-01,300\n"
    ).expectStored()
    try workspace.bill("2026-01-10")
    try pay(workspace, "S1,T1,P,2026-01-12,3000")
    try deposit(workspace, "collect C1", asOf: "2026-01-12")
    let run = try deposit(workspace, "deduct C1 --bill A-202601-000005", asOf: "2026-01-12")
    #expect(
      paid(run) == [
        "deposit C1→A-202601-000005 rent 300.00 2026-01-12",
        "deposit A-202601-000001→A-202601-000005 rent 700.00 2026-01-12",
      ])
    #expect(try view(workspace, "2026-01-12")["C1 deposit"]?["held"] == 2300)
    #expect(try workspace.check() == [])
  }

  /// Line, day, rule.
  static let refusals = [
    ("collect C4", "2026-01-12", "deposit.no-money"),
    ("collect C2", "2026-01-12", "deposit.nothing-open"),
    ("collect C1", "2026-01-12", "deposit.nothing-open"),
    ("collect C3 --payment S1", "2026-01-12", "deposit.other-account"),
    ("deduct C1 --bill B-202601-000001", "2026-01-12", "deposit.other-account"),
    ("deduct C1 --bill A-202601-000006", "2026-01-12", "deposit.other-account"),
    ("deduct C1 --bill A-202601-000001", "2026-01-12", "deposit.nothing-open"),
    ("deduct C1 --bill A-202601-000005 --amount 1001", "2026-01-12", "deposit.exceeds"),
    ("deduct C1 --bill A-202601-000005 --amount 3801", "2026-01-12", "deposit.exceeds"),
    ("deduct C1 --bill A-202601-000005", "2026-01-11", "deposit.nothing-held"),
    ("deduct C3 --bill A-202601-000006", "2026-01-12", "deposit.nothing-held"),
    ("transfer C1 C2", "2026-01-12", "deposit.nothing-open"),
    ("transfer C1 C3", "2026-01-12", "deposit.other-account"),
    ("transfer C1 C4", "2026-01-12", "deposit.other-account"),
    ("transfer C1 C1", "2026-01-12", "deposit.other-account"),
    ("transfer C3 C1", "2026-01-12", "deposit.other-account"),
    ("forfeit C1 --penalty rent", "2026-01-12", "deposit.penalty-item"),
    ("forfeit C1 --amount 3801", "2026-01-12", "deposit.exceeds"),
    ("forfeit C3", "2026-01-12", "deposit.nothing-held"),
    ("refund C1", "2026-07-01", "deposit.bills-open"),
    ("refund C1 --early", "2026-01-12", "deposit.bills-open"),
    ("refund C1 --amount 3801", "2026-01-12", "deposit.exceeds"),
    ("refund C3", "2026-01-12", "deposit.nothing-held"),
  ]

  @Test(arguments: refusals)
  func whatMakesNoSenseIsRefusedAndChangesNothing(
    _ line: String, _ asOf: String, _ rule: String
  ) throws {
    let workspace = try collected()
    let before = try workspace.dump()
    let run = try deposit(workspace, line, asOf: asOf)
    #expect(run.status == 65)
    #expect(run.err.contains("[\(rule)]"), "\(run.err)")
    #expect(run.out == "")
    let isUntouched = try workspace.dump() == before
    #expect(isUntouched)
  }

  @Test func unknownNumbersAreMissingInputs() throws {
    let workspace = try collected()
    for line in [
      "list C9", "collect C9", "collect C1 --payment S9", "deduct C1 --bill X", "refund C9",
      "deduct C1 --bill A-202601-000005 --item rent", "transfer C1 C9", "forfeit C9",
    ] {
      let run = try deposit(workspace, line, asOf: "2026-01-12")
      #expect(run.status == 66, "\(line): \(run)")
    }
  }

  @Test(arguments: [
    "deduct C1 --bill A-202601-000005", "transfer C1 C2 --amount 500", "forfeit C1 --amount 700",
    "refund C1 --item deco --early",
  ])
  func aDryRunSaysTheSameAndStoresNothing(_ line: String) throws {
    let workspace = try collected()
    try workspace.bill("2026-02-01")
    if line.hasPrefix("refund") {
      try pay(workspace, "S2,T1,P,2026-02-01,3500")
      try workspace.collect("2026-02-01")
    }
    let before = try workspace.dump()
    let dry = try deposit(workspace, line, asOf: "2026-02-01", "--dry-run")
    #expect(dry.status == 0, "\(dry)")
    let isSame = try workspace.dump() == before
    #expect(isSame)
    #expect(try deposit(workspace, line, asOf: "2026-02-01").out == dry.out)
    #expect(try workspace.check() == [])
  }

  // MARK: Moving

  @Test func aDepositMovesUpToWhatTheOtherContractAsksFor() throws {
    let workspace = try collected()
    try workspace.bill("2026-02-01")
    let run = try deposit(workspace, "transfer C1 C2 --item deposit", asOf: "2026-02-02")
    #expect(paid(run) == ["deposit A-202601-000001→A-202602-000001 deposit 2000.00 2026-02-02"])
    let found = try view(workspace, "2026-02-02")
    #expect(
      found["C1 deposit"]
        == ["demanded": 3000, "collected": 3000, "transferred_out": 2000, "held": 1000])
    #expect(found["C2 deposit"] == ["demanded": 2000, "transferred_in": 2000, "held": 2000])
    // It can be used again from there.
    let on = try deposit(workspace, "deduct C2 --bill A-202601-000005", asOf: "2026-02-03")
    #expect(paid(on) == ["deposit A-202602-000001→A-202601-000005 rent 1000.00 2026-02-03"])
    #expect(try workspace.check() == [])
  }

  @Test func aRenewedContractKeepsItsDepositAndAsksForTheDifference() throws {
    let workspace = try collected()
    try deposit(workspace, "deduct C1 --bill A-202601-000005", asOf: "2026-02-03")
    let renewed = try workspace.succeed(
      "boms-bill", "renew", "C1", "--end", "2027-06-30", "--no", "C1-2", "--deposit", "4000",
      "--db",
      "m.db", "--as-of", "2026-06-01", "--lang", "en")
    // 3,800 were charged and 1,000 of it are used.
    #expect(renewed.err.contains("deposits charged so far 2,800.00"))
    try workspace.bill("2026-07-01")
    let found = try view(workspace, "2026-07-01")
    #expect(found["C1-2 deposit"] == ["demanded": 1200, "open": 1200])
    let refused = try deposit(workspace, "transfer C1 C1-2", asOf: "2026-07-01")
    #expect(refused.err.contains("[deposit.chain]"))
    let refund = try deposit(workspace, "refund C1", asOf: "2026-07-01")
    #expect(refund.err.contains("goes on as 'C1-2'"))
    #expect(refund.err.contains("[deposit.not-ended]"))
    let list = try deposit(workspace, "list C1-2", asOf: "2026-07-01")
    #expect(Set(records(list.out).map { $0["contract_no"] }) == ["C1"])
    #expect(list.err.contains("held 2,800.00"))
    let moved = try deposit(workspace, "transfer C1 C1-2 --whole-demand", asOf: "2026-07-01")
    #expect(moved.err.contains("moved 1,200.00"))
    #expect(try workspace.check() == [])
  }

  // MARK: Forfeiting

  @Test func aForfeitedDepositIsAPenaltyThatTheContractWants() throws {
    let workspace = try collected()
    try workspace.succeed(
      "boms-bill", "terminate", "C1", "--on", "2026-03-31", "--db", "m.db", "--as-of", "2026-03-31")
    try workspace.bill("2026-04-10")
    let run = try deposit(workspace, "forfeit C1 --amount 3200", asOf: "2026-04-10")
    #expect(
      paid(run) == [
        "deposit A-202601-000001→A-202604-000001 penalty 3000.00 2026-04-10",
        "deposit A-202601-000004→A-202604-000001 penalty 200.00 2026-04-10",
      ], "\(run)")
    let charge = try #require(
      records(try workspace.export("charges", "--where", "item=penalty")).first)
    #expect(
      [charge["kind"], charge["net"], charge["tax"], charge["amount"], charge["due_on"]]
        == ["once", "3018.87", "181.13", "3200.00", "2026-04-10"])
    // The law wants it: nothing is taken back, whatever the night looks at.
    #expect(try workspace.bill("2026-04-10", "--all").lines.count == 1)
    #expect(try workspace.bill("2026-05-01").lines.count == 1)
    #expect(try workspace.check() == [])
    let again = try deposit(workspace, "forfeit C1", asOf: "2026-04-10")
    #expect(again.err.contains("forfeited 600.00 · held 0.00"))
    let third = try deposit(workspace, "forfeit C1", asOf: "2026-04-10")
    #expect(third.status == 65)
    #expect(third.err.contains("[deposit.nothing-held]"))
    #expect(try workspace.bill("2026-04-10", "--all").lines.count == 1)
    #expect(try workspace.check() == [])
  }

  @Test func aContractThatIsNotSignedIsNotPenalized() throws {
    let workspace = try collected()
    try workspace.importing(
      "contract",
      "contract_no,tenant_no,property_no,start_on,end_on,status\nC1,T1,P,2026-01-01,2026-06-30,archived\n"
    ).expectStored()
    let run = try deposit(workspace, "forfeit C1", asOf: "2026-07-10")
    #expect(run.err.contains("[deposit.not-signed]"), "\(run)")
  }

  // MARK: Giving back

  @Test func aDepositGoesBackWhenTheBillsArePaidAndTheContractHasEnded() throws {
    let workspace = try collected()
    let refused = try deposit(workspace, "refund C1", asOf: "2026-07-01")
    #expect(refused.err.contains("owes 1,000.00 on A-202601-000005"))
    try deposit(workspace, "deduct C1 --bill A-202601-000005", asOf: "2026-06-30")
    let early = try deposit(workspace, "refund C1", asOf: "2026-06-30")
    #expect(early.err.contains("[deposit.not-ended]"))
    let run = try deposit(
      workspace, "refund C1", asOf: "2026-07-01", "--method", "银行转账", "--reference", "77")
    #expect(
      records(run.out).map {
        "\($0["refund_no"] ?? "") \($0["item"] ?? "") \($0["kind"] ?? "") "
          + "\($0["document_no"] ?? "") \($0["amount"] ?? "") \($0["booked_on"] ?? "")"
      } == [
        "A-TK-202607-0001 deposit deposit A-202601-000001 2000.00 2026-07-01",
        "A-TK-202607-0001 deco deposit A-202601-000004 800.00 2026-07-01",
      ], "\(run)")
    // The other company's bill does not hold it back, but is named.
    #expect(run.err.contains("owes other companies 500.00 on B-202601-000001"))
    #expect(run.err.contains("refunded 2,800.00 · held 0.00"))
    let stored = try TestDatabase.texts(
      "SELECT refund_no || ' ' || method || ' ' || reference || ' ' || amount_fen FROM refund",
      workspace.file("m.db"))
    #expect(stored == ["A-TK-202607-0001 bank 77 280000"])
    #expect(try deposit(workspace, "refund C1", asOf: "2026-07-01").status == 65)
    #expect(
      try view(workspace, "2026-07-01")["C1 deposit"]
        == ["demanded": 3000, "collected": 3000, "deducted": 1000, "refunded": 2000])
    #expect(try workspace.check() == [])
  }

  @Test func whatADemandIsLoweredByIsOwedBackAndGoesBackFirst() throws {
    let workspace = try collected()
    try workspace.importing(
      "charge_term",
      "contract_no,line,item,method,price,on\nC1,3,deposit,once,2400,2026-01-05\n", "--restate"
    ).expectStored()
    try workspace.bill("2026-02-01", "--contract", "C1")
    try deposit(workspace, "deduct C1 --bill A-202601-000005", asOf: "2026-02-01")
    #expect(
      try view(workspace, "2026-02-01")["C1 deposit"]
        == ["demanded": 2400, "collected": 3000, "deducted": 1000, "held": 2000, "owed_back": 600])
    // C2's demand, once it is billed, is what the night uses it for first.
    try workspace.bill("2026-02-02")
    let waits = try deposit(workspace, "refund C1", asOf: "2026-02-02")
    #expect(waits.err.contains("[deposit.not-set-off]"), "\(waits)")
    let before = try deposit(workspace, "refund C1", asOf: "2026-01-31")
    #expect(before.status == 65)
    try workspace.collect("2026-02-02")
    let found = try view(workspace, "2026-02-02")
    #expect(found["C1 deposit"]?["transferred_out"] == 600)
    #expect(
      found["C2 deposit"]
        == ["demanded": 2000, "transferred_in": 600, "held": 600, "open": 1400])
    #expect(try workspace.check() == [])
  }

  @Test func whatIsOwedBackNeedsNoEndOfTheContract() throws {
    let workspace = try collected()
    try deposit(workspace, "deduct C1 --bill A-202601-000005", asOf: "2026-01-15")
    try workspace.importing(
      "charge_term",
      "contract_no,line,item,method,price,on\nC1,3,deposit,once,1400,2026-01-05\n", "--restate"
    ).expectStored()
    try workspace.bill("2026-01-20")
    let run = try deposit(workspace, "refund C1", asOf: "2026-01-20")
    #expect(records(run.out).map { $0["kind"] } == ["credit_note"], "\(run)")
    #expect(records(run.out).map { $0["amount"] } == ["1600.00"])
    #expect(
      try view(workspace, "2026-01-20")["C1 deposit"] == [
        "demanded": 1400, "collected": 3000, "deducted": 1000, "refunded": 1600, "held": 400,
      ])
    #expect(try workspace.check() == [])
  }

  // MARK: Months, voids

  @Test func whatFallsIntoAClosedMonthIsBookedInTheNext() throws {
    let workspace = try collected()
    try workspace.bill("2026-02-01")
    try TestDatabase.run(
      "INSERT INTO month_event (company_no, month, event, done_on) VALUES ('A', '2026-02', 'close', '2026-03-01')",
      workspace.file("m.db"))
    let before = try view(workspace, "2026-02-28")
    for line in [
      "deduct C1 --bill A-202601-000005", "transfer C1 C2 --amount 100", "forfeit C1 --amount 50",
    ] {
      let run = try deposit(workspace, line, asOf: "2026-02-10")
      #expect(Set(records(run.out).map { $0["booked_on"] }) == ["2026-03-01"], "\(run)")
      #expect(Set(records(run.out).map { $0["effective_on"] }) == ["2026-02-10"])
    }
    let refund = try deposit(workspace, "refund C1 --early", asOf: "2026-02-10")
    #expect(Set(records(refund.out).map { $0["refund_no"] }) == ["A-TK-202603-0001"], "\(refund)")
    #expect(try view(workspace, "2026-02-28") == before)
    #expect(try workspace.check() == [])
  }

  @Test func aUsedDepositIsNotTakenBack() throws {
    let workspace = try collected()
    try deposit(workspace, "deduct C1 --bill A-202601-000005 --amount 300", asOf: "2026-01-15")
    let void = try workspace.run(
      "boms-bill", "void", "A-202601-000001", "--reason", "误", "--db", "m.db", "--as-of",
      "2026-01-20", "--lang", "en")
    #expect(void.status == 65)
    #expect(void.err.contains("300.00 of the deposit on bill 'A-202601-000001' is deducted"))
    #expect(void.err.contains("[charge.deposit-used]"))
    // Nor is it asked for less than what is used of it.
    try workspace.importing(
      "charge_term",
      "contract_no,line,item,method,price,on\nC1,3,deposit,once,200,2026-01-05\n", "--restate"
    ).expectStored()
    let run = try workspace.run(
      "boms-bill", "run", "--db", "m.db", "--as-of", "2026-01-20", "--lang", "en")
    #expect(run.status == 1)
    #expect(run.err.contains("the deposit is used or given back already"), "\(run.err)")
  }

  /// What used a deposit may be taken back; what is decided afterwards for a day before that must not
  /// use it a second time in between.
  @Test func whatIsFreeAgainIsNotUsedBeforeThatDay() throws {
    let workspace = try collected()
    try deposit(workspace, "deduct C1 --bill A-202601-000005 --amount 900", asOf: "2026-01-15")
    try deposit(workspace, "forfeit C1", asOf: "2026-01-15")
    try TestDatabase.run(
      """
      INSERT INTO allocation (deposit_id, charge_id, amount_fen, effective_on, booked_on, step,
        reverses)
      SELECT deposit_id, charge_id, -amount_fen, effective_on, '2026-02-10', step, id
      FROM allocation WHERE deposit_id IS NOT NULL ORDER BY id LIMIT 1
      """, workspace.file("m.db"))
    #expect(try view(workspace, "2026-02-09")["C1 deposit"]?["held"] == nil)
    #expect(try view(workspace, "2026-02-10")["C1 deposit"]?["held"] == 900)
    let run = try deposit(workspace, "deduct C1 --bill A-202601-000005", asOf: "2026-01-20")
    #expect(records(run.out).map { $0["effective_on"] } == ["2026-01-20"])
    #expect(records(run.out).map { $0["booked_on"] } == ["2026-02-10"])
    #expect(try workspace.check() == [])
  }

  // MARK: Chance

  /// What the commands said that they did, by contract and item: day in the books, and amount.
  private struct Told {
    var movements: [String: [(day: String, amount: Int64)]] = [:]
    /// How often each word went through.
    var done: [String: Int] = [:]

    /// - Parameter demands: contract and item by the bill of a demand or its credit note.
    mutating func note(_ run: Workspace.Run, _ demands: [String: String]) {
      for row in records(run.out) {
        let (amount, day) = (fen(row["amount"] ?? ""), row["booked_on"] ?? "")
        func add(_ place: String, _ amount: Int64) {
          movements[place, default: []].append((day, amount))
        }
        if row["refund_no"] != nil {
          add("\(row["contract_no"] ?? "") \(row["item"] ?? "")", -amount)
          continue
        }
        if let from = demands[row["paid_by_no"] ?? ""] { add(from, -amount) }
        let item = row["item"] ?? ""
        if ["deposit", "deco"].contains(item) {
          add("\(row["contract_no"] ?? "") \(item)", amount)
        }
      }
    }

    func held(_ place: String, on day: String) -> Int64 {
      (movements[place] ?? []).filter { $0.day <= day }.reduce(0) { $0 + $1.amount }
    }
  }

  @Test(arguments: Repository.testsAll ? Array(1...12) : [1] as [UInt64])
  func whatIsCollectedIsHeldUsedOrGivenBackOnAnyDay(_ seed: UInt64) throws {
    var random = Seeded(seed)
    func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    func one<Element>(_ choices: [Element]) -> Element { choices[number(0...choices.count - 1)] }
    let workspace = try place()
    var today: CivilDate = "2026-01-10"
    var told = Told()
    var isRestated = false

    func decide(_ line: String) throws {
      // Some are decided for a day that has passed.
      let run = try deposit(workspace, line, asOf: "\(today.adding(days: -one([0, 0, 0, 5])))")
      #expect([0, 65].contains(run.status), "\(line): \(run)")
      guard run.status == 0 else { return }
      told.done[String(line.prefix { $0 != " " }), default: 0] += 1
      told.note(run, try demands())
    }
    func demands() throws -> [String: String] {
      var demands: [String: String] = [:]
      for row in records(try workspace.export("charges"))
      where ["deposit", "deco"].contains(row["item"]) {
        demands[row["bill_no"] ?? ""] = "\(row["contract_no"] ?? "") \(row["item"] ?? "")"
      }
      return demands
    }

    for step in 1...(Repository.testsAll ? 60 : 20) {
      today = today.adding(days: number(0...5))
      // A demand that is lowered below what is used of it leaves its contract out.
      let billed = try workspace.run("boms-bill", "run", "--db", "m.db", "--as-of", "\(today)")
      #expect([0, 1].contains(billed.status))
      let contract = one(["C1", "C1", "C2", "C3"])
      let amount = one(["", "", " --amount \(number(1...900))"])
      switch number(0...10) {
      case 0, 1, 2:
        let paidOn = today.adding(days: -number(0...9))
        try pay(
          workspace, "S\(step),\(contract == "C3" ? "T2" : "T1"),P,\(paidOn),\(number(300...3000))")
        try decide("collect \(contract)\(amount)")
      case 3: told.note(try workspace.collect("\(today)"), try demands())
      case 4, 5:
        let bills = records(try workspace.export("bills")).filter {
          $0["contract_no"] == contract && $0["company_no"] == "A"
        }
        if bills.isEmpty { continue }
        let list = bills.compactMap { $0["bill_no"] }.joined(separator: ",")
        try decide("deduct \(contract) --bill \(list)\(amount)")
      case 6: try decide("transfer \(one(["C1 C2", "C2 C1"]))\(amount)")
      case 7: try decide("forfeit \(contract) --amount \(number(1...300))")
      case 8, 9: try decide("refund \(contract) --early --amount \(number(1...300))")
      default:
        if number(0...2) > 0 { continue }
        isRestated = true
        try workspace.importing(
          "charge_term",
          "contract_no,line,item,method,price,on\nC1,3,deposit,once,\(number(20...40))00,2026-01-05\n",
          "--restate"
        ).expectStored()
      }
    }
    #expect(told.done.values.reduce(0, +) >= 3, "\(told.done)")
    #expect(try workspace.check() == [])
    for offset in 0...150 where offset % 10 == 0 || offset < 5 {
      let day = "\(today.adding(days: -offset))"
      for row in records(try workspace.export("deposits", "--as-of", day)) {
        func amount(_ column: String) -> Int64 { fen(row[column] ?? "") }
        let came = amount("opening") + amount("collected") + amount("transferred_in")
        let went = amount("transferred_out") + amount("deducted") + amount("refunded")
        #expect(came == amount("held") + went, "\(day) \(row)")
        let place = "\(row["contract_no"] ?? "") \(row["item"] ?? "")"
        #expect(amount("held") == told.held(place, on: day), "\(day) \(row)")
        #expect(amount("held") >= 0)
        if isRestated { continue }
        #expect(
          amount("demanded") == amount("collected") + amount("transferred_in") + amount("open"),
          "\(day) \(row)")
      }
    }
  }
}
