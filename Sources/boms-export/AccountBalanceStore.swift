import GRDB
import Shared

enum AccountBalanceStore {
  static func write(
    _ db: Database, on day: CivilDate, _ fields: [Field], _ selection: Selection,
    _ writer: RecordWriter
  ) throws {
    let balances =
      """
      (SELECT j.company_no, j.role, coalesce(a.code, j.role) AS account_code,
        coalesce(a.name, j.role) AS account_name, j.balance_fen
      FROM (SELECT company_no, role, sum(amount_fen) AS balance_fen FROM journal_entry
        WHERE booked_on <= ?1 GROUP BY company_no, role) j
      LEFT JOIN account a ON a.role = j.role)
      WHERE balance_fen <> 0
      """
    try ExportStore.write(
      db, from: balances, on: day, order: "company_no, account_code, role", fields, selection,
      writer)
  }
}
