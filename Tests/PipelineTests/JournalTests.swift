import Foundation
import TestSupport
import Testing

/// Every kind of document and its entries, on books small enough to be reckoned by hand.
struct JournalTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var facts: [String]
    /// `day document number[ red] role amount[ dimension]`, debit above zero, company CQ unless named.
    var entries: [String]

    var testDescription: String { name }
  }

  private static let base = Result {
    let workspace = try Workspace()
    try workspace.succeed("boms-db", "init", "--db", "m.db")
    try TestDatabase.run(
      """
      INSERT INTO company (company_no, name, credit_code) VALUES ('CQ', '产权', 'x'),
        ('WY', '物业', 'y');
      INSERT INTO property (property_no, name, company_no) VALUES ('P1', '项目', 'CQ');
      INSERT INTO tenant (tenant_no, name) VALUES ('T1', '甲'), ('T2', '乙');
      INSERT INTO fee_item (item, name, kind, tax_rate_e6) VALUES ('rent', '租金', 'rent', 90000),
        ('mgmt', '物业费', 'service', 60000), ('power', '电费', 'resale', 130000),
        ('water', '水费', 'pass_through', NULL), ('dep', '押金', 'deposit', NULL),
        ('fine', '违约金', 'penalty', 90000);
      INSERT INTO contract (contract_no, tenant_no, property_no, start_on, end_on)
      VALUES ('C1', 'T1', 'P1', '2026-01-01', '2026-12-31'),
        ('C2', 'T1', 'P1', '2026-01-01', '2026-12-31');
      """, workspace.file("m.db"))
    return workspace
  }

  @Test(arguments: bills + money + back + openings)
  func everyDocumentHasItsEntries(_ example: Case) throws {
    let workspace = try Workspace(JournalTests.base)
    for fact in example.facts { try TestDatabase.run(fact, workspace.file("m.db")) }
    let rows = records(try workspace.export("journal", "--as-of", "2026-12-31"))
    let entries = rows.map { row in
      func cell(_ name: String) -> String { row[name] ?? "" }
      let amount = cell("credit").isEmpty ? fen(cell("debit")) : -fen(cell("credit"))
      let dimension =
        if !cell("contract_no").isEmpty {
          " \(cell("contract_no"))/\(cell("item"))"
        } else if !cell("tenant_no").isEmpty {
          " \(cell("tenant_no"))"
        } else if !cell("counterpart_no").isEmpty {
          " \(cell("counterpart_no"))"
        } else {
          ""
        }
      return (cell("company_no") == "CQ" ? "" : "\(cell("company_no")) ")
        + "\(cell("booked_on")) \(cell("document")) \(cell("document_no"))"
        + (cell("red") == "yes" ? " red" : "") + " \(cell("role")) \(amount)\(dimension)"
    }
    #expect(entries.sorted() == example.entries.sorted())
    #expect(try workspace.check().filter { $0.hasPrefix("journal.") } == [])
    // On its side an amount is in black, and in red what takes back.
    for row in rows {
      let side = [row["debit"] ?? "", row["credit"] ?? ""].filter { !$0.isEmpty }
      #expect(side.count == 1)
      #expect(side.allSatisfy { ($0.hasPrefix("-")) == (row["red"] == "yes") }, "\(row)")
    }
  }

  @Test func aMonthIsNumberedByItself() throws {
    let workspace = try Workspace(JournalTests.base)
    for fact in [
      JournalTests.payment("S2", 100, on: "2026-01-31"),
      JournalTests.payment("S1", 100, on: "2026-01-31"),
      JournalTests.payment("S3", 100, on: "2026-02-01"),
      JournalTests.payment("S4", 100, on: "2026-02-03"),
      JournalTests.payment("S5", 100, on: "2026-02-03", company: "WY"),
    ] { try TestDatabase.run(fact, workspace.file("m.db")) }
    func numbers(_ options: String...) throws -> [String] {
      let rows = records(
        try workspace.succeed(
          "boms-export", ["--db", "m.db", "journal", "--as-of", "2026-12-31"] + options
        ).out)
      return rows.filter { $0["role"] == "bank" }.map {
        "\($0["company_no"] ?? "") \($0["document_no"] ?? "") \($0["voucher_no"] ?? "")"
      }
    }
    #expect(try numbers() == ["CQ S1 1", "CQ S2 2", "CQ S3 1", "CQ S4 2", "WY S5 1"])
    #expect(try numbers("--month", "2026-02") == ["CQ S3 1", "CQ S4 2", "WY S5 1"])
    #expect(try numbers("--month", "2026-02", "--company", "WY") == ["WY S5 1"])
    // A part of a month keeps its numbers.
    #expect(try numbers("--from", "2026-02-02") == ["CQ S4 2", "WY S5 1"])
    #expect(try numbers("--from", "2026-01-31", "--to", "2026-02-02").count == 3)
    // Nothing after the day that is asked as of.
    #expect(try numbers("--month", "2026-02", "--as-of", "2026-02-02") == ["CQ S3 1"])
  }

  @Test func whatIsNotOfTheJournalIsRefused() throws {
    let workspace = try Workspace(JournalTests.base)
    for (arguments, status) in [
      (["unit", "--format", "hledger"], 64), (["unit", "--month", "2026-01"], 64),
      (["journal", "--format", "hledger", "--columns", "debit"], 64),
      (["journal", "--format", "hledger", "--bom"], 64),
      (["journal", "--month", "2026-01", "--to", "2026-02-01"], 64),
      (["journal", "--from", "2026-03-01", "--to", "2026-02-01"], 64),
      (["journal", "--company", "XX"], 66), (["voucher_kingdee", "--company", "XX"], 66),
    ] as [([String], Int32)] {
      let run = try workspace.run("boms-export", ["--db", "m.db"] + arguments)
      #expect(run.status == status, "\(arguments): \(run)")
      #expect(run.out == "")
    }
  }

  @Test func theSummarySaysWhatHappened() throws {
    let workspace = try Workspace(JournalTests.base)
    for fact in [
      JournalTests.payment("S1", 800, on: "2026-01-02", tenant: nil),
      JournalTests.claim("S1", by: "T1", on: "2026-01-04"),
      JournalTests.claim("S1", by: "T2", on: "2026-01-06"),
      """
      INSERT INTO payment_void (payment_no, voided_on, booked_on, reason)
      VALUES ('S1', '2026-01-09', '2026-01-09', 'x');
      """,
      JournalTests.bill(1, "water", net: 500, on: "2026-01-10", due: "2026-01-10"),
      JournalTests.bill(2, "water", net: -100, on: "2026-01-11", lowers: 1),
      JournalTests.writeOff(1, 400, on: "2026-01-12"),
      JournalTests.accrue("rent", 100, 0),
    ] { try TestDatabase.run(fact, workspace.file("m.db")) }
    let rows = records(try workspace.export("journal", "--as-of", "2026-12-31"))
    var summaries: [String] = []
    for row in rows where row["summary"] != summaries.last {
      summaries.append(row["summary"] ?? "")
    }
    #expect(
      summaries == [
        "收款 S1", "认领收款 S1 甲", "认领收款 S1 乙", "冲销：收款 S1 乙", "账单 B1 甲", "冲减单 B2 甲",
        "坏账核销 W1 甲", "确认收入 合同 C1 2026-01 甲",
      ])
  }

  @Test func aKindIsFixedOnceItIsCharged() throws {
    let workspace = try Workspace(JournalTests.base)
    try TestDatabase.run(JournalTests.bill(1, "water", net: 500), workspace.file("m.db"))
    let run = try workspace.importing(
      "fee_item", "item,name,kind\nwater,水费,resale\n")
    #expect(run.status == 65)
    #expect(run.err.contains("[fee_item.fixed-once-charged]"), "\(run.err)")
    #expect(try workspace.importing("fee_item", "item,name,kind\nfine,罚,service\n").status == 0)
  }

  /// The example of docs/journal.md.
  @Test func thePageShowsWhatComesOut() throws {
    let workspace = try Workspace(JournalTests.base)
    for fact in [
      JournalTests.bill(1, "rent", net: 1_000_000, tax: 90000),
      JournalTests.payment("S1", 1_200_000, on: "2026-01-03"),
      JournalTests.use("payment_no = 'S1'", for: 1, 1_090_000, on: "2026-01-03"),
    ] { try TestDatabase.run(fact, workspace.file("m.db")) }
    let table = try workspace.export(
      "journal", "--as-of", "2026-12-31", "--month", "2026-01", "--format", "table", "--columns",
      "booked_on,document,role,debit,credit")
    let shown = table.split(separator: "\n").map { line in
      "    " + String(line.reversed().drop { $0 == " " }.reversed())
    }
    let page = try String(contentsOfFile: Repository.path("docs/journal.md"), encoding: .utf8)
    #expect(page.contains(shown.joined(separator: "\n")), "\(table)")
    // Every account that is shipped, as it is shipped.
    for account in records(try workspace.export("account")) {
      let (role, code) = (account["role"] ?? "", account["code"] ?? "")
      #expect(page.contains("| `\(role)` | \(code) \(account["name"] ?? "") |"), "\(role)")
    }
  }

  @Test func anAccountIsChangedAndNoRoleIsAdded() throws {
    let workspace = try Workspace(JournalTests.base)
    let changed = try workspace.importing("account", "role,code,name\nbank,100201,工行基本户\n")
    #expect(changed.status == 0, "\(changed)")
    try TestDatabase.run(
      JournalTests.payment("S1", 100, on: "2026-01-03"), workspace.file("m.db"))
    let bank = records(try workspace.export("journal", "--as-of", "2026-12-31")).first
    #expect(bank?["account_code"] == "100201")
    #expect(bank?["account_name"] == "工行基本户")
    let refused = try workspace.importing("account", "role,code,name\nrevenue,6001,收入\n")
    #expect(refused.status == 65)
    #expect(refused.err.contains("[account.role]"))
    #expect(refused.err.contains("bank, receivable, straight_line"))
    for sql in [
      "INSERT INTO account (role, code, name) VALUES ('x', '1', 'x')", "DELETE FROM account",
      "UPDATE account SET role = 'x' WHERE role = 'bank'",
    ] {
      #expect(throws: (any Error).self) { try TestDatabase.run(sql, workspace.file("m.db")) }
    }
  }
}
