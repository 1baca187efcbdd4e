import Foundation
import Shared
import TestSupport
import Testing

/// Notices and statements over the sample mall.
struct PagesTests {
  /// The mall, billed.
  private static let billed = Result {
    let workspace = try Workspace(Prepared.mall)
    try workspace.bill("2026-11-22")
    return workspace
  }

  private func mall() throws -> Workspace { try Workspace(PagesTests.billed) }

  @discardableResult
  private func notice(_ workspace: Workspace, _ options: String...) throws -> Workspace.Run {
    try workspace.succeed("boms-bill", ["notice", "--db", "m.db", "--lang", "zh"] + options)
  }

  private func statement(_ workspace: Workspace, _ options: String...) throws
    -> [[String: String]]
  {
    records(
      try workspace.succeed(
        "boms-bill", ["statement", "--db", "m.db", "--format", "csv"] + options
      ).out)
  }

  private func sum(_ rows: [[String: String]], _ column: String) -> Int64 {
    rows.reduce(0) { $0 + (row($1, column) ?? 0) }
  }

  private func row(_ row: [String: String], _ column: String) -> Int64? {
    row[column].flatMap { $0.isEmpty ? nil : fen($0) }
  }

  // MARK: Notices

  @Test(arguments: ["bill", "tenant"])
  func theNoticesOfAMonthHaveEveryChargeBilledInItOnce(grouping: String) throws {
    let workspace = try mall()
    let noticed = records(
      try notice(workspace, "--month", "2026-09", "--by", grouping, "--format", "csv").out)
    let charged = records(try workspace.export("charges")).filter {
      $0["bill_on"]?.hasPrefix("2026-09") == true
    }
    func keys(_ rows: [[String: String]]) -> [[String]] {
      rows.map { row in
        ["bill_no", "line", "item", "kind", "period_start", "net", "tax", "amount"].map {
          row[$0] ?? ""
        }
      }.sorted { $0.joined(separator: "|") < $1.joined(separator: "|") }
    }
    #expect(noticed.count > 200)
    let isSame = keys(noticed) == keys(charged)
    #expect(isSame)
    for (_, rows) in Dictionary(grouping: noticed, by: { $0["notice"] ?? "" }) {
      // One company and tenant a page, and the page's sum is that of its charges.
      #expect(Set(rows.map { $0["company_no"] }).count == 1)
      #expect(Set(rows.map { $0["tenant_no"] }).count == 1)
      #expect(row(rows[0], "notice_amount") == sum(rows, "amount"))
      let amount = Money(fen: sum(rows, "amount"))
      #expect(rows[0]["notice_capitals"] == amount.capitals)
    }
  }

  @Test func aFolderHasAPageForEachNoticeAndAListAndIsWrittenTheSameAgain() throws {
    let workspace = try mall()
    let run = try notice(workspace, "--month", "2026-10", "--out", "a/b/")
    #expect(run.out == "")
    #expect(run.err.hasPrefix("通知单 420 · 账单 420 · 冲减单 0 · 金额 "))
    let names = try FileManager.default.contentsOfDirectory(atPath: workspace.file("a/b")).sorted()
    let bills = records(try workspace.export("bills")).filter {
      $0["bill_on"]?.hasPrefix("2026-10") == true
    }
    #expect(names == (bills.map { ($0["bill_no"] ?? "") + ".html" } + ["index.html"]).sorted())
    let list = try workspace.read("a/b/index.html")
    for name in names.dropLast() { #expect(list.contains("href=\"\(name)\"")) }
    let before = try names.map { try workspace.read("a/b/\($0)") }
    try notice(workspace, "--month", "2026-10", "--out", "a/b")
    #expect(try names.map { try workspace.read("a/b/\($0)") } == before)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: workspace.file("a/b")).count
        == names.count)
  }

  @Test func everySheetIsWellFormedAndSaysWhatItAsksFor() throws {
    let workspace = try mall()
    let page = try notice(workspace, "--month", "2026-09").out
    // Letters are Chinese in the locale C too.
    let isSame =
      try workspace.succeed("boms-bill", "notice", "--db", "m.db", "--month", "2026-09").out == page
    #expect(isSame)
    let sheets = page.components(separatedBy: "<article class=\"sheet\">").dropFirst()
    let bills = records(try workspace.export("bills")).filter {
      $0["bill_on"]?.hasPrefix("2026-09") == true
    }
    #expect(sheets.count == bills.count)
    for (sheet, bill) in zip(sheets, bills) {
      let amount = Money(fen: row(bill, "amount") ?? 0)
      for text in [
        bill["bill_no"] ?? "none", bill["due_on"] ?? "none", "¥\(amount.grouped)", amount.capitals,
      ] {
        #expect(sheet.contains(text), "\(text)")
      }
    }
    #expect(try tagsAreClosed(page))
  }

  /// Whether every element ends, in the right order.
  private func tagsAreClosed(_ page: String) throws -> Bool {
    var open: [Substring] = []
    for match in page.matches(of: /<(\/?)([a-z0-9]+)[^<>]*>/) {
      if match.2 == "meta" { continue }
      if match.1.isEmpty {
        open.append(match.2)
      } else if open.popLast() != match.2 {
        return false
      }
    }
    return open.isEmpty
  }

