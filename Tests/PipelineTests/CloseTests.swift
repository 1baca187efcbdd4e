import Foundation
import Shared
import TestSupport
import Testing

/// Closing a month: what stands in the way, and what never changes after it.
struct CloseTests {
  private func close(_ workspace: Workspace, _ month: String, _ options: String...) throws
    -> Workspace.Run
  {
    try workspace.run(
      "boms-bill", ["close", month, "--db", "m.db", "--lang", "en"] + options)
  }

  private func missing(_ run: Workspace.Run) -> [String: Int] {
    Dictionary(grouping: records(run.out)) { $0["missing"] ?? "" }.mapValues(\.count)
  }

  @Test func whatAMonthLacksIsListedByWhatWouldRecordIt() throws {
    let workspace = try Workspace(Prepared.mall)
    let before = try workspace.dump()
    let first = try close(workspace, "2026-09", "--as-of", "2026-10-01")
    #expect(first.status == 1)
    #expect(Set(missing(first).keys) == ["charge", "entry", "claim", "accrual"])
    #expect(
      first.err.contains("'boms-bill run', 'boms-collect run', 'boms-bill accrue' record them"))
    let isUntouched = try workspace.dump() == before
    #expect(isUntouched)

    try workspace.bill("2026-09-30")
    let second = try close(workspace, "2026-09", "--as-of", "2026-10-01")
    #expect(second.status == 1)
    let kinds = missing(second)
    #expect(kinds["charge"] == nil)
    #expect(second.errorLines.count == 2)
    let sentence =
      "boms-bill: error: 2026-09 stays open: \(kinds["entry"] ?? 0) payments are not entered, "
      + "\(kinds["claim"] ?? 0) payments are not matched, "
      + "\(kinds["allocation"] ?? 0) allocations are not recorded, "
      + "\(kinds["accrual"] ?? 0) accruals are not recorded"
    #expect(second.errorLines.first == sentence)
    #expect(
      second.errorLines.last == "  hint: 'boms-collect run', 'boms-bill accrue' record them")
    let entries = records(second.out).filter { $0["missing"] == "entry" }
    #expect(entries.allSatisfy { $0["payment_no"] != "" && $0["contract_no"] == "" })

    try workspace.collect("2026-09-30")
    let accruals = try close(workspace, "2026-09", "--as-of", "2026-10-01")
    #expect(Set(missing(accruals).keys) == ["accrual"])
    #expect(accruals.errorLines.last == "  hint: 'boms-bill accrue' records them")

    try workspace.accrue("2026-09", on: "2026-10-01")
    let third = try close(workspace, "2026-09", "--as-of", "2026-10-01")
    #expect(third.status == 0, "\(third)")
    #expect(third.lines.count == 1)
    #expect(third.err.contains("warning: unclaimed through 2026-09: 7 payments with 456,324.54"))
    #expect(third.err.contains("warning: missing through 2026-09:"))
    let closed = try workspace.dump()
    let again = try close(workspace, "2026-09", "--as-of", "2026-10-02")
    #expect(again.errorLines == ["closed 0 · through 2026-09 · closed before"])
    let isSame = try workspace.dump() == closed
    #expect(isSame)
  }

  @Test func eachCompanyIsClosedByWhatItsOwnBooksLack() throws {
    let workspace = try Workspace(Prepared.mall)
    try workspace.bill("2026-09-30")
    try workspace.collect("2026-09-30")
    try workspace.accrue("2026-09", on: "2026-10-01")
    try workspace.importing(
      "payment",
      """
      payment_no,property_no,company_no,paid_on,amount
      LATE,XH01,WY,2026-09-30,100

      """
    ).expectStored()
    let all = try close(workspace, "2026-09", "--as-of", "2026-10-01")
    #expect(all.status == 1)
    #expect(missing(all) == ["entry": 1])
    #expect(all.err.contains("2026-09 stays open: 1 payment is not entered"))
    let one = try close(workspace, "2026-09", "--as-of", "2026-10-01", "--company", "CQ")
    #expect(one.status == 0)
    let other = try close(workspace, "2026-09", "--as-of", "2026-10-01", "--company", "WY")
    #expect(other.status == 1)
    try workspace.collect("2026-10-01")
    let now = try close(workspace, "2026-09", "--as-of", "2026-10-01", "--company", "WY")
    #expect(now.status == 0)
    // Opened again it can be booked into, and it is asked for again.
    try workspace.succeed(
      "boms-bill", "reopen", "2026-09", "--db", "m.db", "--reason", "补录", "--as-of", "2026-10-02")
    try workspace.importing(
      "payment",
      """
      payment_no,property_no,company_no,paid_on,amount
      LATER,XH01,CQ,2026-09-29,100

      """
    ).expectStored()
    #expect(try missing(close(workspace, "2026-09", "--as-of", "2026-10-02")) == ["entry": 1])
  }

  /// What people read of a month: byte for byte.
  private func pages(_ workspace: Workspace, through last: CivilDate) throws -> [String: String] {
    var pages: [String: String] = [:]
    for view in [
      "open_items", "credits", "aging", "receipts", "refunds", "deposits", "write_offs",
      "collection_rate", "output_vat", "tenant_standing", "journal", "account_balance",
      "voucher_yonyou",
    ] {
      pages[view] = try workspace.export(view, "--as-of", "\(last)")
    }
    for view in ["charges", "bills"] {
      let rows = records(try workspace.export(view)).filter { $0["booked_on"] ?? "" <= "\(last)" }
      pages[view] = rows.map { row in
        row.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "|")
      }.joined(separator: "\n")
    }
    let count = Repository.testsAll ? 60 : 6
    for tenant in records(try workspace.export("tenant")).prefix(count).map({
      $0["tenant_no"] ?? ""
    }) {
      pages["statement \(tenant)"] = try workspace.succeed(
        "boms-bill", "statement", tenant, "--db", "m.db", "--from", "2026-09-01", "--to", "\(last)",
        "--format", "csv"
      ).out
    }
    return pages
  }

  @Test func aClosedMonthIsTheSameWhateverComesLater() throws {
    let workspace = try Workspace(Prepared.mall)
    for (last, day) in [("2026-09-30", "2026-10-01"), ("2026-10-31", "2026-11-01")] {
      try workspace.bill(last)
      try workspace.collect(last)
      try workspace.accrue(String(last.prefix(7)), on: day)
      #expect(try close(workspace, String(last.prefix(7)), "--as-of", day).status == 0)
    }
    let before = try pages(workspace, through: "2026-10-31")
    try storm(workspace)
    for _ in 1...2 {
      try workspace.bill("2026-11-22")
      try workspace.collect("2026-11-22")
    }
    let after = try pages(workspace, through: "2026-10-31")
    for (name, page) in before.sorted(by: { $0.key < $1.key }) {
      let (old, new) = (lines(page), lines(after[name] ?? ""))
      let isSame = after[name] == page
      func expect() {
        #expect(isSame, "\(name): \(old.symmetricDifference(new).sorted().prefix(4))")
      }
      expect()
    }
    #expect(try workspace.check() == [])
    let late = try TestDatabase.texts(
      """
      SELECT (SELECT count(*) FROM bill WHERE booked_on >= '2026-11-01' AND kind = 'credit_note')
        || ' ' || (SELECT count(*) FROM allocation
          WHERE booked_on >= '2026-11-01' AND effective_on < '2026-11-01')
      """, workspace.file("m.db"))[0].split(separator: " ").compactMap { Int($0) }
    #expect(late.allSatisfy { $0 > 0 }, "the storm was felt: \(late)")
  }

  private func lines(_ page: String) -> Set<Substring> { Set(page.split(separator: "\n")) }

  /// Facts of the months that are closed, after they were.
  private func storm(_ workspace: Workspace) throws {
    let file = workspace.file("m.db")
    // Payments of October, and one that nobody is known of.
    let open = records(try workspace.export("open_items", "--as-of", "2026-10-31"))
      .filter { fen($0["open"] ?? "") > 0 }
    var payments = "payment_no,tenant_no,property_no,paid_on,amount\n"
    for (index, item) in open.enumerated() where index.isMultiple(of: 40) {
      payments +=
        "ST\(index),\(item["tenant_no"] ?? ""),XH01,2026-10-\(10 + index % 20),\(item["open"] ?? "")\n"
    }
    try workspace.importing("payment", payments).expectStored()
    // Turnover and readings are corrected.
    let turnovers = try TestDatabase.rows(
      """
      SELECT contract_no, line, month, reported_on, printf('%.2f', amount_fen / 50.0)
      FROM turnover WHERE month = '2026-09' LIMIT 5
      """, file)
    try workspace.importing(
      "turnover",
      "contract_no,line,month,reported_on,amount\n"
        + turnovers.map { $0.joined(separator: ",") + "\n" }.joined(), "--restate"
    ).expectStored()
    let readings = try TestDatabase.rows(
      """
      SELECT meter_no, read_on, register, value_e6 / 1000000 + 2 FROM reading r
      WHERE read_on = '2026-09-30' AND EXISTS (SELECT 1 FROM reading n
          WHERE n.meter_no = r.meter_no AND n.register = r.register AND n.read_on > r.read_on
            AND n.value_e6 > r.value_e6 + 5000000)
        AND EXISTS (SELECT 1 FROM charge c WHERE c.source = 'M' || r.meter_no
          AND c.period_end = r.read_on AND c.amount_fen > 10000) LIMIT 5
      """, file)
    #expect(turnovers.count == 5 && readings.count == 5)
    try workspace.importing(
      "reading",
      "meter_no,read_on,register,value\n"
        + readings.map { $0.joined(separator: ",") + "\n" }
        .joined(), "--restate"
    ).expectStored()
    // Somebody claims, and bills are taken back.
    let unclaimed = records(
      try workspace.succeed(
        "boms-collect", "unclaimed", "--db", "m.db", "--as-of", "2026-10-31"
      ).out)
    for (payment, tenant) in zip(unclaimed.prefix(3), ["T0001", "T0002", "T0003"]) {
      try workspace.succeed(
        "boms-collect", "claim", payment["payment_no"] ?? "", tenant, "--db", "m.db", "--as-of",
        "2026-11-05", "--reason", "来电")
    }
    let bills = try TestDatabase.texts(
      """
      SELECT bill_no FROM bill b WHERE booked_on LIKE '2026-10-%' AND kind = 'bill'
        AND NOT EXISTS (SELECT 1 FROM charge c WHERE c.bill_no = b.bill_no AND c.kind <> 'base')
        AND EXISTS (SELECT 1 FROM allocation a JOIN charge c ON c.id = a.charge_id
          WHERE c.bill_no = b.bill_no)
      ORDER BY 1 LIMIT 3
      """, file)
    try workspace.succeed(
      "boms-bill", ["void"] + bills + ["--db", "m.db", "--as-of", "2026-11-05", "--reason", "重出"])
    // A charge is written off, money goes back, payments never were.
    let overdue = records(try workspace.export("open_items", "--as-of", "2026-11-06"))
      .filter { fen($0["open"] ?? "") > 0 && $0["item"] == "rent" }.map { $0["bill_no"] ?? "" }
    for bill in overdue.suffix(2) { try decide(["write-off", bill], in: workspace) }
    let credits = records(try workspace.export("credits", "--as-of", "2026-11-06"))
      .filter { $0["paid_by"] == "payment" && fen($0["left"] ?? "") > 100 }
      .map { $0["paid_by_no"] ?? "" }
    #expect(overdue.count >= 2 && credits.count >= 2)
    try decide(["refund", "--payment", credits[0], "--amount", "1"], in: workspace)
    let paid = records(try workspace.export("receipts", "--as-of", "2026-10-31"))
      .map { $0["payment_no"] ?? "" }.filter { $0 != credits[0] }
    for payment in [credits[1]] + paid.suffix(3) { try decide(["void", payment], in: workspace) }
  }

  private func decide(_ words: [String], in workspace: Workspace) throws {
    try workspace.succeed(
      "boms-collect", words + ["--db", "m.db", "--as-of", "2026-11-06", "--reason", "因故"])
  }
}
