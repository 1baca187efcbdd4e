import GRDB
import Shared

/// The rows of the ledger that a run has added.
enum NewDepreciationStore {
  static let fields: [Field] = [
    .code("asset_no", "资产编号"), .month("month", "月份"), .integer("revision", "版次", 0...Int.max),
    .date("booked_on", "记账日期"), .code("company_no", "收款主体"), .code("property_no", "项目编号"),
    .text("department", "部门"), .money("amount", "本月折旧"), .money("accumulated", "累计折旧"),
    .money("net_value", "账面净值"), .choice("reason", "说明", Choice.depreciationReasons),
    .text("explain", "计算说明"),
  ]

  /// The rows after one, in the order in which they were booked.
  static func write(_ db: Database, after last: Int64, _ writer: RecordWriter) throws {
    let rows = try SQLStatement(
      db,
      """
      SELECT asset_no, month, revision, booked_on, company_no, property_no, department, amount_fen,
        accumulated_fen, net_fen, reason, explain
      FROM depreciation WHERE id > ? ORDER BY id
      """)
    rows.bind(1, last)
    while try rows.step() {
      for column in 0..<rows.columnCount { rows.write(column, to: writer) }
      try writer.endRow()
    }
  }
}
