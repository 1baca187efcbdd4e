import Foundation
import Shared
import TestSupport
import Testing

/// Payments on their way to charges, over the sample mall and chance.
struct CollectionTests {
  /// The books contradict themselves nowhere, on any day.
  private func expectSound(_ workspace: Workspace, days: [String]) throws {
    #expect(try workspace.check() == [])
    let charges = records(try workspace.export("charges"))
    for day in days {
      func sum(_ rows: [[String: String]], _ column: String) -> Int64 {
        rows.reduce(0) { $0 + fen($1[column] ?? "") }
      }
      let open = records(try workspace.export("open_items", "--as-of", day))
      let charged = sum(charges.filter { ($0["booked_on"] ?? "") <= day }, "amount")
      let allocated = try TestDatabase.texts(
        """
        SELECT coalesce(sum(amount_fen), 0) FROM allocation
        WHERE credit_id IS NULL AND booked_on <= '\(day)'
        """, workspace.file("m.db"))
      #expect("\(charged - sum(open, "open"))" == allocated.first, "\(day)")
      for item in open {
        #expect(fen(item["open"] ?? "") != 0 || fen(item["written_off"] ?? "") > 0)
      }
      let credits = records(try workspace.export("credits", "--as-of", day))
      for credit in credits {
        #expect(fen(credit["left"] ?? "") > 0)
        #expect(fen(credit["used"] ?? "") >= 0)
      }
      // Credit notes with something left stand in both.
      let notes = credits.filter { $0["paid_by"] == "credit_note" }
      let negative = open.filter { fen($0["open"] ?? "") < 0 }
      #expect(sum(notes, "left") == -sum(negative, "open"), "\(day)")
      let tenants = Set((open + credits).compactMap { $0["tenant_no"] }).sorted()
      #expect(try workspace.collectionDifferences(on: day, tenants: Array(tenants.prefix(5))) == [])
    }
    for tenant in Set(charges.compactMap { $0["tenant_no"] }).sorted().suffix(3) {
      #expect(
        try workspace.statementBreaks(
          tenant,
          [
            ("2026-01-01", "2026-08-31"), ("2026-09-01", "2026-10-10"),
            ("2026-10-11", "2026-12-31"),
          ])
          == [])
    }
  }

  @Test func nightByNightOrOnceTheMallsPaymentsPayTheSame() throws {
    let once = try Workspace(Prepared.mall)
    try once.bill("2026-11-22")
    #expect(try once.collect("2026-11-22").lines.count > 300)
    let daily = try Workspace(Prepared.mall)
    try daily.work(from: "2026-09-01", to: "2026-11-22")
    let books = try once.booksWithoutNumbers()
    let isSame = try daily.booksWithoutNumbers() == books
    #expect(isSame)
    #expect(books.count { $0.contains("|late_fee|") || $0.contains(" late_fee ") } > 500)
    for workspace in [once, daily] {
      // One round is enough.
      #expect(try workspace.bill("2026-11-22").lines.count == 1)
      #expect(try workspace.bill("2026-11-22", "--all").lines.count == 1)
      let before = try workspace.dump()
      #expect(try workspace.collect("2026-11-22").lines.count == 1)
      let isSame = try workspace.dump() == before
      #expect(isSame, "a second run")
    }
    try expectSound(once, days: ["2026-09-01", "2026-10-07", "2026-11-22"])
    let credits = try once.export("credits", "--as-of", "2026-10-07")
    let areCreditsSame = try daily.export("credits", "--as-of", "2026-10-07") == credits
    #expect(areCreditsSame)
  }

  @Test(arguments: Repository.testsAll ? Array(1...10) : [1] as [UInt64])
  func whateverIsPaidTheBooksStaySound(_ seed: UInt64) throws {
    var random = Seeded(seed)
    func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    func one<Element>(_ choices: [Element]) -> Element { choices[number(0...choices.count - 1)] }
    let workspace = try Workspace(Prepared.mall)
    let tenants = records(try workspace.export("tenant", "--columns", "tenant_no,name"))
    var today: CivilDate = "2026-09-01"
    var serial = 0
    // What the views said of months when they were closed.
    var closed: [(day: CivilDate, said: [String])] = []
    let views = [
      "open_items", "credits", "aging", "collection_rate", "output_vat", "tenant_standing",
    ]
    for _ in 0..<(Repository.testsAll ? 12 : 3) {
      today = today.adding(days: number(1...15))
      try workspace.bill("\(today)")
      let bills = records(
        try workspace.export("bills", "--columns", "bill_no,tenant_no,contract_no,amount"))
      var payments =
        "payment_no,tenant_no,property_no,company_no,paid_on,amount,payer_name,our_account,"
        + "contract_no,bill_no\n"
      var lines = "payment_no,bill_no,amount\n"
      for _ in 1...number(20...60) {
        serial += 1
        let bill = one(bills)
        let (tenant, amount) = (bill["tenant_no"] ?? "", fen(bill["amount"] ?? ""))
        let name = tenants.first { $0["tenant_no"] == tenant }?["name"] ?? ""
        let paid = number(0...3) == 0 ? Int64(number(1...9_999_999)) : max(1, abs(amount))
        let hasLine = number(0...4) == 0
        payments +=
          "R\(serial),\(number(0...3) == 0 ? "" : tenant),XH01,\(one(["", "", "CQ", "WY"])),"
          + "\(today.adding(days: -number(0...20))),\(Money(fen: paid)),\(name),\(one(["", "", "1202000000002002"])),"
          + "\(number(0...3) == 0 ? bill["contract_no"] ?? "" : ""),"
          + "\(number(0...3) == 0 ? bill["bill_no"] ?? "" : "")\n"
        if hasLine {
          lines += "R\(serial),\(one(bills)["bill_no"] ?? ""),\(Money(fen: max(1, paid / 2)))\n"
        }
      }
      try workspace.importing("payment", payments).expectStored()
      _ = try workspace.importing("payment_line", lines, "--rejects", "bad.csv")
      try workspace.collect("\(today)")
      #expect(try workspace.collect("\(today)").lines.count == 1)
      try workspace.bill("\(today)")
      try workspace.collect("\(today)")
      #expect(try workspace.bill("\(today)").lines.count == 1)
      #expect(try workspace.collect("\(today)").lines.count == 1)
      try expectSound(
        workspace, days: ["\(today)", "\(today.adding(days: -number(1...40)))"])
      for (day, said) in closed {
        for (view, before) in zip(views, said) {
          let isSame = try workspace.export(view, "--as-of", "\(day)") == before
          #expect(isSame, "\(view) of \(day), seed \(seed)")
        }
      }
      let last = today.month.adding(-1).last
      if closed.last?.day != last, number(0...1) == 0 {
        try workspace.accrue("\(last.month)", on: "\(today)")
        try workspace.succeed(
          "boms-bill", "close", "\(last.month)", "--db", "m.db", "--as-of", "\(today)", "--quiet")
        closed.append((last, try views.map { try workspace.export($0, "--as-of", "\(last)") }))
      }
    }
  }

  @Test(.enabled(if: Python.isThere))
  func lateFeesAfterAllocationAreThoseOfTheReference() throws {
    let workspace = try Workspace(Prepared.mall)
    let day = "2026-11-22"
    try workspace.bill(day)
    try workspace.collect(day)
    let file = workspace.file("m.db")
    // Of each charge, its rows, and what settled it: of its own credit notes what they gave to others.
    let cases = try TestDatabase.texts(
      """
      SELECT json_object('id', 'C' || c.id, 'item', c.item, 'as_of', '\(day)', 'waived', '0.00',
        'holds', json('[]'),
        'bears_from', CASE c.kind WHEN 'opening' THEN '2026-09-01' END,
        'rows', (SELECT json_group_array(json_array(printf('%.2f', x.amount_fen / 100.0), b.due_on))
          FROM charge x JOIN bill b ON b.bill_no = x.bill_no
          WHERE x.id = c.id OR x.adjusts = c.id),
        'settlements', (SELECT json_group_array(json_array(printf('%.2f', s.fen / 100.0), s.day)) FROM (
          SELECT a.amount_fen AS fen, a.effective_on AS day FROM allocation a
          JOIN charge x ON x.id = a.charge_id LEFT JOIN charge k ON k.id = a.credit_id
          WHERE (x.id = c.id OR x.adjusts = c.id) AND coalesce(k.adjusts, k.id) IS NOT c.id
          UNION ALL
          SELECT -a.amount_fen, a.effective_on FROM allocation a
          JOIN charge k ON k.id = a.credit_id JOIN charge x ON x.id = a.charge_id
          WHERE k.adjusts = c.id AND coalesce(x.adjusts, x.id) <> c.id) s),
        'rules', (SELECT json_group_array(json_object('item', item, 'from_on', from_on,
            'rate_permille', printf('%.6f', rate_permille_e6 / 1000000.0),
            'grace_days', grace_days, 'grace_mode', grace_mode, 'cap_percent',
            CASE WHEN cap_percent_e6 IS NOT NULL THEN printf('%.6f', cap_percent_e6 / 1000000.0) END))
          FROM late_fee_rule))
      FROM charge c JOIN fee_item i ON i.item = c.item
      WHERE c.kind NOT IN ('adjust', 'late_fee') AND i.kind <> 'deposit' ORDER BY c.id
      """, file)
    #expect(cases.count > 800)
    let found = try workspace.run(
      "python3", [Repository.path("Tests/Reference/reference_late_fees.py")],
      stdin: cases.joined(separator: "\n") + "\n")
    #expect(found.status == 0, "\(found.err.suffix(500))")
    var expected: [String] = []
    for (text, line) in zip(cases, found.lines) {
      let id = try #require(try objects(text).first?["id"] as? String)
      let rows = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [[String]] ?? []
      expected += rows.map { "\(id) \($0[0]) \(fen($0[2]))" }
    }
    let recorded = try TestDatabase.texts(
      """
      SELECT source || ' ' || period_start || ' ' || sum(amount_fen) FROM charge
      WHERE source GLOB 'C[0-9]*' GROUP BY source, period_start HAVING sum(amount_fen) <> 0
      """, file)
    #expect(expected.count > 300)
    let isSame = recorded.sorted() == expected.sorted()
    #expect(isSame, "\(Set(recorded).symmetricDifference(expected).sorted().prefix(6))")
    #expect(try workspace.check() == [])
  }
}

extension Workspace {
  @discardableResult
  func accrue(_ month: String, on day: String) throws -> Run {
    try succeed(
      "boms-bill", "accrue", "--month", month, "--db", "m.db", "--as-of", day, "--quiet")
  }

  @discardableResult
  func collect(_ asOf: String, _ options: String...) throws -> Run {
    try succeed("boms-collect", ["run", "--db", "m.db", "--as-of", asOf, "--quiet"] + options)
  }
}
