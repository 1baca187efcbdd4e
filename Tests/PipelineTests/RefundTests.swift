import TestSupport
import Testing

/// Money that goes back.
struct RefundTests {
  private func place(_ payments: String...) throws -> Workspace {
    let workspace = try Workspace(SmallPlace.billed)
    for payment in payments { try workspace.pay(payment) }
    try workspace.collect("2026-01-20")
    return workspace
  }

  private func refunds(_ workspace: Workspace, _ day: String) throws -> [String] {
    records(try workspace.export("refunds", "--as-of", day)).map {
      "\($0["refund_no"] ?? "") \($0["tenant_no"] ?? "") \($0["company_no"] ?? "") "
        + "\($0["paid_by"] ?? "") \($0["paid_by_no"] ?? "") \($0["amount"] ?? "") "
        + "\($0["booked_on"] ?? "")"
    }
  }

  @Test func theOldestMoneyGoesBackFirst() throws {
    let workspace = try place("S1,T2,2026-01-11,100,A", "S2,T2,2026-01-12,40,A")
    let run = try workspace.collect(
      "refund", "T2", "--amount", "50", "--reason", "多付", on: "2026-01-25")
    #expect(run.status == 0, "\(run)")
    #expect(
      try refunds(workspace, "2026-01-25") == [
        "A-TK-202601-0001 T2 A payment S1 30.00 2026-01-25",
        "A-TK-202601-0001 T2 A payment S2 20.00 2026-01-25",
      ])
    #expect(records(run.out).map { $0["amount"] } == ["30.00", "20.00"])
    #expect(run.err == "refunds 1 · amount 50.00 · left 20.00 · as of 2026-01-25\n")
    #expect(try workspace.left("2026-01-25") == ["S2 2000"])
    #expect(try workspace.left("2026-01-24") == ["S1 3000", "S2 4000"])
    #expect(try workspace.check() == [])
  }

  @Test func noMoreGoesBackThanIsLeftAndTheRefusalSaysHowMuch() throws {
    let workspace = try place("S1,T2,2026-01-11,100,A")
    let refused = try workspace.collect(
      "refund", "T2", "--amount", "30.01", "--reason", "x", on: "2026-01-25")
    #expect(refused.status == 65)
    #expect(refused.err.contains("30.00 is left on 2026-01-25 and ever since, less than 30.01"))
    #expect(refused.err.contains("[refund.exceeds-money]"))
    let all = ["T2", "--amount", "30", "--reason", "x"]
    #expect(
      try workspace.collect("refund", all[0], all[1], all[2], all[3], all[4], on: "2026-01-25")
        .status == 0)
    // The nervous hand.
    #expect(
      try workspace.collect("refund", all[0], all[1], all[2], all[3], all[4], on: "2026-01-25")
        .status == 65)
  }

  @Test func whatCameLaterDoesNotGoBackEarlier() throws {
    let workspace = try place("S1,T2,2026-01-18,100,A")
    let early = try workspace.collect(
      "refund", "T2", "--amount", "10", "--reason", "x", on: "2026-01-17")
    #expect(early.err.contains("0.00 is left on 2026-01-17"))
    // On the day of the payment itself it is there, less what the payment pays.
    #expect(
      try workspace.collect("refund", "T2", "--amount", "30", "--reason", "x", on: "2026-01-18")
        .status == 0)
    try workspace.expectNoBalanceBelowZero()
  }

  @Test func eachCompanyMakesItsOwnTransfer() throws {
    let workspace = try place("S1,T2,2026-01-11,100,A", "S2,T2,2026-01-12,40,B")
    let asked = try workspace.collect(
      "refund", "T2", "--amount", "10", "--reason", "x", on: "2026-01-25")
    #expect(asked.status == 65)
    #expect(asked.err.contains("P A 30.00, P B 40.00 [refund.place]"))
    #expect(
      try workspace.collect(
        "refund", "T2", "--amount", "10", "--company", "B", "--property", "P", "--reason", "x",
        on: "2026-01-25"
      ).status == 0)
    #expect(
      try refunds(workspace, "2026-01-31") == [
        "B-TK-202601-0001 T2 B payment S2 10.00 2026-01-25"
      ])
  }

  @Test func aReferenceIsOneTransferUntilItCameBack() throws {
    let workspace = try place("S1,T2,2026-01-11,100,A")
    func refund() throws -> Workspace.Run {
      try workspace.collect(
        "refund", "T2", "--amount", "10", "--reference", "BK1", "--method", "银行转账", "--reason",
        "x", on: "2026-01-25")
    }
    #expect(records(try refund().out).map { $0["method"] } == ["bank"])
    let again = try refund()
    #expect(again.status == 65)
    #expect(again.err.contains("refund 'A-TK-202601-0001' of company 'A'"))
    #expect(again.err.contains("[refund.reference]"))
    let back = try workspace.collect(
      "void", "A-TK-202601-0001", "--reason", "账号有误", on: "2026-01-27")
    #expect(back.status == 0, "\(back)")
    #expect(
      records(back.out).map { "\($0["paid_by_no"] ?? "") \($0["amount"] ?? "")" } == ["S1 -10.00"])
    #expect(try workspace.left("2026-01-26") == ["S1 2000"])
    #expect(try workspace.left("2026-01-27") == ["S1 3000"])
    let unchanged = try workspace.collect(
      "void", "A-TK-202601-0001", "--reason", "账号有误", on: "2026-01-28")
    #expect(unchanged.status == 0)
    #expect(unchanged.err.hasPrefix("void 0 · unchanged 1"))
    let reversal = try workspace.collect(
      "void", "A-TK-202601-0002", "--reason", "x", on: "2026-01-28")
    #expect(reversal.err.contains("[refund.is-reversal]"))
    #expect(try refund().status == 0)
    #expect(try refunds(workspace, "2026-01-31").count == 3)
    #expect(try workspace.check() == [])
  }

  @Test func whatIsNobodysGoesBackToThePayerAndIsClaimedNoMore() throws {
    let workspace = try place("S1,,2026-01-11,100,A")
    #expect(
      try workspace.collect(
        "refund", "--payment", "S1", "--amount", "60", "--reason", "误汇", on: "2026-01-25"
      ).status == 0)
    func unclaimed(_ day: String) throws -> [String?] {
      records(try workspace.collect("unclaimed", on: day).out).map { $0["left"] }
    }
    #expect(try unclaimed("2026-01-24") == ["100.00"])
    #expect(try unclaimed("2026-01-25") == ["40.00"])
    let claim = try workspace.collect("claim", "S1", "T1", "--reason", "x", on: "2026-01-26")
    #expect(claim.status == 65)
    #expect(claim.err.contains("60.00 went back already [payment_claim.allocated]"))
    // Nor by the night, when somebody of the payer's name appears.
    try workspace.collect("2026-01-26")
    #expect(
      try workspace.collect(
        "refund", "--payment", "S1", "--amount", "40", "--reason", "误汇", on: "2026-01-26"
      ).status == 0)
    #expect(try unclaimed("2026-01-26") == [])
    #expect(
      try refunds(workspace, "2026-01-26").last == "A-TK-202601-0002  A payment S1 40.00 2026-01-26"
    )
    #expect(try workspace.check() == [])
  }

  @Test func aCreditNoteGoesBackAndPrepaidMoneyToo() throws {
    let workspace = try place("S1,T2,2026-01-11,70,A")
    try workspace.importing(
      "opening_balance", "contract_no,kind,item,due_on,amount\nC2,prepaid,rent,2025-12-01,25\n"
    ).expectStored()
    try workspace.importing(
      "charge_term", "contract_no,line,item,method,price\nC2,1,rent,once,10\n", "--restate"
    ).expectStored()
    try workspace.bill("2026-01-20")
    let run = try workspace.collect(
      "refund", "T2", "--amount", "80", "--reason", "退租", on: "2026-01-25")
    #expect(run.status == 0, "\(run)")
    #expect(
      records(run.out).map { "\($0["paid_by"] ?? "") \($0["amount"] ?? "")" } == [
        "prepaid 25.00", "credit_note 55.00",
      ])
    let note = records(run.out)[1]["paid_by_no"] ?? ""
    let rest = try workspace.collect(
      "refund", "--bill", note, "--amount", "5", "--reason", "退租", on: "2026-01-26")
    #expect(rest.status == 0, "\(rest)")
    #expect(try workspace.open("2026-01-26").filter { $0.hasPrefix("C2") } == [])
    try workspace.expectNoBalanceBelowZero()
    #expect(try workspace.check() == [])
  }

  @Test func aTenantThatOwesIsWarnedAbout() throws {
    let workspace = try place("S1,T1,2026-01-11,90,B")
    let run = try workspace.collect(
      "refund", "T1", "--amount", "40", "--reason", "x", on: "2026-01-25")
    #expect(run.status == 0)
    #expect(run.err.contains("tenant 'T1' still has 600.00 to pay on 2 bills in property 'P'"))
  }

  @Test func aRefundOfAClosedMonthIsBookedInTheNextAndNothingOfTheOldOneChanges() throws {
    let workspace = try place("S1,T2,2026-01-11,100,A")
    try TestDatabase.run(
      "INSERT INTO month_event (company_no, month, event, done_on) VALUES ('A', '2026-01', 'close', '2026-02-01')",
      workspace.file("m.db"))
    let before = try workspace.left("2026-01-31")
    #expect(
      try workspace.collect("refund", "T2", "--amount", "30", "--reason", "x", on: "2026-01-25")
        .status == 0)
    #expect(
      try refunds(workspace, "2026-02-28") == [
        "A-TK-202602-0001 T2 A payment S1 30.00 2026-02-01"
      ])
    #expect(try refunds(workspace, "2026-01-31") == [])
    #expect(try workspace.left("2026-01-31") == before)
    #expect(try workspace.check() == [])
  }

  @Test func aDryRunSaysTheSameAndStoresNothing() throws {
    let workspace = try place("S1,T2,2026-01-11,100,A")
    let before = try workspace.dump()
    let arguments = ["T2", "--amount", "30", "--reason", "x"]
    func refund(_ more: String...) throws -> Workspace.Run {
      try workspace.run(
        "boms-collect",
        ["refund"] + arguments + more + ["--db", "m.db", "--as-of", "2026-01-25"])
    }
    let dry = try refund("--dry-run")
    let isSame = try workspace.dump() == before
    #expect(isSame)
    #expect(try refund().out == dry.out)
  }

  private static let refusals: [Int32: [String]] = [
    64: [
      "refund T2 --amount 0", "refund --amount 1", "refund T2 --payment S1 --amount 1",
      "refund --payment S1 --company A --amount 1", "refund T2 --method gold --amount 1",
      "write-off X --amount 1 --reverse", "receipt", "receipt S1 --month 2026-01",
    ],
    65: ["receipt S1"],
    66: [
      "refund T9 --amount 1", "refund --payment S9 --amount 1", "refund --bill X --amount 1",
      "refund T2 --property X --amount 1", "void S9", "write-off X", "receipt S9",
    ],
  ]

  @Test func whatCannotBeIsRefused() throws {
    let workspace = try place("S1,T2,2026-02-11,100,A")
    for (status, lines) in RefundTests.refusals {
      for line in lines {
        let words = line.split(separator: " ").map(String.init)
        let reason = words[0] == "receipt" ? [] : ["--reason", "x"]
        let run = try workspace.run(
          "boms-collect", words + reason + ["--db", "m.db", "--as-of", "2026-01-25"])
        #expect(run.status == status, "\(run)")
        #expect(run.out == "")
      }
    }
  }
}
