import GRDB
import Shared

enum UnclaimedStore {
  static let fields: [Field] = [
    .code("payment_no", "收款单号"), .date("paid_on", "收款日期"), .money("amount", "金额"),
    .text("payer_name", "付款户名"), .code("payer_account", "付款账号"),
    .choice("method", "收款方式", Choice.paymentMethods), .code("reference", "流水号"),
    .code("property_no", "项目编号"), .money("left", "待认领金额"),
  ]

  /// Writes the payments that nobody has claimed, and what refunds left of them.
  static func write(
    _ db: Database, asOf: CivilDate, property: String?, _ writer: RecordWriter
  ) throws -> (count: Int, amount: Money) {
    let rows = try SQLStatement(
      db,
      """
      SELECT payment_no, paid_on, amount_fen, payer_name, payer_account, method, reference,
        property_no, left_fen
      FROM \(ClaimStore.unclaimed) WHERE left_fen > 0 ORDER BY paid_on, payment_no
      """)
    rows.bind(1, asOf)
    rows.bind(2, property)
    var sum: (count: Int, amount: Money) = (0, .zero)
    while try rows.step() {
      sum = (sum.count + 1, try sum.amount + rows.money(8))
      for column in 0...8 { rows.write(column, to: writer) }
      try writer.endRow()
    }
    return sum
  }
}
