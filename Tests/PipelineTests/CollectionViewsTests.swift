import Shared
import TestSupport
import Testing

/// Open items, credits, aging, statements and standing of a small place in which everything happens.
struct CollectionViewsTests {
  private func place() throws -> Workspace { try Workspace(CollectionPlace.billed) }

  /// Everything that can happen to money. S1 pays another company, S2 the deposit, S3 too much, S4
  /// bounces, S5 is claimed by one and then by the other.
  private func eventful() throws -> Workspace {
    let workspace = try place()
    try workspace.receive(
      "S1,T1,2026-02-20,106,,", "S2,T1,2026-02-21,500,A,\(workspace.billNo("C1", "deposit"))",
      "S4,T2,2026-02-01,50,A,", "S5,,2026-02-02,25,A,")
    try workspace.collect("2026-02-28")
    for (tenant, day) in [("T1", "2026-03-02"), ("T2", "2026-03-04")] {
      try workspace.succeed(
        "boms-collect", "claim", "S5", tenant, "--db", "m.db", "--as-of", day, "--reason", "来电")
    }
    try workspace.takeBack("S4", on: "2026-03-05")
    try workspace.deductDeposit("9", of: "C1", for: "rent", on: "2026-03-11")
    try workspace.receive("S3,T1,2026-03-15,500,A,")
    try workspace.collect("2026-03-15")
    try workspace.refund("S3", "300", on: "2026-03-20")
    try workspace.writeOff("C2", "rent", on: "2026-03-25")
    #expect(try workspace.check() == [])
    return workspace
  }

  private func lines(_ rows: [[String: String]], _ columns: String...) -> [String] {
    rows.map { row in columns.map { row[$0] ?? "" }.joined(separator: " ") }
  }

  // MARK: Aging

