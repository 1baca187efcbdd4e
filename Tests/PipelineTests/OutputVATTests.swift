import Shared
import TestSupport
import Testing

/// When output tax falls due: on the due day, or with what is paid before.
struct OutputVATTests {
  private func place() throws -> Workspace { try Workspace(CollectionPlace.billed) }

  /// `month company net tax (early)` of rent and fees of C1; the 18.00 of C2 in January aside.
  private func months(_ workspace: Workspace, _ day: String = "2026-12-31") throws -> [String] {
    records(try workspace.export("output_vat", "--as-of", day)).filter {
      $0["month"] != "2026-01"
    }.map {
      "\($0["month"] ?? "") \($0["company_no"] ?? "") \($0["net"] ?? "") \($0["tax"] ?? "") "
        + "(\($0["early_tax"] ?? ""))"
    }
  }

  @Test func taxFallsDueOnTheDueDay() throws {
    let workspace = try place()
    // The opening receivable, the deposit and the water have none.
    #expect(
      records(try workspace.export("output_vat", "--as-of", "2026-12-31")).map {
        "\($0["company_no"] ?? "") \($0["month"] ?? "") \($0["tax_rate"] ?? "") \($0["item"] ?? "") "
          + "\($0["net"] ?? "") \($0["tax"] ?? "") \($0["amount"] ?? "")"
      } == [
        "A 2026-01 0.09 rent 200.00 18.00 218.00", "A 2026-03 0.09 rent 100.00 9.00 109.00",
        "B 2026-02 0.06 mgmt 100.00 6.00 106.00",
      ])
    #expect(try months(workspace, "2026-03-09") == ["2026-02 B 100.00 6.00 (0.00)"])
  }

  @Test func whatIsPaidBeforeIsDueByParts() throws {
    let workspace = try place()
    let bill = try workspace.billNo("C1", "rent")
    try workspace.receive("S1,T1,2026-02-20,50,A,\(bill)", "S2,T1,2026-03-01,59,A,\(bill)")
    try workspace.collect("2026-02-28")
    let half = ["2026-02 A 45.87 4.13 (4.13)", "2026-03 A 54.13 4.87 (0.00)"]
    #expect(try months(workspace).filter { $0.contains("A") } == half)
    try workspace.collect("2026-03-31")
    #expect(
      try months(workspace).filter { $0.contains("A") } == [
        half[0], "2026-03 A 54.13 4.87 (4.87)",
      ])
    #expect(
      try TestDatabase.texts(
        """
        SELECT booked_on || ' ' || cause || ' ' || net_fen || ' ' || tax_fen FROM tax_movement
        WHERE charge_id = (SELECT id FROM charge WHERE bill_no = '\(bill)') ORDER BY booked_on
        """, workspace.file("m.db")) == [
          "2026-02-20 paid 4587 413", "2026-03-01 paid 5413 487", "2026-03-10 due 0 0",
        ])
  }

  @Test func whatIsTakenBackBeforeTheDueDayIsDueThen() throws {
    for (day, expected) in [
      ("2026-03-01", ["2026-02 A 45.87 4.13 (4.13)", "2026-03 A 54.13 4.87 (-4.13)"]),
      // After the due day it changes nothing.
      ("2026-03-20", ["2026-02 A 45.87 4.13 (4.13)", "2026-03 A 54.13 4.87 (0.00)"]),
    ] {
      let workspace = try place()
      try workspace.receive("S1,T1,2026-02-20,50,A,\(workspace.billNo("C1", "rent"))")
      try workspace.collect("2026-02-20")
      try workspace.takeBack("S1", on: day)
      #expect(try months(workspace).filter { $0.contains("A") } == expected)
    }
  }

  @Test func aDeductedDepositAndPrepaidMoneyPay() throws {
    let workspace = try place()
    try workspace.receive("S1,T1,2026-02-01,500,A,\(workspace.billNo("C1", "deposit"))")
    try workspace.collect("2026-02-01")
    try workspace.deductDeposit("109", of: "C1", for: "rent", on: "2026-02-10")
    #expect(try months(workspace).filter { $0.contains("A") } == ["2026-02 A 100.00 9.00 (9.00)"])
  }

  @Test func whatLowersAChargeThatIsNotDueLowersItsTaxThen() throws {
    let workspace = try place()
    try workspace.importing(
      "charge_term", "contract_no,line,item,method,price\nC1,1,rent,once,54.5\n", "--restate"
    ).expectStored()
    try workspace.bill("2026-02-20")
    #expect(try months(workspace).filter { $0.contains("A") } == ["2026-03 A 50.00 4.50 (0.00)"])
    // The credit note pays half of the charge, and that is no payment.
    try workspace.collect("2026-02-28")
    #expect(try months(workspace).filter { $0.contains("A") } == ["2026-03 A 50.00 4.50 (0.00)"])
  }

  @Test func whatIsTakenBackHasNone() throws {
    let workspace = try place()
    try workspace.importing(
      "charge_term", "contract_no,line,item,method,price\nC1,1,rent,once,0\n", "--restate"
    ).expectStored()
    try workspace.bill("2026-02-20")
    #expect(try months(workspace).filter { $0.contains("A") } == [])
  }

  /// Over time each charge has its own tax, and the months have all of them.
  @Test func overTimeTheTaxIsThatOfTheCharges() throws {
    let workspace = try Workspace(Prepared.mall)
    for day in ["2026-09-10", "2026-10-20", "2026-11-22"] {
      for _ in 1...2 {
        try workspace.bill(day)
        try workspace.collect(day)
      }
    }
    let file = workspace.file("m.db")
    #expect(
      try TestDatabase.texts(
        """
        SELECT c.id FROM charge c JOIN fee_item i ON i.item = c.item
        LEFT JOIN charge r ON r.id = c.adjusts
        LEFT JOIN (SELECT charge_id, sum(net_fen) AS net_fen, sum(tax_fen) AS tax_fen
          FROM tax_movement GROUP BY charge_id) m ON m.charge_id = c.id
        WHERE CASE WHEN i.kind IN ('deposit', 'pass_through') OR coalesce(r.kind, c.kind) = 'opening'
          THEN m.charge_id IS NOT NULL ELSE m.net_fen IS NOT c.net_fen OR m.tax_fen IS NOT c.tax_fen END
        """, file) == [])
    // Nothing falls due before it is in the books.
    #expect(
      try TestDatabase.texts(
        """
        SELECT m.charge_id FROM tax_movement m JOIN charge c ON c.id = m.charge_id
        JOIN bill b ON b.bill_no = c.bill_no WHERE m.booked_on < b.booked_on
        """, file) == [])
    func tax(_ day: String) throws -> Int64 {
      records(try workspace.export("output_vat", "--as-of", day)).reduce(0) {
        $0 + fen($1["tax"] ?? "")
      }
    }
    let all = try TestDatabase.texts(
      """
      SELECT sum(c.tax_fen) FROM charge c LEFT JOIN charge r ON r.id = c.adjusts
      WHERE coalesce(r.kind, c.kind) <> 'opening'
      """, file)
    #expect("\(try tax("2028-12-31"))" == all.first)
    let early = try TestDatabase.texts(
      "SELECT count(DISTINCT charge_id) FROM tax_movement WHERE cause = 'paid'", file)
    #expect(Int(early[0]) ?? 0 > 50)
    #expect(try tax("2026-10-31") < tax("2026-11-22"))
  }
}
