import TestSupport
import Testing

/// Payments that never were.
struct PaymentVoidTests {
  private func place(_ payments: String...) throws -> Workspace {
    let workspace = try Workspace(SmallPlace.billed)
    for payment in payments { try workspace.pay(payment) }
    try workspace.collect("2026-01-20")
    return workspace
  }

  private func void(_ workspace: Workspace, _ number: String, _ day: String) throws
    -> Workspace.Run
  {
    try workspace.collect("void", number, "--reason", "退票", on: day)
  }

  private func close(_ workspace: Workspace, _ company: String, _ month: String) throws {
    try TestDatabase.run(
      """
      INSERT INTO month_event (company_no, month, event, done_on)
      VALUES ('\(company)', '\(month)', 'close', '\(month)-28')
      """, workspace.file("m.db"))
  }

  @Test func whatItPaidIsOpenAgainFromTheDayOfTheVoidInTheBooks() throws {
    let workspace = try place("S1,T1,2026-01-15,130,")
    #expect(
      try workspace.open("2026-01-25") == ["C1 rent 2000", "C1 deposit 50000", "C2 rent 7000"])
    let run = try void(workspace, "S1", "2026-01-25")
    #expect(run.status == 0, "\(run)")
    #expect(
      records(run.out).map {
        "\($0["item"] ?? "") \($0["amount"] ?? "") \($0["effective_on"] ?? "") "
          + "\($0["booked_on"] ?? "")"
      } == ["mgmt -50.00 2026-01-15 2026-01-25", "rent -80.00 2026-01-15 2026-01-25"])
    #expect(
      run.err
        == "void 1 · unchanged 0 · rows taken back 2 · amount 130.00 · "
        + "receipt A-SJ-202601-0001 is void · as of 2026-01-25\n")
    #expect(try workspace.open("2026-01-24").contains("C1 rent 2000"))
    #expect(
      Set(try workspace.open("2026-01-25")) == [
        "C1 rent 10000", "C1 mgmt 5000", "C1 deposit 50000", "C2 rent 7000",
      ])
    #expect(try workspace.left("2026-01-25") == [])
    #expect(try workspace.check() == [])
  }

  @Test func aSecondVoidChangesNothing() throws {
    let workspace = try place("S1,T1,2026-01-15,130,")
    _ = try void(workspace, "S1", "2026-01-25")
    let before = try workspace.dump()
    let again = try void(workspace, "S1", "2026-01-26")
    #expect(again.status == 0)
    #expect(again.err.hasPrefix("void 0 · unchanged 1"))
    try workspace.collect("2026-01-26")
    let isSame = try workspace.dump() == before
    #expect(isSame)
    let claim = try workspace.collect("claim", "S1", "T2", "--reason", "x", on: "2026-01-26")
    #expect(claim.status == 65)
    #expect(claim.err.contains("[payment_claim.void]"))
  }

  @Test func aClosedMonthOfEitherCompanyStaysAsItWas() throws {
    // Company A got the money; part of it paid company B.
    for closed in ["A", "B"] {
      let workspace = try place("S1,T1,2026-01-15,130,")
      try close(workspace, closed, "2026-01")
      let (open, left) = (try workspace.open("2026-01-31"), try workspace.left("2026-01-31"))
      let run = try void(workspace, "S1", "2026-01-25")
      #expect(Set(records(run.out).map { $0["booked_on"] }) == ["2026-02-01"])
      #expect(try workspace.open("2026-01-31") == open)
      #expect(try workspace.left("2026-01-31") == left)
      #expect(try workspace.left("2026-02-01") == [])
      #expect(try workspace.check() == [])
    }
  }

  @Test func otherMoneyThenPaysFromTheDayOfTheVoidButAsOfItsOwnDayForLateFees() throws {
    let workspace = try place("S1,T2,2026-01-11,70,A", "S2,T2,2026-01-12,70,A")
    _ = try void(workspace, "S1", "2026-01-25")
    let run = try workspace.collect("2026-01-26")
    #expect(
      records(run.out).map {
        "\($0["paid_by_no"] ?? "") \($0["amount"] ?? "") \($0["effective_on"] ?? "") "
          + "\($0["booked_on"] ?? "")"
      } == ["S2 70.00 2026-01-12 2026-01-25"])
    try workspace.expectNoBalanceBelowZero()
    #expect(try workspace.check() == [])
  }

  @Test func lateFeesAreThoseOfAPaymentThatNeverCame() throws {
    func fees(_ voids: Bool, closing: Bool = false) throws -> [String] {
      let workspace = try Workspace(SmallPlace.billed)
      try workspace.importing(
        "late_fee_rule",
        "property_no,item,from_on,rate_permille,grace_days,grace_mode\nP,*,2026-01-01,10,0,skip\n"
      ).expectStored()
      if voids {
        try workspace.pay("S1,T2,2026-01-15,70,A")
        try workspace.collect("2026-01-20")
        try workspace.bill("2026-01-31")
        if closing { try close(workspace, "A", "2026-01") }
        #expect(try void(workspace, "S1", "2026-02-03").status == 0)
        try workspace.collect("2026-02-10")
      }
      try workspace.bill("2026-02-28")
      #expect(try workspace.check() == [])
      return try TestDatabase.texts(
        """
        SELECT contract_no || ' ' || sum(amount_fen) FROM charge
        WHERE source GLOB 'C[0-9]*' GROUP BY contract_no ORDER BY 1
        """, workspace.file("m.db"))
    }
    let without = try fees(false)
    // 49 days of 70.00 at a hundredth.
    #expect(without.last == "C2 3430")
    #expect(try fees(true) == without)
    #expect(try fees(true, closing: true) == without)
  }

  @Test func aPaymentOfWhichSomethingWentBackIsVoidOnlyAfterItsRefund() throws {
    let workspace = try place("S1,T2,2026-01-11,100,A")
    _ = try workspace.collect("refund", "T2", "--amount", "30", "--reason", "x", on: "2026-01-22")
    let refused = try void(workspace, "S1", "2026-01-25")
    #expect(refused.status == 65)
    #expect(
      refused.err.contains(
        "of payment 'S1' 30.00 went back by refund 'A-TK-202601-0001' [payment_void.in-use]"))
    #expect(refused.err.contains("boms-collect void A-TK-202601-0001"))
    #expect(try void(workspace, "A-TK-202601-0001", "2026-01-25").status == 0)
    #expect(try void(workspace, "S1", "2026-01-25").status == 0)
    try workspace.expectNoBalanceBelowZero()
    #expect(try workspace.check() == [])
  }

  @Test func aDepositThatIsUsedKeepsThePaymentThatPaidIt() throws {
    let workspace = try place("S1,T1,2026-01-15,650,")
    try TestDatabase.run(
      """
      INSERT INTO refund (refund_no, company_no, month, serial, property_no, tenant_no, refunded_on,
        booked_on, amount_fen, reason)
      VALUES ('A-TK-202601-0001', 'A', '2026-01', 1, 'P', 'T1', '2026-01-21', '2026-01-21', 100, 'x');
      INSERT INTO refund_line (refund_id, deposit_id, amount_fen)
      SELECT 1, id, 100 FROM charge WHERE item = 'deposit'
      """, workspace.file("m.db"))
    let before = try workspace.dump()
    let refused = try void(workspace, "S1", "2026-01-25")
    #expect(refused.status == 65)
    #expect(refused.err.contains("payment 'S1' paid the deposit of contract 'C1'"))
    #expect(refused.err.contains("[allocation.deposit-used]"))
    let isSame = try workspace.dump() == before
    #expect(isSame)
  }

  @Test func aPaymentThatWasNeverEnteredIsEnteredAndVoid() throws {
    // Of today, and of a day that is a slip of the hand itself.
    let workspace = try place("S0,T2,2026-01-11,70,A")
    try workspace.pay("S1,T2,2026-01-21,40,A", "S2,T2,2027-01-21,40,A")
    for number in ["S1", "S2"] {
      #expect(try void(workspace, number, "2026-01-25").status == 0)
    }
    for day in ["2026-01-20", "2026-01-25", "2027-12-31"] {
      #expect(try workspace.left(day) == [], "\(day)")
    }
    try workspace.collect("2026-01-26")
    #expect(records(try workspace.export("receipts")).map { $0["payment_no"] } == ["S0"])
    #expect(records(try workspace.export("credits", "--as-of", "2027-12-31")).isEmpty)
    #expect(try workspace.check() == [])
  }

  @Test func aDryRunSaysTheSameAndStoresNothing() throws {
    let workspace = try place("S1,T1,2026-01-15,130,")
    let before = try workspace.dump()
    let dry = try workspace.collect(
      "void", "S1", "--reason", "退票", "--dry-run", on: "2026-01-25")
    let isSame = try workspace.dump() == before
    #expect(isSame)
    #expect(try void(workspace, "S1", "2026-01-25").out == dry.out)
  }
}
