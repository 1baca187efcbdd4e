import GRDB
import Shared

enum AccountBalanceStore {
  /// The name of a posting's account: that of the role `a`, or of the account that the document `j`
  /// names itself, which only depreciation does.
  static let name = """
    CASE WHEN j.account_code IS NULL OR j.account_code = a.code THEN a.name
      ELSE coalesce((SELECT min(n.name) FROM account n WHERE n.code = j.account_code), '折旧费用')
    END
    """

  static func write(
    _ db: Database, on day: CivilDate, _ fields: [Field], _ selection: Selection,
    _ writer: RecordWriter
  ) throws {
    let balances =
      """
      (SELECT j.company_no, j.role, coalesce(j.account_code, a.code, j.role) AS account_code,
        coalesce(\(name), j.role) AS account_name, j.balance_fen
      FROM (SELECT company_no, role, account_code, sum(amount_fen) AS balance_fen
        FROM journal_entry WHERE booked_on <= ?1 GROUP BY company_no, role, account_code) j
      LEFT JOIN account a ON a.role = j.role)
      WHERE balance_fen <> 0
      """
    try ExportStore.write(
      db, from: balances, on: day, order: "company_no, account_code, role", fields, selection,
      writer)
  }
}