  @Test func aNameThatIsMarkupIsShownAsItIsWritten() throws {
    let workspace = try mall()
    let bill = try #require(records(try workspace.export("bills")).first)
    let tenant = try #require(bill["tenant_no"])
    #expect(
      try workspace.importing(
        "tenant",
        "tenant_no,name\n\(tenant),\"<script>alert('x')</script>\"\"&<img src=x onerror=y>\"\n"
      ).status == 0)
    let pages = [
      try notice(workspace, bill["bill_no"] ?? "").out,
      try notice(workspace, "--tenant", tenant, "--by", "tenant").out,
      try workspace.succeed(
        "boms-bill", "statement", tenant, "--db", "m.db", "--from", "2026-09-01", "--to",
        "2026-11-30"
      ).out,
    ]
    try notice(workspace, "--tenant", tenant, "--out", "pages/")
    for page in pages + [try workspace.read("pages/index.html")] {
      #expect(!page.contains("<script") && !page.contains("<img"))
      #expect(
        page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;&lt;img src=x"))
      #expect(try tagsAreClosed(page))
    }
  }

  // MARK: Statements

  @Test func aClosingBalanceIsTheOpeningOneOfTheDayAfter() throws {
    let workspace = try mall()
    try workspace.collect("2026-11-22")
    let spans = [
      ("2026-01-01", "2026-08-31"), ("2026-09-01", "2026-09-30"), ("2026-10-01", "2026-10-31"),
      ("2026-11-01", "2026-11-22"),
    ]
    let tenants = records(try workspace.export("payment")).compactMap {
      $0["tenant_no"].flatMap { $0.isEmpty ? nil : $0 }
    }
    for tenant in Set(tenants).sorted().prefix(12) {
      var closing: [String: Int64] = [:]
      for (from, to) in spans {
        let rows = try statement(workspace, tenant, "--from", from, "--to", to)
        for (company, rows) in Dictionary(grouping: rows, by: { $0["company_no"] ?? "" }) {
          let opening = try #require(rows.first { $0["kind"] == "opening" })
          let end = try #require(rows.last)
          #expect(row(opening, "balance") == closing[company] ?? 0, "\(tenant) \(company) \(from)")
          let entries = rows.filter { $0["kind"] != "opening" && $0["kind"] != "closing" }
          #expect(row(end, "charged") == sum(entries, "charged"))
          #expect(row(end, "paid") == sum(entries, "paid"))
          var balance = try #require(row(opening, "balance"))
          for entry in entries {
            balance += (row(entry, "charged") ?? 0) - (row(entry, "paid") ?? 0)
            #expect(row(entry, "balance") == balance)
          }
          #expect(row(end, "balance") == balance)
          closing[company] = balance
        }
      }
    }
    let some = Array(Set(tenants).sorted().prefix(12))
    #expect(try workspace.collectionDifferences(on: "2026-11-22", tenants: some) == [])
  }

  @Test func thePaymentsOfAContractAreWhatPaidItsCharges() throws {
    let workspace = try mall()
    let bills = records(try workspace.export("bills")).filter { $0["company_no"] == "CQ" }
    let first = try #require(
      bills.first { $0["kind"] == "bill" && fen($0["amount"] ?? "") > 50_000 })
    let (tenant, contract) = (first["tenant_no"] ?? "", first["contract_no"] ?? "")
    #expect(
      try workspace.importing(
        "payment",
        """
        payment_no,tenant_no,property_no,company_no,paid_on,amount,our_account,contract_no,bill_no
        Z1,\(tenant),XH01,,2026-11-01,100.00,,,\(first["bill_no"] ?? "")
        Z2,\(tenant),XH01,WY,2026-11-02,0.50,,,
        Z3,,XH01,,2026-11-04,800.00,,\(contract),
        Z4,\(tenant),XH01,,2026-11-06,99999999.00,1202000000002002,,

        """
      ).status == 0)
    try workspace.collect("2026-11-10")
    func paid(_ number: String) throws -> [String] {
      try statement(workspace, number, "--from", "2026-11-01", "--to", "2026-11-10")
        .filter { $0["number"]?.hasPrefix("Z") == true }
        .map { "\($0["number"] ?? "") \($0["company_no"] ?? "") \($0["kind"] ?? "")" }
    }
    let ofContract = try statement(
      workspace, contract, "--from", "2026-11-01", "--to", "2026-11-10")
    #expect(ofContract.first { $0["number"] == "Z1" }?["paid"] == "100.00")
    // The tenant's has them whole, with the company that got them; what nobody claimed is in none.
    #expect(try paid(tenant) == ["Z1 CQ payment", "Z2 WY payment", "Z4 WY payment"])
    #expect(try !paid(contract).contains { $0.hasPrefix("Z3") })
    // What is left over is not the contract's.
    let z4 = ofContract.filter { $0["number"] == "Z4" }.reduce(0) { $0 + fen($1["paid"] ?? "") }
    #expect(z4 < 9_999_999_900)
  }

  @Test func aStatementIsASheetForEachCompany() throws {
    let workspace = try mall()
    let page = try workspace.succeed(
      "boms-bill", "statement", "T0026", "--db", "m.db", "--from", "2026-09-01", "--to",
      "2026-11-30"
    ).out
    #expect(page.components(separatedBy: "<article class=\"sheet\">").count == 3)
    #expect(page.contains("租户确认（盖章）："))
    #expect(try tagsAreClosed(page))
  }
}
