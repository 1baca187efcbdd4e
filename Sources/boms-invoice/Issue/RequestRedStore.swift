import GRDB
import Shared

/// What of issued or exported invoices can be taken back by hand.
struct RequestRedStore {
  struct Left {
    var blue: Int64
    var charge: Int64
    /// What of the charge is left on the blue request.
    var amounts: Amounts
  }

  let db: Database

  /// A bill or an invoice, by its number.
  /// - Throws: `Failure` 66 if there is neither.
  func left(of number: String) throws -> [Left] {
    if let isCreditNote = try Bool.fetchOne(
      db, sql: "SELECT kind = 'credit_note' FROM bill WHERE bill_no = ?", arguments: [number])
    {
      if isCreditNote {
        throw ValueError(
          "request.credit-note",
          Phrase(
            "'\(number)' is a credit note: name the bill that was invoiced",
            "“\(number)”为冲减单，请指定已开票的账单"))
      }
      return try rows(
        """
        p.charge_id IN (SELECT id FROM charge WHERE bill_no = ? AND adjusts IS NULL)
        """, number)
    }
    let isIssued = try Bool.fetchOne(
      db,
      sql: "SELECT 1 FROM invoice_request_state WHERE state = 'issued' AND invoice_no = ?",
      arguments: [number])
    guard isIssued == true else {
      throw Failure(
        .noInput,
        Phrase(
          "there is no bill '\(number)', and no invoice of this number was issued on a request",
          "没有账单“\(number)”，也没有按申请开具的该号码发票"),
        hint: Phrase(
          "'boms-invoice request list --status issued' lists the invoices",
          "可用 'boms-invoice request list --status issued' 查看"))
    }
    return try rows("s.invoice_no = ?", number)
  }

  /// Whether some request of the bill was not exported yet: nothing of it has to be taken back.
  func isOpen(bill number: String) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: """
        SELECT 1 FROM invoice_request_part p JOIN invoice_request_state s
          ON s.request_id = p.request_id AND s.state IN ('requested', 'failed')
        WHERE p.charge_id IN (SELECT id FROM charge WHERE bill_no = ? AND adjusts IS NULL) LIMIT 1
        """, arguments: [number]) == true
  }

  private func rows(_ condition: String, _ number: String) throws -> [Left] {
    let rows = try SQLStatement(
      db,
      """
      SELECT p.request_id, p.charge_id, p.net_fen + coalesce(sum(b.net_fen), 0),
        p.tax_fen + coalesce(sum(b.tax_fen), 0), p.gross_fen + coalesce(sum(b.gross_fen), 0) AS left
      FROM invoice_request_part p
      JOIN invoice_request q ON q.id = p.request_id AND q.colour = 'blue'
      JOIN invoice_request_state s ON s.request_id = q.id AND s.state IN ('exported', 'issued')
      LEFT JOIN invoice_request r ON r.blue_id = q.id AND EXISTS (
        SELECT 1 FROM invoice_request_state t WHERE t.request_id = r.id AND t.state <> 'withdrawn')
      LEFT JOIN invoice_request_part b ON b.request_id = r.id AND b.charge_id = p.charge_id
      WHERE \(condition)
      GROUP BY p.request_id, p.charge_id HAVING left <> 0 ORDER BY p.request_id, p.charge_id
      """)
    rows.bind(1, number)
    var found: [Left] = []
    while try rows.step() {
      found.append(
        Left(
          blue: rows.integer(0), charge: rows.integer(1),
          amounts: Amounts(net: rows.money(2), tax: rows.money(3), amount: rows.money(4))))
    }
    return found
  }
}
