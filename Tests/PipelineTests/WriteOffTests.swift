import TestSupport
import Testing

/// Debts that are given up.
struct WriteOffTests {
  private func bill(_ workspace: Workspace, _ item: String) throws -> String {
    try TestDatabase.texts(
      "SELECT bill_no FROM charge WHERE contract_no = 'C1' AND item = '\(item)' ORDER BY id LIMIT 1",
      workspace.file("m.db"))[0]
  }

  private func given(_ workspace: Workspace, _ day: String) throws -> [String] {
    records(try workspace.export("write_offs", "--as-of", day)).map {
      "\($0["item"] ?? "") \($0["written_off"] ?? "") \($0["reversed"] ?? "") "
        + "\($0["given_up"] ?? "") \($0["last_on"] ?? "")"
    }
  }

  @Test func aDebtIsGivenUpAndTakenBackAndTheClaimStaysListed() throws {
    let workspace = try Workspace(SmallPlace.billed)
    let rent = try bill(workspace, "rent")
    let run = try workspace.collect(
      "write-off", rent, "--amount", "30", "--reason", "和解", on: "2026-01-25")
    #expect(run.status == 0, "\(run)")
    #expect(records(run.out).map { "\($0["item"] ?? "") \($0["amount"] ?? "")" } == ["rent 30.00"])
    #expect(try workspace.open("2026-01-25").contains("C1 rent 7000"))
    let rest = try workspace.collect("write-off", rent, "--reason", "破产", on: "2026-01-26")
    #expect(rest.err.hasPrefix("charges 1 · written off 70.00 · as of"))
    let nothing = try workspace.collect("write-off", rent, "--reason", "破产", on: "2026-01-26")
    #expect(nothing.status == 0)
    #expect(nothing.err.contains("nothing is open"))
    #expect(try given(workspace, "2026-01-25") == ["rent 30.00 0.00 30.00 2026-01-25"])
    let back = try workspace.collect(
      "write-off", rent, "--reverse", "--reason", "补缴", on: "2026-01-28")
    #expect(records(back.out).map { $0["amount"] } == ["-30.00", "-70.00"])
    #expect(try given(workspace, "2026-01-27") == ["rent 100.00 0.00 100.00 2026-01-26"])
    #expect(try given(workspace, "2026-01-28") == ["rent 100.00 100.00 0.00 2026-01-28"])
    #expect(try workspace.open("2026-01-28").contains("C1 rent 10000"))
    let again = try workspace.collect(
      "write-off", rent, "--reverse", "--reason", "补缴", on: "2026-01-28")
    #expect(again.err.contains("nothing is written off"))
    // A payment of an earlier day, entered after it, is booked no earlier than the debt came back.
    try workspace.pay("S1,T1,2026-01-27,100,A")
    let paid = try workspace.collect("2026-01-29")
    #expect(
      records(paid.out).map { "\($0["effective_on"] ?? "") \($0["booked_on"] ?? "")" } == [
        "2026-01-27 2026-01-28"
      ])
    try workspace.expectNoBalanceBelowZero()
    #expect(try workspace.check() == [])
  }

  @Test func lateFeesEndWithTheWriteOffAndRunOnAsIfItHadNotBeen() throws {
    func fees(_ isGivenUp: Bool, reverse: Bool) throws -> [String] {
      let workspace = try Workspace(SmallPlace.billed)
      try workspace.importing(
        "late_fee_rule",
        "property_no,item,from_on,rate_permille,grace_days,grace_mode\nP,*,2026-01-01,10,0,skip\n"
      ).expectStored()
      let rent = try bill(workspace, "rent")
      if isGivenUp {
        _ = try workspace.collect("write-off", rent, "--reason", "x", on: "2026-01-20")
      }
      try workspace.bill("2026-01-31")
      if reverse {
        _ = try workspace.collect("write-off", rent, "--reverse", "--reason", "x", on: "2026-02-10")
      }
      try workspace.bill("2026-02-28")
      #expect(try workspace.check() == [])
      return try TestDatabase.texts(
        """
        SELECT sum(f.amount_fen) FROM charge f JOIN charge c ON f.source = 'C' || c.id
        WHERE c.bill_no = '\(rent)'
        """, workspace.file("m.db"))
    }
    #expect(try fees(true, reverse: false) == ["1000"])
    #expect(try fees(false, reverse: false) == ["4900"])
    #expect(try fees(true, reverse: true) == ["4900"])
  }

  @Test func depositsAndCreditNotesAndMoreThanIsOpenAreRefused() throws {
    let workspace = try Workspace(SmallPlace.billed)
    let rent = try bill(workspace, "rent")
    try workspace.succeed(
      "boms-bill", "void", try bill(workspace, "mgmt"), "--reason", "x", "--db", "m.db", "--as-of",
      "2026-01-20")
    let note = try TestDatabase.texts(
      "SELECT bill_no FROM bill WHERE kind = 'credit_note'", workspace.file("m.db"))[0]
    for (arguments, rule) in [
      ([try bill(workspace, "deposit")], "write_off.deposit"), ([note], "write_off.credit-note"),
      ([rent, "--amount", "100.01"], "write_off.exceeds-charge"),
      // Not before the bill was there.
      ([rent, "--amount", "1", "--as-of", "2026-01-09"], "write_off.exceeds-charge"),
    ] {
      let day = arguments.contains("--as-of") ? [] : ["--as-of", "2026-01-25"]
      let run = try workspace.run(
        "boms-collect",
        ["write-off"] + arguments + day + ["--reason", "x", "--db", "m.db", "--lang", "en"])
      #expect(run.status == 65, "\(run)")
      #expect(run.err.contains("[\(rule)]"), "\(run)")
    }
    let item = try workspace.collect(
      "write-off", rent, "--item", "mgmt", "--reason", "x", on: "2026-01-25")
    #expect(item.status == 66)
    #expect(item.err.contains("it has: rent"))
  }

  @Test func whatWasPaidSinceIsNoLongerOpenOnAnEarlierDay() throws {
    let workspace = try Workspace(SmallPlace.billed)
    let rent = try bill(workspace, "rent")
    let late = try workspace.collect(
      "write-off", rent, "--amount", "90", "--reason", "x", on: "2026-01-25")
    #expect(late.status == 0, "\(late)")
    for (language, sentence) in [
      ("en", "of bill '\(rent)' 10.00 is open on 2026-01-20 and ever since, less than 20.00"),
      ("zh", "账单“\(rent)”自 2026-01-20 起始终未付的为 10.00，少于 20.00"),
    ] {
      let early = try workspace.run(
        "boms-collect", "write-off", rent, "--amount", "20", "--reason", "x", "--as-of",
        "2026-01-20", "--db", "m.db", "--lang", language)
      #expect(early.status == 65)
      #expect(early.err.contains(sentence), "\(early)")
    }
  }

  @Test func aWriteOffOfAClosedMonthIsBookedInTheNext() throws {
    let workspace = try Workspace(SmallPlace.billed)
    try TestDatabase.run(
      "INSERT INTO month_event (company_no, month, event, done_on) VALUES ('A', '2026-01', 'close', '2026-02-01')",
      workspace.file("m.db"))
    let rent = try bill(workspace, "rent")
    let before = try workspace.open("2026-01-31")
    let run = try workspace.collect("write-off", rent, "--reason", "x", on: "2026-01-25")
    #expect(records(run.out).map { $0["booked_on"] } == ["2026-02-01"])
    #expect(try workspace.open("2026-01-31") == before)
    let stored = try workspace.dump()
    _ = try workspace.collect(
      "write-off", rent, "--reverse", "--reason", "x", "--dry-run", on: "2026-02-02")
    let isSame = try workspace.dump() == stored
    #expect(isSame)
  }
}
