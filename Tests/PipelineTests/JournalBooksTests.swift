import Foundation
import TestSupport
import Testing

/// The journal of the sample mall, with every kind of document in it, and hledger's opinion of it.
struct JournalBooksTests {
  /// Billed and collected in two goes, then money goes back, charges are given up, a payment is void.
  private static let mall = Result {
    let workspace = try Workspace(Prepared.mall)
    try workspace.bill("2026-10-15")
    try workspace.collect("2026-10-15")
    try workspace.bill("2026-11-22")
    try workspace.collect("2026-11-22")
    try TestDatabase.run(
      """
      INSERT INTO refund (id, refund_no, company_no, month, serial, property_no, tenant_no,
        refunded_on, booked_on, amount_fen, reason)
      SELECT row_number() OVER (), 'TK' || row_number() OVER (), e.company_no, '2026-11',
        row_number() OVER (), o.property_no, o.tenant_no, '2026-11-20', '2026-11-20', l.left_fen,
        o.payment_no
      FROM payment_left l JOIN payment_owner o ON o.payment_no = l.payment_no
      JOIN payment_entry e ON e.payment_no = l.payment_no
      WHERE l.left_fen > 0 AND e.booked_on <= '2026-11-20'
        AND coalesce((SELECT max(booked_on) FROM payment_claim c
          WHERE c.payment_no = o.payment_no), '') <= '2026-11-20'
      ORDER BY o.payment_no LIMIT 20;
      INSERT INTO refund_line (refund_id, payment_no, amount_fen)
      SELECT id, reason, amount_fen FROM refund;
      INSERT INTO refund (refund_no, company_no, month, serial, property_no, tenant_no, refunded_on,
        booked_on, amount_fen, reason, reverses)
      SELECT 'TKX', company_no, month, 99, property_no, tenant_no, '2026-11-21', '2026-11-21',
        -amount_fen, reason, id FROM refund WHERE id = 3;
      INSERT INTO refund_line (refund_id, payment_no, amount_fen)
      SELECT id, reason, amount_fen FROM refund WHERE reverses IS NOT NULL;
      INSERT INTO write_off (charge_id, amount_fen, written_off_on, booked_on, reason)
      SELECT o.charge_id, o.open_fen, '2026-11-20', '2026-11-20', 'x'
      FROM charge_open o JOIN charge c ON c.id = o.charge_id JOIN bill b ON b.bill_no = c.bill_no
      WHERE o.open_fen > 0 AND b.booked_on <= '2026-11-20' ORDER BY o.charge_id LIMIT 25;
      INSERT INTO write_off (charge_id, amount_fen, written_off_on, booked_on, reason, reverses)
      SELECT charge_id, -amount_fen, '2026-11-21', '2026-11-21', 'x', id FROM write_off LIMIT 3;
      INSERT INTO allocation (payment_no, charge_id, amount_fen, effective_on, booked_on, step,
        reverses)
      SELECT payment_no, charge_id, -amount_fen, effective_on, '2026-11-21', 'x', id
      FROM allocation WHERE payment_no = (SELECT p.payment_no FROM payment_entry p
        WHERE EXISTS (SELECT 1 FROM allocation a WHERE a.payment_no = p.payment_no)
          AND NOT EXISTS (SELECT 1 FROM refund_line r WHERE r.payment_no = p.payment_no) LIMIT 1);
      INSERT INTO payment_void (payment_no, voided_on, booked_on, reason)
      SELECT DISTINCT payment_no, '2026-11-21', '2026-11-21', 'x' FROM allocation
      WHERE reverses IS NOT NULL;
      INSERT INTO accrual (contract_no, company_no, item, month, revision, booked_on, earned_fen,
        straight_fen, explain)
      SELECT c.contract_no, b.company_no, c.item, '2026-10', 0, '2026-10-31', sum(c.net_fen), 777,
        'x'
      FROM charge c JOIN bill b ON b.bill_no = c.bill_no JOIN fee_item i ON i.item = c.item
      WHERE i.kind IN ('rent', 'service', 'resale') AND c.kind IN ('base', 'metered')
      GROUP BY 1, 2, 3;
      """, workspace.file("m.db"))
    return workspace
  }

