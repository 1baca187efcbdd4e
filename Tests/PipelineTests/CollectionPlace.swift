import Shared
import TestSupport

/// A small place for the views of collection: two companies, an opening receivable, a deposit, a bill
/// that is due long after it is written, money that is passed on.
enum CollectionPlace {
  /// T1 owes company A 40.00 from before (due 2025-11-05), a deposit of 500.00 (2026-01-10), 20.00 of
  /// water (01-20) and 109.00 of rent (billed 01-29, due 03-10), company B 106.00 of fees (02-15). T2
  /// owes company A 218.00 (01-10) and has prepaid 30.00.
  static let billed = Result {
    let workspace = try Workspace()
    try workspace.succeed("boms-db", "init", "--db", "m.db")
    for (register, text) in [
      (
        "company",
        "company_no,name,credit_code\nA,甲,91330106MACKX4QG41\nB,乙,91330000142942095H\n"
      ),
      ("property", "property_no,name,company_no,billing_from\nP,广场,A,2026-01-01\n"),
      ("tenant", "tenant_no,name\nT1,甲店\nT2,乙店\n"),
      (
        "fee_item",
        "item,name,kind,tax_rate,tax_code\nrent,租金,rent,0.09,3040502020200000000\n"
          + "mgmt,物业费,service,0.06,3040801010000000000\n"
          + "deposit,押金,deposit,,\nwater,水费,pass_through,,\n"
      ),
      (
        "contract",
        "contract_no,tenant_no,property_no,start_on,end_on\nC1,T1,P,2026-01-01,2026-12-31\n"
          + "C2,T2,P,2026-01-01,2026-12-31\n"
      ),
      (
        "charge_term",
        "contract_no,line,item,company_no,method,price,on,due_days,lead_days\n"
          + "C1,1,rent,,once,109,2026-03-10,0,40\nC1,2,mgmt,B,once,106,2026-02-10,5,0\n"
          + "C1,3,deposit,,once,500,2026-01-10,0,0\nC1,4,water,,once,20,2026-01-20,0,0\n"
          + "C2,1,rent,,once,218,2026-01-10,0,0\n"
      ),
      (
        "opening_balance",
        "contract_no,kind,item,due_on,amount\nC1,receivable,rent,2025-11-05,40\n"
          + "C2,prepaid,rent,2026-01-01,30\n"
      ),
    ] {
      try workspace.importing(register, text).expectStored()
    }
    try workspace.bill("2026-03-31")
    return workspace
  }
}

extension Workspace {
  /// `payment_no,tenant_no,paid_on,amount,company_no,bill_no`.
  func receive(_ rows: String...) throws {
    try importing(
      "payment",
      "payment_no,tenant_no,paid_on,amount,company_no,bill_no,property_no\n"
        + rows.map { $0 + ",P\n" }.joined()
    ).expectStored()
  }

  /// The bill that has an item of a contract; without adjustments and openings.
  func billNo(_ contract: String, _ item: String) throws -> String {
    try TestDatabase.texts(
      """
      SELECT bill_no FROM charge WHERE contract_no = '\(contract)' AND item = '\(item)'
        AND kind NOT IN ('adjust', 'opening')
      """, file("m.db"))[0]
  }

  // What people decide.

  private func decide(_ words: [String], on day: String, reason: String) throws {
    try succeed(
      "boms-collect", words + ["--db", "m.db", "--as-of", day, "--reason", reason, "--quiet"])
  }

  func deductDeposit(_ amount: String, of contract: String, for item: String, on day: String) throws
  {
    let bill = try billNo(contract, item)
    try decide(
      ["deposit", "deduct", contract, "--bill", bill, "--amount", amount], on: day, reason: "抵扣")
  }

  func takeBack(_ payment: String, on day: String) throws {
    try decide(["void", payment], on: day, reason: "退票")
  }

  func refund(_ payment: String, _ amount: String, on day: String) throws {
    try decide(["refund", "--payment", payment, "--amount", amount], on: day, reason: "多付")
  }

  /// Everything that is open of a contract's item.
  func writeOff(_ contract: String, _ item: String, on day: String) throws {
    try decide(["write-off", billNo(contract, item), "--item", item], on: day, reason: "破产")
  }

