import GRDB
import Shared

/// The charges that a run recorded, in the order in which they were recorded.
enum NewCharges {
  static let fields: [Field] = [
    .code("bill_no", "账单号"), .code("contract_no", "合同编号"), .code("tenant_no", "租户编号"),
    .integer("line", "行号", 0...9999), .code("item", "项目代码"), .chargeKind,
    .date("period_start", "账期起"), .date("period_end", "账期止"), .date("bill_on", "出账日"),
    .date("due_on", "应收日期"), .decimal("quantity", "数量"), .decimal("price", "单价"),
    .rate("tax_rate", "税率"), .money("net", "不含税金额"), .money("tax", "税额"),
    .money("amount", "价税合计"), .text("explain", "计算说明"),
  ]

  /// Bills and their charges lie in the same order, so that both are read once, side by side.
  static func write(_ db: Database, of run: BillStore.Posted, _ writer: RecordWriter) throws {
    let bills = try SQLStatement(
      db, "SELECT bill_no, tenant_no, bill_on, due_on FROM bill WHERE id > ? ORDER BY id")
    bills.bind(1, run.lastBillBefore)
    let charges = try SQLStatement(
      db,
      """
      SELECT bill_no, contract_no, line, item, kind, period_start, period_end, quantity_e6,
        price_e6, tax_rate_e6, net_fen, tax_fen, amount_fen, explain
      FROM charge WHERE id > ? ORDER BY id
      """)
    charges.bind(1, run.lastChargeBefore)
    var hasBill = try bills.step()
    while hasBill, try charges.step() {
      while hasBill, !charges.isSame(0, as: bills, 0) { hasBill = try bills.step() }
      guard hasBill else { break }
      for column in 0...1 { charges.write(column, to: writer) }
      bills.write(1, to: writer)
      for column in 2...6 { charges.write(column, to: writer) }
      for column in 2...3 { bills.write(column, to: writer) }
      for column in 7...13 { charges.write(column, to: writer) }
      try writer.endRow()
    }
  }
}
