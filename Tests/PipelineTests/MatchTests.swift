import Foundation
import Shared
import TestSupport
import Testing

/// What invoices are for: the request that asked for them, a bill, a purchase. The place is
/// `CollectionPlace`: 109.00 of rent of C1 (T1 甲店) is billed on 01-29 and due on 03-10, 218.00 of C2 on
/// 01-10, 106.00 of fees of company B on 02-15.
struct MatchTests {
  private func place() throws -> Workspace { try Workspace(CollectionPlace.billed) }

  // MARK: Ours

  @Test func anInvoiceIsThatOfItsRequestAndItsTaxFallsDueWithIt() throws {
    let workspace = try place()
    #expect(try workspace.outputVAT("A", "2026-12-31").contains("2026-03 rent 9.00 0.00 9.00"))
    try workspace.ask("KP1", "A", "T1", "甲店", on: "2026-02-01", ("C1 rent", 10_000, 900))
    try workspace.issue("26330000000000000001", by: "A", to: "甲店", on: "2026-02-03", 10_000, 900)
    #expect(
      try workspace.matches("2026-02-05") == ["26330000000000000001 matched request:KP1"])
    // January: C2's rent, due on 01-10. The tax of C1's has moved from March to the day of issue.
    #expect(
      try workspace.outputVAT("A", "2026-12-31") == [
        "2026-01 rent 18.00 0.00 18.00", "2026-02 rent 9.00 9.00 0.00",
      ])
    #expect(
      try TestDatabase.texts(
        """
        SELECT booked_on || ' ' || cause || ' ' || net_fen || ' ' || tax_fen FROM tax_movement
        WHERE charge_id = \(workspace.rentCharge("C1")) ORDER BY booked_on
        """, workspace.file("m.db")) == ["2026-02-03 invoiced 10000 900", "2026-03-10 due 0 0"])
    #expect(
      try TestDatabase.texts(
        "SELECT state || ' ' || invoice_no FROM invoice_request_state", workspace.file("m.db"))
        == ["issued 26330000000000000001"])
    #expect(try workspace.checkWithoutFiles() == [])
    let dump = try workspace.dump()
    #expect(try workspace.matches("2026-02-06") == [])
    #expect(try workspace.dump() == dump)
    #expect(
      try workspace.matches("2026-02-06", "--all")
        == ["26330000000000000001 kept request:KP1"])
  }

  @Test func nothingThatDiffersIsTheInvoiceOfARequest() throws {
    let workspace = try place()
    try workspace.ask("KP1", "A", "T1", "甲店", on: "2026-02-03", ("C1 rent", 10_000, 900))
    // Before the request, of another buyer, of another sum, of another company, red.
    try workspace.issue("26330000000000000001", by: "A", to: "甲店", on: "2026-02-02", 10_000, 900)
    try workspace.issue("26330000000000000002", by: "A", to: "丙店", on: "2026-02-05", 10_000, 900)
    try workspace.issue("26330000000000000003", by: "A", to: "甲店", on: "2026-02-05", 10_001, 900)
    try workspace.issue("26330000000000000004", by: "B", to: "甲店", on: "2026-02-05", 10_000, 900)
    try workspace.issue(
      "26330000000000000005", by: "A", to: "甲店", on: "2026-02-05", -10_000, -900,
      blue: "26330000000000000009")
    let found = try workspace.matches("2026-02-10")
    #expect(found.count == 5 && found.allSatisfy { $0.hasSuffix(" none") }, "\(found)")
    // Not before its day.
    try workspace.issue("26330000000000000006", by: "A", to: "甲店", on: "2026-02-20", 10_000, 900)
    #expect(try workspace.matches("2026-02-10").count == 5)
    #expect(
      try workspace.matches("2026-02-20").contains("26330000000000000006 matched request:KP1"))
  }

  @Test func severalThatFitAreListedAndToldApartByLinesOrNumber() throws {
    let workspace = try place()
    try workspace.ask("KP1", "A", "T2", "乙店", on: "2026-01-11", ("C2 rent", 10_000, 900))
    try workspace.ask(
      "KP2", "A", "T2", "乙店", on: "2026-01-11", ("C2 rent", 4_000, 360), ("C1 rent", 6_000, 540))
    try workspace.ask(
      "KP3", "A", "T2", "乙店", on: "2026-01-11", ("C2 rent", 4_000, 360), ("C1 rent", 6_000, 540))
    func issue(_ no: String, _ remark: String? = nil, lines: [Int64]) throws {
      try workspace.issue(
        no, by: "A", to: "乙店", on: "2026-01-12", 10_000, 900, remark: remark, lines: lines)
    }
    try issue("26330000000000000001", lines: [4_000, 6_000])
    #expect(
      try workspace.matches("2026-01-31")
        == ["26330000000000000001 ambiguous request:KP1; request:KP2; request:KP3"])
    try issue("26330000000000000002", "流水号 KP3", lines: [4_000, 6_000])
    // KP3 is named; of the others one has the lines.
    #expect(
      try workspace.matches("2026-01-31") == [
        "26330000000000000001 matched request:KP2", "26330000000000000002 matched request:KP3",
      ])
    // Two invoices fit one request: neither is taken.
    try issue("26330000000000000003", lines: [10_000])
    try issue("26330000000000000004", lines: [10_000])
    let found = try workspace.matches("2026-01-31")
    #expect(
      found == [
        "26330000000000000003 ambiguous request:KP1", "26330000000000000004 ambiguous request:KP1",
      ])
    #expect(
      try workspace.matches("2026-01-31", "26330000000000000003", "--to", "request:KP1")
        == ["26330000000000000003 matched request:KP1"])
    #expect(try workspace.checkWithoutFiles() == [])
  }

  @Test func withoutARequestItIsTheBillOfThatBuyerAndSum() throws {
    let workspace = try place()
    try workspace.issue("26330000000000000001", by: "A", to: "乙店", on: "2026-01-15", 20_000, 1_800)
    try workspace.issue("26330000000000000002", by: "A", to: "甲店", on: "2026-02-15", 10_000, 900)
    // A year later it is hardly for that bill.
    try workspace.issue("26330000000000000003", by: "B", to: "甲店", on: "2027-01-15", 10_000, 600)
    let bills = try ["C2", "C1"].map { try workspace.billNo($0, "rent") }
    #expect(
      try workspace.matches("2027-01-31") == [
        "26330000000000000001 matched bill:\(bills[0])",
        "26330000000000000002 matched bill:\(bills[1])", "26330000000000000003 none",
      ])
    // What is invoiced by hand is not asked for: the charge has its invoice.
    #expect(
      try TestDatabase.texts(
        "SELECT asked_fen || ' ' || issued_fen FROM charge_invoiced ORDER BY asked_fen",
        workspace.file("m.db")) == ["10900 10900", "21800 21800"])
    try workspace.issue("26330000000000000004", by: "A", to: "乙店", on: "2026-01-16", 20_000, 1_800)
    #expect(try workspace.matches("2026-01-31") == ["26330000000000000004 none"])
    let found = try workspace.checkWithoutFiles()
    #expect(found == [])
  }

  @Test func aRedInvoiceReopensItsChargesAndItsTaxGoesBack() throws {
    let workspace = try place()
    try workspace.ask("KP1", "A", "T1", "甲店", on: "2026-02-01", ("C1 rent", 10_000, 900))
    try workspace.ask(
      "KP2", "A", "T1", "甲店", on: "2026-02-10", ("C1 rent", -5_000, -450), blue: "KP1")
    // Red comes before blue: it waits.
    try workspace.issue(
      "26330000000000000002", by: "A", to: "甲店", on: "2026-02-12", -5_000, -450,
      blue: "26330000000000000001")
    #expect(try workspace.matches("2026-02-28") == ["26330000000000000002 none"])
    try workspace.issue("26330000000000000001", by: "A", to: "甲店", on: "2026-02-03", 10_000, 900)
    #expect(
      try workspace.matches("2026-02-28") == [
        "26330000000000000001 matched request:KP1", "26330000000000000002 matched request:KP2",
      ])
    #expect(
      try workspace.outputVAT("A", "2026-12-31") == [
        "2026-01 rent 18.00 0.00 18.00", "2026-02 rent 4.50 4.50 0.00",
        "2026-03 rent 4.50 0.00 4.50",
      ])
    // A red one that nobody asked for takes the rest.
    try workspace.issue(
      "26330000000000000003", by: "A", to: "甲店", on: "2026-02-20", -5_000, -450,
      blue: "26330000000000000001")
    #expect(
      try workspace.matches("2026-02-28")
        == ["26330000000000000003 matched invoice:26330000000000000001"])
    #expect(
      try workspace.outputVAT("A", "2026-12-31") == [
        "2026-01 rent 18.00 0.00 18.00", "2026-03 rent 9.00 0.00 9.00",
      ])
    #expect(
      try TestDatabase.texts("SELECT issued_fen FROM charge_invoiced", workspace.file("m.db"))
        == ["0"])
    #expect(try workspace.checkWithoutFiles() == [])
    // What reds took back of it holds the blue one.
    let blue = try workspace.run(
      "boms-invoice",
      ["unmatch", "26330000000000000001", "--reason", "x", "--db", "m.db", "--lang", "en"])
    #expect(blue.status == 65 && blue.err.contains("[match.has-red]"))
  }

  @Test func whatIsUnmatchedIsNotMatchedAgainByItself() throws {
    let workspace = try place()
    try workspace.ask("KP1", "A", "T1", "甲店", on: "2026-02-01", ("C1 rent", 10_000, 900))
    try workspace.issue("26330000000000000001", by: "A", to: "甲店", on: "2026-02-03", 10_000, 900)
    try workspace.match("2026-02-05")
    let before = try workspace.outputVAT("A", "2026-12-31")
    let words = [
      "unmatch", "26330000000000000001", "--reason", "另一份", "--db", "m.db", "--as-of",
      "2026-02-06", "--lang", "en",
    ]
    let run = try workspace.run("boms-invoice", words)
    #expect(run.err == "unmatched 1 · unchanged 0 · it was for request:KP1 · as of 2026-02-06\n")
    #expect(try workspace.run("boms-invoice", words).err.hasPrefix("unmatched 0 · unchanged 1"))
    #expect(try workspace.outputVAT("A", "2026-12-31").contains("2026-03 rent 9.00 0.00 9.00"))
    #expect(
      try TestDatabase.texts(
        "SELECT state FROM invoice_request_state", workspace.file("m.db")) == ["exported"])
    #expect(try workspace.matches("2026-02-07") == ["26330000000000000001 none"])
    #expect(
      try workspace.matches("2026-02-07", "26330000000000000001", "--to", "request:KP1")
        == ["26330000000000000001 matched request:KP1"])
    #expect(try workspace.outputVAT("A", "2026-12-31") == before)
    #expect(try workspace.checkWithoutFiles() == [])
  }

  @Test func byHandAPartOfAChargeAndNotMoreThanIsLeft() throws {
    let workspace = try place()
    let charge = try workspace.rentCharge("C2")
    for (no, net) in [("1", 15_000), ("2", 5_000), ("3", 1)] as [(String, Int64)] {
      try workspace.issue(
        "2633000000000000000\(no)", by: "A", to: "丙店", on: "2026-01-05", net, net * 9 / 100)
    }
    func to(_ no: String, _ target: String) throws -> [String] {
      try workspace.matches("2026-01-31", "2633000000000000000\(no)", "--to", target)
    }
    #expect(try to("1", "charge:\(charge)") == ["26330000000000000001 matched charge:\(charge)"])
    #expect(try to("1", "charge:\(charge)") == ["26330000000000000001 kept charge:\(charge)"])
    #expect(try to("1", "charge:999")[0].contains("[invoice.matched-already]"))
    #expect(try to("2", "bill:\(workspace.billNo("C2", "rent"))")[0].contains("[match.differs]"))
    #expect(try to("2", "charge:\(charge)") == ["26330000000000000002 matched charge:\(charge)"])
    #expect(try to("3", "charge:\(charge)")[0].contains("[match.differs]"))
    #expect(try to("3", "request:KP9")[0].contains("there is no request"))
    // Issued before the bill's due day, and before it was in the books: then.
    #expect(
      try TestDatabase.texts(
        """
        SELECT booked_on || ' ' || cause || ' ' || tax_fen FROM tax_movement
        WHERE charge_id = \(charge) ORDER BY 1
        """, workspace.file("m.db")) == ["2026-01-10 due 1800"])
    #expect(try workspace.checkWithoutFiles() == [])
  }

  @Test func anInvoiceForWhatIsPaidIsNoSecondOne() throws {
    let workspace = try place()
    let bill = try workspace.billNo("C1", "rent")
    try workspace.receive("S1,T1,2026-02-20,50,A,\(bill)")
    try workspace.collect("2026-02-20")
    try workspace.issue("26330000000000000001", by: "A", to: "甲店", on: "2026-02-25", 10_000, 900)
    try workspace.match("2026-02-28")
    try workspace.receive("S2,T1,2026-03-01,59,A,\(bill)")
    try workspace.collect("2026-03-01")
    #expect(
      try TestDatabase.texts(
        """
        SELECT booked_on || ' ' || cause || ' ' || net_fen || ' ' || tax_fen FROM tax_movement
        WHERE charge_id = \(workspace.rentCharge("C1")) ORDER BY booked_on
        """, workspace.file("m.db")) == [
          "2026-02-20 paid 4587 413", "2026-02-25 invoiced 5413 487", "2026-03-01 paid 0 0",
          "2026-03-10 due 0 0",
        ])
    #expect(try workspace.checkWithoutFiles() == [])
  }

  @Test func whatIsMatchedLateCountsInTheFirstOpenMonth() throws {
    let workspace = try place()
    for month in ["2026-01", "2026-02"] {
      try TestDatabase.run(
        """
        INSERT INTO month_event (company_no, month, event, done_on)
        VALUES ('A', '\(month)', 'close', '2026-03-02')
        """, workspace.file("m.db"))
    }
    func closed() throws -> [String] {
      try [
        "output_vat", "journal", "account_balance",
      ].map { try workspace.export($0, "--as-of", "2026-02-28") }
    }
    let before = try closed()
    try workspace.issue("26330000000000000001", by: "A", to: "甲店", on: "2026-02-03", 10_000, 900)
    #expect(try workspace.matches("2026-03-05").count == 1)
    #expect(try closed() == before)
    #expect(
      try TestDatabase.texts(
        """
        SELECT booked_on || ' ' || cause || ' ' || tax_fen FROM tax_movement
        WHERE charge_id = \(workspace.rentCharge("C1")) ORDER BY booked_on
        """, workspace.file("m.db")) == ["2026-03-01 invoiced 900", "2026-03-10 due 0"])
    #expect(try workspace.outputVAT("A", "2026-12-31").contains("2026-03 rent 9.00 9.00 0.00"))
    #expect(try workspace.checkWithoutFiles() == [])
  }

  // MARK: What we buy

  private func purchases(_ workspace: Workspace, _ rows: String...) throws {
    try workspace.importing(
      "purchase",
      "purchase_no,company_no,supplier,supplier_tax_no,purchased_on,amount,use\n"
        + rows.map { $0 + "\n" }.joined()
    ).expectStored()
  }

  @Test func anInvoiceThatWeGotIsForThePurchaseAndTakesItsUse() throws {
    let workspace = try place()
    try purchases(
      workspace, "CG1,A,净城保洁(杭州)有限公司,,2026-01-20,106,welfare",
      "CG2,A,电梯维保公司,91330106MACKX4QG41,2026-01-21,212.01,",
      "CG3,B,净城保洁（杭州）有限公司,,2026-01-20,106,taxable")
    try workspace.receiveInvoice(
      "26330000000000000001", from: "净城保洁（杭州）有限公司", to: "A", on: "2026-01-31", 10_000, 600)
    // A fen less, and known by its number.
    try workspace.receiveInvoice(
      "26330000000000000002", from: "电梯", taxNo: "91330106MACKX4QG41", to: "B", on: "2026-01-31",
      20_000, 1_200)
    #expect(
      try workspace.matches("2026-02-05", "--direction", "in") == [
        "26330000000000000001 matched purchase:CG1", "26330000000000000002 none",
      ])
    #expect(
      try TestDatabase.texts(
        "SELECT code FROM invoice_event WHERE kind = 'used'", workspace.file("m.db"))
        == ["welfare"])
    #expect(
      try workspace.matches(
        "2026-02-05", "26330000000000000002", "--to", "purchase:CG3")[0].contains("[match.differs]")
    )
    #expect(
      try workspace.matches(
        "2026-02-05", "26330000000000000001", "--to", "bill:X")[0].contains("[match.not-ours]"))
    // The red one follows; the purchase waits for another.
    try workspace.receiveInvoice(
      "26330000000000000003", from: "净城保洁（杭州）有限公司", to: "A", on: "2026-02-02", -10_000, -600,
      blue: "26330000000000000001")
    try workspace.receiveInvoice(
      "26330000000000000004", from: "净城保洁（杭州）有限公司", to: "A", on: "2026-02-03", 10_000, 600)
    #expect(
      try workspace.matches("2026-02-05", "--direction", "in").sorted() == [
        "26330000000000000002 none", "26330000000000000003 matched purchase:CG1",
        "26330000000000000004 none",
      ])
    #expect(
      try workspace.matches("2026-02-06", "--direction", "in").sorted() == [
        "26330000000000000002 none", "26330000000000000004 matched purchase:CG1",
      ])
    #expect(try workspace.checkWithoutFiles() == [])
  }

  @Test func twoPurchasesOfOneSumAreListed() throws {
    let workspace = try place()
    try purchases(
      workspace, "CG1,A,净城,,2026-01-20,106,", "CG2,A,净城,,2026-02-20,106,",
      "CG3,A,净城,,2025-01-20,106,")
    try workspace.receiveInvoice(
      "26330000000000000001", from: "净城", to: "A", on: "2026-02-21", 10_000, 600)
    #expect(
      try workspace.matches("2026-02-28")
        == ["26330000000000000001 ambiguous purchase:CG1; purchase:CG2"])
    #expect(
      try workspace.matches("2026-02-28", "26330000000000000001", "--to", "purchase:CG2")
        == ["26330000000000000001 matched purchase:CG2"])
    try workspace.receiveInvoice(
      "26330000000000000002", from: "净城", to: "A", on: "2026-02-22", 10_000, 600)
    #expect(try workspace.matches("2026-02-28") == ["26330000000000000002 matched purchase:CG1"])
  }

  // MARK: Any order

  /// Invoices come in any order, matched at any time: what each is for, how much of each charge is
  /// invoiced and what tax falls due come out the same, and the books are sound all the while.
  @Test(arguments: Repository.testsAll ? Array(1...12) : [1] as [UInt64])
  func theOrderInWhichInvoicesComeDoesNotMatter(_ seed: UInt64) throws {
    var random = Seeded(seed)
    var outcomes: Set<[String]> = []
    for _ in 1...(Repository.testsAll ? 4 : 2) {
      let workspace = try place()
      try workspace.ask("KP1", "A", "T1", "甲店", on: "2026-02-01", ("C1 rent", 6_000, 540))
      try workspace.ask("KP2", "A", "T1", "甲店", on: "2026-02-01", ("C1 rent", 4_000, 360))
      try workspace.ask(
        "KP3", "A", "T1", "甲店", on: "2026-02-04", ("C1 rent", -1_000, -90), blue: "KP1")
      try workspace.ask(
        "KP4", "A", "T2", "乙店", on: "2026-02-01", ("C2 rent", 6_000, 540))
      try purchases(workspace, "CG1,A,净城,,2026-01-20,106,taxable")
      typealias Arrival = (no: String, put: () throws -> Void)
      func own(
        _ no: Int, _ buyer: String, _ day: String, _ net: Int64, blue: Int? = nil
      ) -> Arrival {
        let number = "2633000000000000000\(no)"
        return (
          number,
          {
            try workspace.issue(
              number, by: "A", to: buyer, on: day, net, net * 9 / 100,
              blue: blue.map { "2633000000000000000\($0)" })
          }
        )
      }
      let arrivals: [Arrival] = [
        own(1, "甲店", "2026-02-02", 6_000), own(2, "甲店", "2026-02-03", 4_000),
        own(3, "甲店", "2026-02-05", -1_000, blue: 1), own(4, "乙店", "2026-02-02", 6_000),
        own(5, "乙店", "2026-02-06", -6_000, blue: 4), own(6, "丙店", "2026-02-02", 6_000),
        (
          "26330000000000000007",
          {
            try workspace.receiveInvoice(
              "26330000000000000007", from: "净城", to: "A", on: "2026-02-21", 10_000, 600)
          }
        ),
      ]
      for arrival in arrivals.shuffled(using: &random) {
        try arrival.put()
        if Bool.random(using: &random) { try workspace.match("2026-02-28") }
        if Bool.random(using: &random) { #expect(try workspace.checkWithoutFiles() == []) }
      }
      try workspace.match("2026-02-28")
      try workspace.match("2026-02-28")
      outcomes.insert(
        try TestDatabase.texts(
          """
          SELECT * FROM (SELECT i.invoice_no || ' ' || m.code || ' ' || m.other_no FROM invoice_match m
            JOIN invoice i ON i.id = m.invoice_id
          UNION ALL SELECT charge_id || ' ' || booked_on || ' ' || sum(net_fen) || ' ' || sum(tax_fen)
            FROM invoice_charge GROUP BY charge_id, booked_on
          UNION ALL SELECT charge_id || ' ' || booked_on || ' ' || sum(tax_fen) FROM tax_movement
            GROUP BY charge_id, booked_on) ORDER BY 1
          """, workspace.file("m.db")))
      #expect(try workspace.checkWithoutFiles() == [])
    }
    #expect(outcomes.count == 1)
    #expect(outcomes.first?.filter { $0.hasPrefix("2633") }.count == 6)
  }

  /// Invoices, red ones, payments, other prices and closed months in any order: the books are sound, what is
  /// closed stays, and in the end every charge has its tax once.
  @Test(arguments: Repository.testsAll ? Array(1...10) : [1] as [UInt64])
  func whateverIsInvoicedAndPaidTheBooksAreSound(_ seed: UInt64) throws {
    var random = Seeded(seed)
    func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    let workspace = try place()
    let file = workspace.file("m.db")
    var today: CivilDate = "2026-01-30"
    var closed: [(day: CivilDate, views: [String])] = []
    var issued: [(no: String, net: Int64)] = []
    var done: Set<String> = []
    func views(_ day: CivilDate) throws -> [String] {
      try ["output_vat", "journal"].map { try workspace.export($0, "--as-of", "\(day)") }
    }
    for step in 1...(Repository.testsAll ? 40 : 14) {
      today = today.adding(days: number(0...5))
      let no = String(format: "263300000000000%05d", step)
      let day = "\(today.adding(days: -number(0...3)))"
      switch number(0...6) {
      case 0, 1:
        let net = Int64(number(1...60)) * 100
        try workspace.issue(no, by: "A", to: "客户", on: day, net, net * 9 / 100)
        let run = try workspace.match(
          "\(today)", no, "--to", "charge:\(workspace.rentCharge(number(0...1) == 0 ? "C1" : "C2"))"
        )
        #expect([0, 65].contains(run.status), "\(run)")
        if run.status == 0 {
          issued.append((no, net))
          done.insert("issued")
        }
      case 2:
        guard let blue = issued.randomElement(using: &random) else { continue }
        let net = -max(1, blue.net / Int64(number(1...3)))
        try workspace.issue(no, by: "A", to: "客户", on: day, net, net * 9 / 100, blue: blue.no)
        let run = try workspace.match("\(today)", "--direction", "out")
        #expect(run.status == 0, "\(run)")
        if run.err.hasPrefix("matched 1") { done.insert("red") }
      case 3:
        guard let one = issued.randomElement(using: &random) else { continue }
        let run = try workspace.run(
          "boms-invoice",
          [
            "unmatch", one.no, "--reason", "x", "--db", "m.db", "--as-of", "\(today)", "--lang",
            "en",
          ])
        #expect([0, 65].contains(run.status), "\(run)")
        if run.status == 0 { issued.removeAll { $0.no == one.no } }
      case 4:
        try workspace.receive("S\(step),T1,\(day),\(number(1...60)),A,")
        try workspace.collect("\(today)")
      case 5:
        try workspace.importing(
          "charge_term", "contract_no,line,item,method,price\nC1,1,rent,once,\(number(80...150))\n",
          "--restate"
        ).expectStored()
        try workspace.bill("\(today)")
        try workspace.collect("\(today)")
      default:
        let month = today.month.adding(-1)
        guard closed.last.map({ $0.day < month.last }) ?? true else { continue }
        try TestDatabase.run(
          """
          INSERT INTO month_event (company_no, month, event, done_on)
          SELECT company_no, '\(month)', 'close', '\(today)' FROM company
          """, file)
        closed.append((month.last, try views(month.last)))
      }
      if step % 5 == 0 { #expect(try workspace.checkWithoutFiles() == [], "\(step)") }
      for month in closed { #expect(try views(month.day) == month.views, "\(step)") }
    }
    #expect(try workspace.checkWithoutFiles() == [])
    #expect(done.contains("issued"))
    #expect(
      try TestDatabase.texts(
        """
        SELECT c.id FROM charge c LEFT JOIN charge r ON r.id = c.adjusts
        JOIN fee_item i ON i.item = c.item
        LEFT JOIN (SELECT charge_id, sum(net_fen) AS net_fen, sum(tax_fen) AS tax_fen
          FROM tax_movement GROUP BY charge_id) m ON m.charge_id = c.id
        WHERE i.kind IN ('rent', 'service') AND coalesce(r.kind, c.kind) <> 'opening'
          AND (m.net_fen IS NOT c.net_fen OR m.tax_fen IS NOT c.tax_fen)
        """, file) == [])
    #expect(
      try TestDatabase.texts(
        """
        SELECT m.charge_id FROM tax_movement m JOIN charge c ON c.id = m.charge_id
        JOIN bill b ON b.bill_no = c.bill_no WHERE m.booked_on < b.booked_on
        """, file) == [])
  }
}
