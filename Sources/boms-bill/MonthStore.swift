import GRDB
import Shared

/// The months that are closed, company by company.
struct MonthStore {
  let db: Database

  /// - Throws: `Failure` 66 if there is no such company.
  func companies(_ companyNo: String?) throws -> [String] {
    let all = try String.fetchAll(
      db, sql: "SELECT company_no FROM company ORDER BY company_no")
    guard let companyNo else { return all }
    if all.contains(companyNo) { return [companyNo] }
    throw Failure(
      .noInput, Phrase("there is no company '\(companyNo)'", "收款主体“\(companyNo)”不存在"),
      hint: Phrase("'boms-export company' lists them", "可用 'boms-export company' 查看"))
  }

  func add(
    _ event: String, _ month: CivilMonth, _ companyNo: String, on day: CivilDate, reason: String?
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO month_event (company_no, month, event, done_on, reason) VALUES (?, ?, ?, ?, ?)
        """, arguments: [companyNo, "\(month)", event, "\(day)", reason])
  }

  /// What is booked in the month: bills, credit notes, and their sum.
  func booked(
    _ month: CivilMonth, _ companyNo: String
  ) throws -> (bills: Int, creditNotes: Int, amount: Money) {
    let rows = try SQLStatement(
      db,
      """
      SELECT count(*) FILTER (WHERE kind = 'bill'), count(*) FILTER (WHERE kind <> 'bill'),
        coalesce(sum(amount_fen), 0)
      FROM bill WHERE company_no = ? AND month = ?
      """)
    rows.bind(1, companyNo)
    rows.bind(2, "\(month)")
    _ = try rows.step()
    return (Int(rows.integer(0)), Int(rows.integer(1)), rows.money(2))
  }

  /// A charge of these companies that a run recorded.
  struct Recorded {
    var contractNo: String
    var companyNo: String
    var item: String
    var kind: String
    var period: Period
    var amount: Money
    var explain: String
  }

  /// What a run as of a day would record, and what it would leave out; nothing stays of it.
  func trial(
    asOf day: CivilDate, _ companies: Set<String>
  ) throws -> (charges: [Recorded], failed: [BillRun.Failed]) {
    try db.run("SAVEPOINT trial_run")
    defer { try? db.run("ROLLBACK TO trial_run; RELEASE trial_run") }
    let outcome = try BillRun(asOf: day).run(db) {}
    let rows = try SQLStatement(
      db,
      """
      SELECT b.contract_no, b.company_no, c.item, c.kind, c.period_start, c.period_end,
        c.amount_fen, c.explain
      FROM bill b JOIN charge c ON c.bill_no = b.bill_no WHERE b.id > ? ORDER BY c.id
      """)
    rows.bind(1, outcome.posted.lastBillBefore)
    var charges: [Recorded] = []
    while try rows.step() {
      guard companies.contains(rows.text(1)) else { continue }
      charges.append(
        Recorded(
          contractNo: rows.text(0), companyNo: rows.text(1), item: rows.text(2),
          kind: rows.text(3), period: Period(try rows.date(4), try rows.date(5)),
          amount: rows.money(6), explain: rows.text(7)))
    }
    rows.reset()
    return (charges, outcome.failed)
  }
}
