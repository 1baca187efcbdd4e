import GRDB
import Shared

enum DepreciationViewStore {
  static func write(
    _ db: Database, _ fields: [Field], _ selection: Selection, _ writer: RecordWriter
  ) throws {
    let rows =
      """
      (SELECT d.asset_no, a.name, a.category, d.month, d.revision, d.booked_on, d.company_no,
        d.property_no, d.department, d.expense_account, d.amount_fen, d.accumulated_fen,
        d.net_fen AS net_value_fen, d.reason, d.explain
      FROM depreciation d JOIN asset a ON a.asset_no = d.asset_no)
      WHERE 1
      """
    try ExportStore.write(
      db, from: rows, order: "asset_no, month, revision", fields, selection, writer)
  }
}
