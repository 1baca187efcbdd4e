import GRDB
import Shared

enum InvoiceLinesStore {
  /// Of each invoice, those of the file whose values count.
  static func write(
    _ db: Database, on day: CivilDate, _ fields: [Field], _ selection: Selection,
    _ writer: RecordWriter
  ) throws {
    let lines =
      """
      (SELECT l.*, i.invoice_no, d.direction, i.is_red, i.issued_on,
        (SELECT min(e.happened_on) FROM invoice_event e WHERE e.invoice_id = i.id
          AND (e.kind = 'received' OR e.kind = 'completed')) AS received_on
      FROM invoice i JOIN invoice_direction d ON d.invoice_id = i.id
      JOIN invoice_line l ON l.file_id = i.file_id)
      WHERE received_on <= ?1
      """
    try ExportStore.write(
      db, from: lines, on: day, order: "issued_on, invoice_no, line", fields, selection, writer)
  }
}