  // MARK: What ties

  func statement(_ number: String, _ from: String, _ to: String) throws -> [[String: String]] {
    records(
      try succeed(
        "boms-bill", "statement", number, "--db", "m.db", "--from", from, "--to", to, "--format",
        "csv", "--quiet"
      ).out)
  }

  /// Where open items, credits, aging and statements contradict each other as of a day.
  /// - Parameter tenants: whose statements are looked at.
  func collectionDifferences(on day: String, tenants: [String]) throws -> [String] {
    var found: [String] = []
    func sums(_ rows: [[String: String]], _ columns: String...) -> [String: Int64] {
      rows.reduce(into: [:]) { sums, row in
        let key = "\(row["tenant_no"] ?? "") \(row["property_no"] ?? "") \(row["company_no"] ?? "")"
        for column in columns { sums[key, default: 0] += fen(row[column] ?? "") }
      }
    }
    let deposits = Set(
      records(try export("fee_item", "--where", "kind=deposit")).map { $0["item"] ?? "" })
    let open = records(try export("open_items", "--as-of", day))
    let aging = records(try export("aging", "--as-of", day))
    let credits = records(try export("credits", "--as-of", day))
    let buckets = [
      "not_due", "days_1_30", "days_31_60", "days_61_90", "days_91_180", "days_181_365", "over_365",
    ]
    for row in aging
    where buckets.reduce(0, { $0 + fen(row[$1] ?? "") }) != fen(row["total"] ?? "") {
      found.append("\(day): the buckets of \(row) do not sum")
    }
    let due = sums(open.filter { !deposits.contains($0["item"] ?? "") }, "open").filter {
      $0.value != 0
    }
    if sums(aging, "total").filter({ $0.value != 0 }) != due {
      found.append("\(day): aging is not open_items")
    }
    let money = credits.filter { $0["paid_by"] != "credit_note" }.reduce(0) {
      $0 + fen($1["left"] ?? "")
    }
    if aging.reduce(0, { $0 + fen($1["credit"] ?? "") }) != money {
      found.append("\(day): the credit of aging is not that of credits")
    }
    // What each company is owed, by the statements: the written-off claims are in it.
    for tenant in tenants {
      var owed: [String: Int64] = [:]
      for row in open where row["tenant_no"] == tenant {
        owed[row["company_no"] ?? "", default: 0] +=
          fen(row["open"] ?? "") + fen(row["written_off"] ?? "")
      }
      for row in aging where row["tenant_no"] == tenant {
        owed[row["company_no"] ?? "", default: 0] -= fen(row["credit"] ?? "")
      }
      let closing = try statement(tenant, day, day).filter { $0["kind"] == "closing" }
        .reduce(into: [String: Int64]()) { $0[$1["company_no"] ?? ""] = fen($1["balance"] ?? "") }
      if closing.filter({ $0.value != 0 }) != owed.filter({ $0.value != 0 }) {
        found.append("\(day): \(tenant) owes \(owed), the statement says \(closing)")
      }
    }
    return found
  }

  /// Where a statement does not begin with what the one before ended with.
  func statementBreaks(_ number: String, _ spans: [(from: String, to: String)]) throws -> [String] {
    var closing: [String: Int64] = [:]
    var found: [String] = []
    for span in spans {
      let rows = try statement(number, span.from, span.to)
      for (company, rows) in Dictionary(grouping: rows, by: { $0["company_no"] ?? "" }) {
        var balance = fen(rows.first?["balance"] ?? "")
        if balance != closing[company] ?? 0 { found.append("\(number) \(company) \(span.from)") }
        for row in rows.dropFirst().dropLast() {
          balance += (row["charged"].flatMap { $0.isEmpty ? nil : fen($0) } ?? 0)
          balance -= (row["paid"].flatMap { $0.isEmpty ? nil : fen($0) } ?? 0)
          if fen(row["balance"] ?? "") != balance { found.append("\(number) \(row)") }
        }
        if fen(rows.last?["balance"] ?? "") != balance { found.append("\(number) \(company) end") }
        closing[company] = balance
      }
    }
    return found
  }
}
