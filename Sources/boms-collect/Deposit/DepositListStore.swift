import GRDB
import Shared

/// The movements of deposits, in the order in which they were booked.
enum DepositListStore {
  static let fields: [Field] = [
    .code("item", "项目代码"), .code("company_no", "收款主体"), .date("booked_on", "记账日"),
    .code("contract_no", "合同编号"),
    .choice(
      "kind", "类别",
      [
        Choice("opening", "期初"), Choice("collect", "收取"), Choice("transfer_in", "转入"),
        Choice("credit_note", "冲减"), Choice("deduct", "抵扣"), Choice("transfer_out", "转出"),
        Choice("refund", "退还"),
      ]),
    .code("document_no", "单号"), .money("amount", "金额"), .money("balance", "结存"),
    .text("reason", "原因"),
  ]

  /// - Returns: how many there are, and what is held of all of it.
  static func write(
    _ db: Database, contracts: [String], on day: CivilDate, _ writer: RecordWriter
  ) throws -> (count: Int, held: Money) {
    let places = contracts.indices.map { "?\($0 + 2)" }.joined(separator: ", ")
    let rows = try SQLStatement(
      db,
      """
      SELECT item, company_no, booked_on, contract_no, kind, document_no, amount_fen,
        sum(amount_fen) OVER (PARTITION BY item, company_no ORDER BY booked_on, place
          ROWS UNBOUNDED PRECEDING), reason
      FROM (
        SELECT *, row_number() OVER (ORDER BY booked_on, amount_fen < 0, contract_no, kind,
          document_no, amount_fen) AS place
        FROM deposit_movement WHERE booked_on <= ?1 AND contract_no IN (\(places)))
      ORDER BY item, company_no, booked_on, place
      """)
    rows.bind(1, day)
    for (index, contract) in contracts.enumerated() { rows.bind(Int32(index + 2), contract) }
    var found: (count: Int, held: Money) = (0, .zero)
    while try rows.step() {
      found = (found.count + 1, try found.held + rows.money(6))
      for column in 0..<rows.columnCount { rows.write(column, to: writer) }
      try writer.endRow()
    }
    return found
  }
}
