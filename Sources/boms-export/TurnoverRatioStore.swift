import GRDB
import Shared

/// The contracts that reported a turnover, one after the other, each with its reports.
final class TurnoverRatioStore {
  /// What a contract reported for a month, by line.
  struct Month {
    var month: CivilMonth
    var reports: [(line: Int, amount: Money)]
  }

  /// How a contract is named in a row.
  struct Names {
    var tenantName: String
    var brand: String?
    var trade: String?
  }

  let rentItems: Set<String>
  let serviceItems: Set<String>
  private let day: CivilDate
  private let cursor: LeaseCursor
  private let names: SQLStatement
  private let reports: SQLStatement

  init(_ db: Database, on day: CivilDate) throws {
    self.day = day
    rentItems = try FeeItemStore.items(of: ["rent"], db)
    serviceItems = try FeeItemStore.items(of: ["service"], db)
    try db.run(
      """
      DROP TABLE IF EXISTS temp.touched;
      CREATE TEMP TABLE touched AS SELECT DISTINCT contract_no FROM turnover
      """)
    try Look.at(db, .touched)
    cursor = try LeaseCursor(db)
    names = try SQLStatement(
      db,
      """
      SELECT t.name, c.brand, coalesce(c.trade, t.trade)
      FROM contract c JOIN tenant t ON t.tenant_no = c.tenant_no WHERE c.contract_no = ?
      """)
    reports = try SQLStatement(
      db,
      """
      SELECT x.month, x.line, x.amount_fen FROM turnover x
      WHERE x.contract_no = ?1 AND NOT EXISTS (
        SELECT 1 FROM turnover n WHERE n.contract_no = x.contract_no AND n.line = x.line
          AND n.month = x.month AND n.revision > x.revision)
      ORDER BY x.month, x.line
      """)
  }

  func next() throws -> LeaseCursor.Entry? {
    try cursor.next()
  }

  func names(of lease: Lease) throws -> Names {
    names.bind(1, lease.contractNo)
    var found = Names(tenantName: "")
    if try names.step() {
      found = Names(
        tenantName: names.text(0), brand: names.optionalText(1), trade: names.optionalText(2))
    }
    names.reset()
    return found
  }

  /// The newest revisions, of months that are over.
  func months(of lease: Lease) throws -> [Month] {
    reports.bind(1, lease.contractNo)
    var months: [Month] = []
    while try reports.step() {
      guard let month = CivilMonth(iso: reports.text(0)), month.last <= day else { continue }
      let report = (line: Int(reports.integer(1)), amount: reports.money(2))
      if months.last?.month == month {
        months[months.count - 1].reports.append(report)
      } else {
        months.append(Month(month: month, reports: [report]))
      }
    }
    reports.reset()
    return months
  }
}
