import GRDB
import Shared

/// Records what an invoice is for, and takes it back.
final class MatchLedgerStore {
  private let asOf: CivilDate
  private let open: OpenMonths
  private let events: InvoiceEventStore
  private let charge: SQLStatement
  private let issued: SQLStatement
  private let reverse: SQLStatement
  private let requestsOf: SQLStatement
  private let madeUp: MadeUpRequestStore
  private let used: SQLStatement
  private let savepoint: SQLStatement
  private let release: SQLStatement
  private let rollBack: SQLStatement

  init(_ db: Database, asOf: CivilDate) throws {
    self.asOf = asOf
    open = try OpenMonths(db)
    events = try InvoiceEventStore(db)
    charge = try SQLStatement(
      db,
      """
      INSERT INTO main.invoice_charge (invoice_id, request_id, charge_id, net_fen, tax_fen, gross_fen,
        booked_on) VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
    issued = try SQLStatement(
      db,
      """
      INSERT INTO invoice_request_event (request_id, event, happened_on, invoice_no, reason)
      VALUES (?, ?, ?, ?, ?)
      """)
    reverse = try SQLStatement(
      db,
      """
      INSERT INTO main.invoice_charge (invoice_id, request_id, charge_id, net_fen, tax_fen, gross_fen,
        booked_on, reverses)
      SELECT m.invoice_id, m.request_id, m.charge_id, -m.net_fen, -m.tax_fen, -m.gross_fen,
        max(m.booked_on, ?2), m.id
      FROM invoice_charge m WHERE m.invoice_id = ?1 AND m.reverses IS NULL
        AND NOT EXISTS (SELECT 1 FROM invoice_charge r WHERE r.reverses = m.id)
      ORDER BY m.id
      """)
    requestsOf = try SQLStatement(
      db,
      """
      SELECT s.request_id FROM invoice i JOIN invoice_request_state s
        ON s.state = 'issued' AND s.invoice_no = i.invoice_no WHERE i.id = ?
      """)
    madeUp = try MadeUpRequestStore(db)
    savepoint = try SQLStatement(db, "SAVEPOINT invoice_match")
    release = try SQLStatement(db, "RELEASE invoice_match")
    rollBack = try SQLStatement(db, "ROLLBACK TO invoice_match")
    used = try SQLStatement(
      db,
      """
      SELECT code FROM invoice_event WHERE invoice_id = ? AND kind = 'used' ORDER BY seq DESC LIMIT 1
      """)
  }

  /// Writes the last numbers taken back; before the transaction ends.
  func save() throws { try madeUp.save() }

  /// Records all of it or nothing.
  /// - Returns: why it is refused; nil if it is recorded.
  func attempt(_ record: () throws -> Void) throws -> Phrase? {
    try savepoint.run()
    var refusal: Phrase?
    do { try record() } catch let error as ValueError {
      refusal = error.message
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      refusal = Phrase(refused: error)
    }
    if refusal != nil { try rollBack.run() }
    try release.run()
    return refusal
  }

  /// - Parameters:
  ///   - request: the one that asked for it; of ours without one, a request is made up.
  ///   - parts: how much of each charge; none of what comes in.
  func match(
    _ invoice: OpenInvoice, to target: MatchTarget, request: Int64? = nil, _ parts: [ChargePart],
    use: String? = nil, reason: String?
  ) throws {
    try events.append(
      InvoiceEvent(
        .matched, on: asOf, code: target.kind.rawValue, otherNo: target.no, reason: reason),
      to: invoice.id)
    if let use { try take(use, invoice) }
    guard invoice.direction == .out else { return }
    let parts = try ChargePart.fitted(parts, to: invoice)
    let request = try request ?? madeUp.add(for: invoice, parts)
    for part in parts {
      charge.bind(1, invoice.id)
      charge.bind(2, request)
      charge.bind(3, part.chargeID)
      charge.bind(4, part.net)
      charge.bind(5, part.tax)
      charge.bind(6, part.gross)
      charge.bind(7, open.bookedOn(invoice.companyNo, invoice.issuedOn))
      try charge.run()
    }
    try record("issued", request, invoice.no, nil)
  }

  func unmatch(_ invoice: OpenInvoice, from target: MatchTarget, reason: String) throws {
    try events.append(
      InvoiceEvent(
        .unmatched, on: asOf, code: target.kind.rawValue, otherNo: target.no, reason: reason),
      to: invoice.id)
    guard invoice.direction == .out else { return }
    reverse.bind(1, invoice.id)
    reverse.bind(2, open.bookedOn(invoice.companyNo, invoice.issuedOn))
    try reverse.run()
    requestsOf.bind(1, invoice.id)
    guard try requestsOf.step() else { return }
    let request = requestsOf.integer(0)
    requestsOf.reset()
    try record("unissued", request, nil, nil)
    // A request that was made up for the invoice is gone with it.
    if target.kind != .request { try record("withdrawn", request, nil, reason) }
  }

  /// An invoice is used for what its purchase is used for.
  private func take(_ use: String, _ invoice: OpenInvoice) throws {
    used.bind(1, invoice.id)
    let known = try used.step() ? used.optionalText(0) : nil
    used.reset()
    if known != use { try events.append(InvoiceEvent(.used, on: asOf, code: use), to: invoice.id) }
  }

  private func record(
    _ kind: String, _ request: Int64, _ invoiceNo: String?, _ reason: String?
  ) throws {
    issued.bind(1, request)
    issued.bind(2, kind)
    issued.bind(3, asOf)
    issued.bind(4, invoiceNo)
    issued.bind(5, reason)
    try issued.run()
  }
}