  @Test func agingIsByDueDayAndADepositIsInNone() throws {
    let workspace = try place()
    func aging(_ day: String) throws -> [String] {
      lines(
        records(try workspace.export("aging", "--as-of", day)), "tenant_no", "company_no",
        "not_due",
        "days_1_30", "days_31_60", "days_61_90", "days_91_180", "total", "credit")
    }
    #expect(
      try aging("2026-03-31") == [
        "T1 A 0.00 109.00 0.00 20.00 40.00 169.00 0.00",
        "T1 B 0.00 0.00 106.00 0.00 0.00 106.00 0.00",
        "T2 A 0.00 0.00 0.00 218.00 0.00 218.00 30.00",
      ])
    #expect(
      try aging("2026-01-31") == [
        "T1 A 109.00 20.00 0.00 40.00 0.00 169.00 0.00",
        "T2 A 0.00 218.00 0.00 0.00 0.00 218.00 30.00",
      ])
    #expect(try aging("2025-12-31") == [])
  }

  @Test(arguments: [
    (0, "not_due"), (1, "days_1_30"), (30, "days_1_30"), (31, "days_31_60"), (60, "days_31_60"),
    (61, "days_61_90"), (90, "days_61_90"), (91, "days_91_180"), (180, "days_91_180"),
    (181, "days_181_365"), (365, "days_181_365"), (366, "over_365"),
  ])
  func aBucketEndsWithItsDay(days: Int, bucket: String) throws {
    let day: CivilDate = "2026-02-15"
    let rows = records(
      try place().export(
        "aging", "--as-of", "\(day.adding(days: days))", "--where", "company_no=B"))
    #expect(rows.map { $0[bucket] } == ["106.00"])
  }

  @Test func whatIsOwedToTheTenantMakesNoArrearsSmaller() throws {
    let workspace = try place()
    try workspace.receive("S1,T1,2026-02-20,106,B,")
    try workspace.collect("2026-02-20")
    // The fee was too high: 53.00 go back.
    try workspace.importing(
      "charge_term", "contract_no,line,item,method,price\nC1,2,mgmt,once,53\n", "--restate"
    ).expectStored()
    try workspace.bill("2026-03-31")
    #expect(
      lines(
        records(try workspace.export("aging", "--as-of", "2026-09-01", "--where", "company_no=B")),
        "not_due", "total", "credit") == ["-53.00 -53.00 0.00"])
    #expect(try workspace.collectionDifferences(on: "2026-09-01", tenants: ["T1", "T2"]) == [])
  }

  // MARK: Open items and credits

  @Test func whatIsWrittenOffIsListedAndNoLongerOpen() throws {
    let workspace = try eventful()
    func open(_ day: String) throws -> [String] {
      lines(
        records(try workspace.export("open_items", "--as-of", day)), "contract_no", "item",
        "amount",
        "settled", "open", "written_off")
    }
    // 218 − 30 prepaid − 25 claimed.
    #expect(try open("2026-03-31") == ["C2 rent 218.00 55.00 0.00 163.00"])
    #expect(try open("2026-03-24") == ["C2 rent 218.00 55.00 163.00 0.00"])
    #expect(
      try open("2026-03-12") == [
        "C1 rent 40.00 0.00 40.00 0.00", "C1 water 20.00 0.00 20.00 0.00",
        "C1 rent 109.00 9.00 100.00 0.00", "C2 rent 218.00 55.00 163.00 0.00",
      ])
    // The cheque had not bounced yet, and what took its place came when it had.
    #expect(try open("2026-03-04").contains("C2 rent 218.00 80.00 138.00 0.00"))
    #expect(try open("2026-03-05").contains("C2 rent 218.00 55.00 163.00 0.00"))
  }

  @Test func creditsAreLessWhatWasRefundedAndOfTheTenantOfTheDay() throws {
    let workspace = try eventful()
    func credits(_ day: String) throws -> [String] {
      lines(
        records(try workspace.export("credits", "--as-of", day)), "paid_by_no", "tenant_no",
        "amount",
        "used", "left", "refunded")
    }
    #expect(try credits("2026-03-19") == ["S3 T1 500.00 160.00 340.00 0.00"])
    #expect(try credits("2026-03-20") == ["S3 T1 500.00 160.00 40.00 300.00"])
    #expect(try credits("2026-03-01") == [])
    #expect(try credits("2026-03-03") == ["S5 T1 25.00 0.00 25.00 0.00"])
    // Then it is the other's, and used when there is something to pay.
    #expect(try credits("2026-03-04") == ["S5 T2 25.00 0.00 25.00 0.00"])
    #expect(try credits("2026-03-05") == [])
    func unclaimed(_ day: String) throws -> [String] {
      lines(
        records(
          try workspace.succeed(
            "boms-collect", "unclaimed", "--db", "m.db", "--as-of", day, "--format", "csv",
            "--quiet"
          ).out), "payment_no", "amount")
    }
    #expect(try unclaimed("2026-03-01") == ["S5 25.00"])
    #expect(try unclaimed("2026-03-02") == [])
    #expect(try unclaimed("2026-02-01") == [])
  }

  // MARK: Statements

  @Test func aStatementTellsEverythingButWriteOffs() throws {
    let workspace = try eventful()
    func entries(_ number: String, _ from: String = "2026-02-01") throws -> [String] {
      lines(
        try workspace.statement(number, from, "2026-03-31"), "company_no", "day", "kind", "number",
        "charged", "paid", "balance"
      ).map { $0.replacing("  ", with: " – ").replacing("  ", with: " – ") }
    }
    let mgmt = try workspace.billNo("C1", "mgmt")
    #expect(
      try entries("T1") == [
        "A 2026-02-01 opening – – – 669.00",
        "A 2026-02-20 payment S1 – 106.00 563.00", "A 2026-02-20 transfer S1 – -106.00 669.00",
        "A 2026-02-21 payment S2 – 500.00 169.00", "A 2026-03-02 payment S5 – 25.00 144.00",
        "A 2026-03-04 reclaim S5 – -25.00 169.00",
        "A 2026-03-11 deposit \(workspace.billNo("C1", "deposit")) – 9.00 160.00",
        "A 2026-03-15 payment S3 – 500.00 -340.00",
        "A 2026-03-20 refund A-TK-202603-0001 – -300.00 -40.00",
        "A 2026-03-31 closing – 0.00 709.00 -40.00",
        "B 2026-02-01 opening – – – 0.00", "B 2026-02-15 bill \(mgmt) 106.00 – 106.00",
        "B 2026-02-20 transfer S1 – 106.00 0.00", "B 2026-03-31 closing – 106.00 106.00 0.00",
      ])
    // The bounced cheque came and went; the write-off of 163.00 is not told.
    #expect(
      try entries("T2") == [
        "A 2026-02-01 opening – – – 188.00", "A 2026-02-01 payment S4 – 50.00 138.00",
        "A 2026-03-04 payment S5 – 25.00 113.00", "A 2026-03-05 void S4 – -50.00 163.00",
        "A 2026-03-31 closing – 0.00 25.00 163.00",
      ])
    #expect(
      try workspace.statement("T1", "2026-02-01", "2026-03-31").filter { $0["kind"] == "transfer" }
        .map { $0["subject"] } == ["B", "A"])
    // A contract's: what paid its charges.
    #expect(
      try entries("C1", "2026-03-01") == [
        "A 2026-03-01 opening – – – 169.00",
        "A 2026-03-11 deposit \(workspace.billNo("C1", "deposit")) – 9.00 160.00",
        "A 2026-03-15 payment S3 – 160.00 0.00", "A 2026-03-31 closing – 0.00 169.00 0.00",
        "B 2026-03-01 opening – – – 0.00", "B 2026-03-31 closing – 0.00 0.00 0.00",
      ])
  }

  @Test func everyDayTiesAndEveryStatementGoesOn() throws {
    let workspace = try eventful()
    for day in [
      "2026-01-01", "2026-01-31", "2026-02-01", "2026-02-20", "2026-02-28", "2026-03-02",
      "2026-03-04",
      "2026-03-05", "2026-03-11", "2026-03-15", "2026-03-20", "2026-03-31",
    ] {
      #expect(try workspace.collectionDifferences(on: day, tenants: ["T1", "T2"]) == [])
    }
    for number in ["T1", "T2", "C1", "C2"] {
      #expect(
        try workspace.statementBreaks(
          number,
          [
            ("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-28"),
            ("2026-03-01", "2026-03-04"),
            ("2026-03-05", "2026-03-31"),
          ]) == [])
    }
  }

  @Test func aClosedMonthSaysTheSameWhateverComesLater() throws {
    let workspace = try place()
    try workspace.receive(
      "S1,T1,2026-02-20,106,,", "S4,T2,2026-02-01,50,A,", "S5,,2026-02-02,25,A,")
    try workspace.bill("2026-02-28")
    try workspace.collect("2026-02-28")
    try workspace.accrue("2026-02", on: "2026-03-01")
    try workspace.succeed(
      "boms-bill", "close", "2026-02", "--db", "m.db", "--as-of", "2026-03-01", "--quiet")
    func february() throws -> [String] {
      try ["open_items", "credits", "aging", "collection_rate", "output_vat", "tenant_standing"]
        .map { try workspace.export($0, "--as-of", "2026-02-28", "--lang", "en") }
        + ["T1", "T2", "C1"].map { number in
          lines(
            try workspace.statement(number, "2026-02-01", "2026-02-28"), "company_no", "day",
            "kind",
            "number", "charged", "paid", "balance"
          ).joined(separator: "\n")
        }
    }
    let before = try february()
    #expect(before.allSatisfy { $0.contains("\n") })
    // A payment of February comes in March, one is claimed, one bounces, a price was wrong.
    try workspace.receive("S6,T1,2026-02-10,300,A,")
    try workspace.succeed(
      "boms-collect", "claim", "S5", "T1", "--db", "m.db", "--as-of", "2026-02-15", "--reason", "来电"
    )
    try workspace.takeBack("S4", on: "2026-03-05")
    try workspace.importing(
      "charge_term", "contract_no,line,item,method,price\nC1,2,mgmt,once,53\nC1,1,rent,once,200\n",
      "--restate"
    ).expectStored()
    for _ in 1...2 {
      try workspace.bill("2026-03-10")
      try workspace.collect("2026-03-10")
    }
    try workspace.writeOff("C2", "rent", on: "2026-03-11")
    #expect(try february() == before)
    #expect(try workspace.collectionDifferences(on: "2026-03-31", tenants: ["T1", "T2"]) == [])
    #expect(try workspace.check() == [])
  }

  // MARK: Rates and standing

  @Test func theRateIsOfWhatFellDueAndArrearsStandApart() throws {
    let workspace = try eventful()
    func rates(_ day: String) throws -> [String] {
      lines(
        records(
          try workspace.export("collection_rate", "--as-of", day, "--where", "level=company")),
        "month", "company_no", "due", "collected", "rate", "arrears", "recovered", "recovery_rate")
    }
    #expect(
      try rates("2026-03-31") == [
        // 218 and 20; the 40 of the old books are arrears. Deposits are nowhere.
        "2026-01 A 238.00 75.00 31.51 40.00 0.00 0", "2026-02 A 0.00 0.00  248.00 50.00 20.16",
        "2026-02 B 106.00 106.00 100 0.00 0.00 ",
        // What S4 had paid in February was open again when March began.
        "2026-03 A 109.00 109.00 100 248.00 85.00 34.27",
      ])
  }

  @Test func aPenaltyIsInNoRate() throws {
    let workspace = try place()
    try workspace.collect("2026-03-31")
    func rates() throws -> String {
      try workspace.export("collection_rate", "--as-of", "2026-03-31")
    }
    let before = try rates()
    try workspace.importing("fee_item", "item,name,kind,tax_rate\nbreak,解约违约金,penalty,\n")
      .expectStored()
    try workspace.importing(
      "charge_term", "contract_no,line,item,method,price,on\nC1,5,break,once,50,2026-03-12\n"
    ).expectStored()
    try workspace.bill("2026-03-31")
    #expect(try rates() == before)
    try workspace.receive("S1,T1,2026-03-31,50,A,\(workspace.billNo("C1", "break"))")
    try workspace.collect("2026-03-31")
    #expect(
      try TestDatabase.texts("SELECT amount_fen FROM allocation", workspace.file("m.db"))
        .contains("5000"))
    #expect(try rates() == before)
  }

  @Test func standingCountsFromTheDayOfTheBillAndNotWhileItIsOnHold() throws {
    let workspace = try eventful()
    func standing(_ day: String, _ language: String = "en") throws -> [String] {
      lines(
        records(try workspace.export("tenant_standing", "--as-of", day, "--lang", language)),
        "tenant_no", "charges", "due", "on_time", "late", "longest_days_late", "overdue",
        "voided_payments", "written_off", "grade", "why")
    }
    #expect(
      try standing("2026-03-31", "zh") == [
        // The 40 were billed on 2026-01-01, S3 paid them 73 days later.
        "T1 4 275.00 0.00 275.00 73 0.00 0 0.00 C 无按期付款",
        "T2 1 218.00 30.00 25.00 23 0.00 1 163.00 D 有坏账核销 163.00",
      ])
    #expect(try standing("2026-03-24").last?.contains(" 163.00 1 0.00 C 163.00 is overdue") == true)
    try workspace.succeed(
      "boms-bill", "hold", try workspace.billNo("C2", "rent"), "--db", "m.db", "--as-of",
      "2026-02-01", "--reason", "争议")
    #expect(
      try standing("2026-03-24").last
        == "T2 1 218.00 30.00 25.00 21 0.00 1 0.00 C only 54.55% was paid on time")
  }
}
