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

  /// Payments of the month or before that nobody has claimed, and their sum.
  func unclaimed(
    through month: CivilMonth, _ companies: Set<String>
  ) throws -> (count: Int, amount: Money) {
    let rows = try SQLStatement(
      db,
      """
      SELECT entry_company_no, amount_fen FROM payment_owner
      WHERE tenant_no IS NULL AND booked_on <= ?
      """)
    rows.bind(1, month.last)
    var (count, amount) = (0, Money.zero)
    while try rows.step() {
      guard companies.contains(rows.text(0)) else { continue }
      count += 1
      amount = try amount + rows.money(1)
    }
    return (count, amount)
  }
}
