import GRDB
import Shared

/// The charges that a run recorded, in the order in which they were recorded.
enum NewCharges {
  static let fields: [Field] = [
    .code("bill_no", "账单号"), .code("contract_no", "合同编号"), .code("tenant_no", "租户编号"),
    .integer("line", "行号", 0...9999), .code("item", "项目代码"), .code("kind", "类别"),
    .date("period_start", "账期起"), .date("period_end", "账期止"), .date("bill_on", "出账日"),
    .date("due_on", "应收日期"), .decimal("quantity", "数量"), .decimal("price", "单价"),
    .rate("tax_rate", "税率"), .money("net", "不含税金额"), .money("tax", "税额"),
    .money("amount", "价税合计"), .text("explain", "计算说明"),
  ]

  static func write(_ db: Database, after last: Int64, _ writer: RecordWriter) throws {
    let rows = try SQLStatement(
      db,
      """
      SELECT c.bill_no, c.contract_no, b.tenant_no, c.line, c.item, c.kind, c.period_start,
        c.period_end, b.bill_on, b.due_on, c.quantity_e6, c.price_e6, c.tax_rate_e6, c.net_fen,
        c.tax_fen, c.amount_fen, c.explain
      FROM charge c JOIN bill b ON b.bill_no = c.bill_no WHERE c.id > ? ORDER BY c.id
      """)
    rows.bind(1, last)
    while try rows.step() {
      for column in fields.indices {
        if rows.isNull(column) {
          writer.null()
        } else if rows.isText(column) {
          writer.text(rows.bytes(column))
        } else {
          writer.integer(rows.integer(column))
        }
      }
      try writer.endRow()
    }
  }
}
