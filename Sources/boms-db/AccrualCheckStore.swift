import GRDB
import Shared

extension CheckStore {
  /// Of a lease that is over and accrued to its end, the differences between straight-line income and
  /// charges come to nothing, with what the next run books if the lease changed since.
  static func straightLine(_ db: Database) throws -> [Found] {
    let rows = try SQLStatement(
      db,
      """
      WITH accrued AS (
        SELECT contract_no, max(month) AS newest, sum(straight_fen) AS straight_fen
        FROM accrual GROUP BY contract_no
      ), opened AS (
        SELECT o.contract_no, sum(o.amount_fen) AS difference_fen
        FROM opening_balance o JOIN fee_item i ON i.item = o.item
        WHERE o.kind = 'straight_line' AND i.kind = 'rent' GROUP BY o.contract_no
      )
      SELECT c.contract_no, a.straight_fen + coalesce(o.difference_fen, 0)
      FROM accrued a JOIN contract c ON c.contract_no = a.contract_no
      LEFT JOIN opened o ON o.contract_no = a.contract_no
      WHERE substr(min(c.end_on, coalesce(c.terminated_on, c.end_on)), 1, 7) <= a.newest
        AND a.straight_fen + coalesce(o.difference_fen, 0) <> 0
      """)
    var left: [String: Money] = [:]
    while try rows.step() { left[rows.text(0)] = rows.money(1) }
    if left.isEmpty { return [] }
    var found: [Found] = []
    try Look.at(db, .these(Set(left.keys)))
    let cursor = try AccrualCursor(db)
    while let entry = try cursor.next() {
      let contractNo = entry.lease.contractNo
      guard let newest = entry.recorded.map(\.month).max(), var rest = left[contractNo] else {
        continue
      }
      do throws(ValueError) {
        let coming = try entry.revenue().accruals(
          through: newest.adding(1), recorded: entry.recorded)
        for accrual in coming { rest = try rest + accrual.missing.straight }
      } catch {
        found.append(
          Found(
            rule: "accrual.straight-line", subject: contractNo,
            message: Phrase(
              "cannot be computed: \(error.message.en)", "无法计算：\(error.message.zh)")))
        continue
      }
      if rest != .zero {
        found.append(
          Found(
            rule: "accrual.straight-line", subject: contractNo,
            message: Phrase(
              "the lease is over, but a straight-line difference of \(rest.grouped) is left",
              "租赁已结束，直线法差额尚余 \(rest.grouped)")))
      }
    }
    return found
  }
}