  @Test func theJournalIsBalancedAndTiesToTheLedgers() throws {
    let workspace = try Workspace(JournalBooksTests.mall)
    #expect(try workspace.check().filter { $0.hasPrefix("journal.") } == [])
    let rows = records(try workspace.export("journal", "--as-of", "2026-11-22"))
    #expect(
      Set(rows.compactMap { $0["document"] }).isSuperset(of: [
        "opening", "bill", "payment", "refund", "write_off", "tax", "accrual",
      ]))
    var sums: [String: Int64] = [:]
    for row in rows {
      let voucher = ["company_no", "booked_on", "voucher_no"].map { row[$0] ?? "" }
      sums[voucher.joined(separator: " "), default: 0] += amount(row)
    }
    #expect(sums.count > 1000)
    #expect(sums.values.allSatisfy { $0 == 0 })
  }

  /// What the check is for: a row that got past it would be found.
  @Test func whatDoesNotTieIsFound() throws {
    let workspace = try Workspace(JournalBooksTests.mall)
    try TestDatabase.run(
      """
      DROP VIEW money_movement;
      CREATE VIEW money_movement AS SELECT e.payment_no, NULL AS opening_id, e.booked_on,
        'payment' AS kind, e.payment_no AS document_no, NULL AS charge_id, 1 AS amount_fen
      FROM payment_entry e;
      """, workspace.file("m.db"))
    #expect(try workspace.check().contains { $0.hasPrefix("journal.ties,credit CQ 2026-") })
  }

  @Test(.enabled(if: Hledger.isThere), arguments: ["2026-09-30", "2026-10-31", "2026-11-22"])
  func hledgerFindsTheSameBalances(day: String) throws {
    let workspace = try Workspace(JournalBooksTests.mall)
    let ours = try workspace.accountBalances(day)
    #expect(ours.count > 10)
    #expect(try workspace.hledgerBalances(day) == ours)
    // And what the vouchers sum up to is the same again.
    var sums: [String: Int64] = [:]
    for row in records(try workspace.export("journal", "--as-of", day)) {
      let account = ["company_no", "account_code", "account_name"].map { row[$0] ?? "" }
      sums["\(account[0]):\(account[1]) \(account[2])", default: 0] += amount(row)
    }
    #expect(
      sums.filter { $0.value != 0 }.map { "\($0.key) \($0.value)" }.sorted()
        == ours.map { line in
          let cut = line.lastIndex(of: " ") ?? line.endIndex
          return "\(line[..<cut]) \(fen(String(line[line.index(after: cut)...])))"
        }.sorted())
  }

  /// Where scripts/test runs the tests, as in continuous integration, hledger is there; elsewhere its
  /// tests may be left out.
  @Test func hledgerIsThereWhereItMustBe() {
    let variables = ProcessInfo.processInfo.environment
    if variables["CI"] != nil || variables["BOMS_TEST_HLEDGER"] != nil {
      #expect(Hledger.isThere)
    }
    if !Hledger.isThere {
      print("hledger is not installed, so it is not asked (scripts/setup installs it)")
    }
  }

  @Test func theColumnsOfOtherProgramsSayTheSameVouchers() throws {
    let workspace = try Workspace(JournalBooksTests.mall)
    func rows(_ view: String, _ options: String...) throws -> [[String: String]] {
      records(
        try workspace.succeed(
          "boms-export", ["--db", "m.db", view, "--as-of", "2026-11-22"] + options
        ).out)
    }
    let journal = try rows("journal", "--month", "2026-10", "--company", "WY")
    let expected = journal.map { row in
      [
        row["booked_on"] ?? "", row["voucher_no"] ?? "", row["account_code"] ?? "",
        row["debit"] == "" ? "0.00" : row["debit"] ?? "",
        row["credit"] == "" ? "0.00" : row["credit"] ?? "",
      ]
    }
    #expect(expected.count > 1000)
    for (view, headings) in [
      ("voucher_yonyou", ["制单日期", "凭证号", "科目编码", "金额借方", "金额贷方"]),
      ("voucher_kingdee", ["凭证日期", "凭证号", "科目代码", "借方", "贷方"]),
    ] {
      let found = try rows(view, "--month", "2026-10", "--company", "WY").map { row in
        headings.map { row[$0] ?? "" }
      }
      let isSame = found == expected
      #expect(isSame, "\(view)")
    }
    #expect(try rows("voucher_kingdee", "--headings", "en").first?["account_code"] != nil)
  }

  /// The lines of shell in docs/journal.md.
  @Test func theTextForYonyouIsMadeByShell() throws {
    let workspace = try Workspace(JournalBooksTests.mall)
    let page = try String(contentsOfFile: Repository.path("docs/journal.md"), encoding: .utf8)
    let begin = try #require(page.range(of: "    { echo '填制凭证"))
    let lines = page[begin.lowerBound...].components(separatedBy: "\n\n")[0]
    #expect(lines.contains("iconv"))
    let run = try workspace.shell(
      lines.replacingOccurrences(of: "用友-2026-10.txt", with: "u8.txt")
        .replacingOccurrences(of: "2026-10 ", with: "2026-10 --as-of 2026-11-22 "),
      environment: ["BOMS_DB": workspace.file("m.db")])
    #expect(run.status == 0, "\(run)")
    let text = try workspace.succeed("iconv", "-f", "gb18030", "-t", "utf-8", "u8.txt").out
    let vouchers = text.split(separator: "\n")
    #expect(vouchers.first == "填制凭证,V800")
    #expect(vouchers.count > 1000)
    let isWhole = vouchers.dropFirst().allSatisfy {
      $0.split(
        separator: ",", omittingEmptySubsequences: false
      ).count == 21
    }
    #expect(isWhole)
  }

  @Test func aClosedMonthNeverChanges() throws {
    let workspace = try Workspace(Prepared.mall)
    try workspace.bill("2026-09-30")
    try workspace.collect("2026-09-30")
    try TestDatabase.run(
      """
      INSERT INTO month_event (company_no, month, event, done_on)
      VALUES ('CQ', '2026-09', 'close', '2026-10-02'), ('WY', '2026-09', 'close', '2026-10-02');
      """, workspace.file("m.db"))
    func september() throws -> String {
      try workspace.export("journal", "--to", "2026-09-30", "--as-of", "2026-12-31")
    }
    let before = try september()
    #expect(before.split(separator: "\n").count > 2000)
    // Money of September that comes late, and what October and November bring.
    try workspace.importing(
      "payment",
      """
      payment_no,tenant_no,property_no,paid_on,amount
      L1,T0150,XH01,2026-09-03,20000.00
      L2,,XH01,2026-09-04,1.00

      """)
    try workspace.bill("2026-11-22")
    try workspace.collect("2026-11-22")
    let isSame = try september() == before
    #expect(isSame)
    #expect(try workspace.check() == [])
    let late = records(try workspace.export("journal", "--as-of", "2026-12-31")).filter {
      $0["document_no"] == "L1" && $0["role"] == "bank"
    }
    #expect(late.map { $0["booked_on"] } == ["2026-10-01"])
  }

  @Test func nightlyOrInOneGoTheEntriesAreBalancedAlike() throws {
    let workspace = try Workspace(Prepared.mall)
    for day in ["2026-09-10", "2026-10-10", "2026-11-10", "2026-11-22"] {
      try workspace.bill(day)
      try workspace.collect(day)
      #expect(try workspace.check() == [], "\(day)")
    }
  }

  private func amount(_ row: [String: String]) -> Int64 {
    row["credit"] == "" ? fen(row["debit"] ?? "") : -fen(row["credit"] ?? "")
  }
}

/// Plain text accounting, which the project does not need, but whose judgement it asks for.
enum Hledger {
  static let isThere = (try? Workspace().run("hledger", "--version").status) == 0
}

extension Workspace {
  /// `company:code name balance`, sorted, by our own count.
  func accountBalances(_ day: String) throws -> [String] {
    records(try export("account_balance", "--as-of", day)).map { row in
      "\(row["company_no"] ?? ""):\(row["account_code"] ?? "") \(row["account_name"] ?? "") "
        + (row["balance"] ?? "")
    }.sorted()
  }

  /// The same by hledger's, which finds nothing wrong with the journal.
  func hledgerBalances(_ day: String) throws -> [String] {
    try write("m.journal", try export("journal", "--format", "hledger", "--as-of", day))
    try succeed("hledger", "-f", "m.journal", "check", "--strict")
    let balances = try succeed(
      "hledger", "-f", "m.journal", "balance", "--flat", "--no-total", "-O", "csv")
    return records(balances.out).map { row in
      "\(row["account"] ?? "") "
        + (row["balance"] ?? "").replacingOccurrences(of: "CNY ", with: "")
    }.sorted()
  }
}
