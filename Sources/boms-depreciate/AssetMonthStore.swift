import GRDB
import Shared

/// The months that are closed for assets alone, company by company.
struct AssetMonthStore {
  let db: Database

  func companies(_ companyNo: String?) throws -> [String] {
    if let companyNo { return [companyNo] }
    return try String.fetchAll(db, sql: "SELECT company_no FROM company ORDER BY company_no")
  }

  /// The last month that is closed; nil if none is.
  func closedThrough(_ companyNo: String) throws -> CivilMonth? {
    let rows = try SQLStatement(
      db,
      """
      SELECT month, event FROM asset_month_event WHERE company_no = ? ORDER BY id DESC LIMIT 1
      """)
    rows.bind(1, companyNo)
    guard try rows.step() else { return nil }
    defer { rows.reset() }
    let month = try rows.month(0)
    return rows.text(1) == "close" ? month : month.adding(-1)
  }

  func add(
    _ event: String, _ month: CivilMonth, _ companyNo: String, on day: CivilDate, reason: String?
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO asset_month_event (company_no, month, event, done_on, reason)
        VALUES (?, ?, ?, ?, ?)
        """, arguments: [companyNo, "\(month)", event, "\(day)", reason])
  }
}
