import GRDB

/// What happened to invoices, in the order in which it was written. The schema refuses what must not
/// happen; a refusal comes out as a sentence.
package final class InvoiceEventStore {
  private let insert: SQLStatement
  private let select: SQLStatement

  package init(_ db: Database) throws {
    insert = try SQLStatement(
      db,
      """
      INSERT INTO main.invoice_event (invoice_id, seq, kind, happened_on, file_id, code, period, voucher,
        net_fen, tax_fen, gross_fen, other_no, reason, booked_on)
      VALUES (?1, (SELECT coalesce(max(seq), 0) + 1 FROM invoice_event WHERE invoice_id = ?1),
        ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
      """)
    select = try SQLStatement(
      db,
      """
      SELECT kind, happened_on, file_id, code, period, voucher, net_fen, tax_fen, gross_fen,
        other_no, reason, booked_on
      FROM invoice_event WHERE invoice_id = ?1 AND happened_on <= ?2 ORDER BY seq
      """)
  }

  /// - Throws: `ValueError` with the rule that the schema holds, `invoice.posted-already`.
  package func append(_ event: InvoiceEvent, to invoiceID: Int64) throws {
    insert.bind(1, invoiceID)
    insert.bind(2, event.kind.rawValue)
    insert.bind(3, event.on)
    insert.bind(4, event.fileID)
    insert.bind(5, event.code)
    insert.bind(6, event.period?.description)
    insert.bind(7, event.voucher)
    insert.bind(8, event.net?.fen)
    insert.bind(9, event.tax?.fen)
    insert.bind(10, event.gross?.fen)
    insert.bind(11, event.otherNo)
    insert.bind(12, event.reason)
    insert.bind(13, event.bookedOn)
    do { try insert.run() } catch let error as DatabaseError {
      throw InvoiceRefusalStore.error(error) ?? error
    }
  }

  /// Up to a day.
  package func events(of invoiceID: Int64, asOf day: CivilDate) throws -> [InvoiceEvent] {
    select.bind(1, invoiceID)
    select.bind(2, day)
    defer { select.reset() }
    var events: [InvoiceEvent] = []
    while try select.step() {
      guard let kind = InvoiceEvent.Kind(rawValue: select.text(0)) else { continue }
      var event = InvoiceEvent(
        kind, on: try select.date(1), fileID: select.optionalInteger(2),
        code: select.optionalText(3),
        period: select.isNull(4) ? nil : try select.month(4), voucher: select.optionalText(5),
        net: select.optionalInteger(6).map(Money.init(fen:)),
        tax: select.optionalInteger(7).map(Money.init(fen:)),
        gross: select.optionalInteger(8).map(Money.init(fen:)),
        otherNo: select.optionalText(9), reason: select.optionalText(10))
      event.bookedOn = try select.optionalDate(11)
      events.append(event)
    }
    return events
  }
}
