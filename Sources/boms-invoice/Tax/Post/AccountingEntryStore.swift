import GRDB
import Shared

/// The lines of the vouchers by which invoices were posted.
final class AccountingEntryStore {
  private let insert: SQLStatement
  private let select: SQLStatement

  init(_ db: Database) throws {
    insert = try SQLStatement(
      db,
      """
      INSERT INTO main.invoice_entry (invoice_id, event_seq, line, side, account, detail, amount_fen)
      SELECT ?1, max(seq), ?2, ?3, ?4, ?5, ?6 FROM invoice_event WHERE invoice_id = ?1
      """)
    select = try SQLStatement(
      db,
      """
      SELECT side, account, detail, amount_fen FROM invoice_entry
      WHERE invoice_id = ?1 AND event_seq = (SELECT max(seq) FROM invoice_event
        WHERE invoice_id = ?1 AND kind = 'posted' AND happened_on <= ?2)
      ORDER BY line
      """)
  }

  /// - Parameter invoiceID: that of the posting that was just written.
  func add(_ entries: [AccountingEntry], toLastEventOf invoiceID: Int64) throws {
    for (index, entry) in entries.enumerated() {
      insert.bind(1, invoiceID)
      insert.bind(2, index + 1)
      insert.bind(3, entry.side.rawValue)
      insert.bind(4, entry.account)
      insert.bind(5, entry.detail)
      insert.bind(6, entry.amount)
      try insert.run()
    }
  }

  /// Those of the last posting up to a day.
  func entries(of invoiceID: Int64, asOf day: CivilDate) throws -> [AccountingEntry] {
    select.bind(1, invoiceID)
    select.bind(2, day)
    defer { select.reset() }
    var entries: [AccountingEntry] = []
    while try select.step() {
      guard let side = AccountingEntry.Side(rawValue: select.text(0)) else { continue }
      entries.append(
        AccountingEntry(
          side: side, account: select.text(1), detail: select.optionalText(2),
          amount: select.money(3)))
    }
    return entries
  }
}
