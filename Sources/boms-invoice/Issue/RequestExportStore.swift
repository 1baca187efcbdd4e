import GRDB
import Shared

/// Requests as they go to the tax bureau.
struct RequestExportStore {
  /// A request with all that it asks for.
  struct Request {
    var id: Int64
    var number: String
    var isRed: Bool
    var state: RequestState
    var companyNo: String
    var sellerName: String
    var sellerTaxNo: String
    var tenantNo: String
    var requestedOn: CivilDate
    /// Below zero in a red one.
    var sums: Amounts
    /// Of a red request, once the blue invoice is there.
    var blueNo: String?
    var redReason: RedReason?
    var content: RequestContent
  }

  struct Event {
    var event: String
    var day: CivilDate
    var invoiceNo: String?
    var reason: String?
  }

  private let db: Database
  private let contents: RequestContentStore

  init(_ db: Database) throws {
    self.db = db
    contents = try RequestContentStore(db)
  }

  /// - Throws: `Failure` 66 for a number that is not known.
  func requests(_ selection: RequestRecordsStore.Selection) throws -> [Request] {
    let row = try SQLStatement(
      db,
      """
      SELECT r.request_no, r.colour = 'red', s.state, r.company_no, c.name, c.credit_code,
        r.tenant_no, r.requested_on, r.net_fen, r.tax_fen, r.gross_fen,
        (SELECT t.invoice_no FROM invoice_request_state t WHERE t.request_id = r.blue_id), r.reason
      FROM invoice_request r JOIN invoice_request_state s ON s.request_id = r.id
      JOIN company c ON c.company_no = r.company_no
      WHERE r.id = ?
      """)
    var requests: [Request] = []
    try RequestRecordsStore(db: db).forEach(selection) { id, _ in
      row.bind(1, id)
      defer { row.reset() }
      guard try row.step() else { return }
      requests.append(
        Request(
          id: id, number: row.text(0), isRed: row.integer(1) == 1,
          state: RequestState(rawValue: row.text(2)) ?? .requested, companyNo: row.text(3),
          sellerName: row.text(4), sellerTaxNo: row.text(5), tenantNo: row.text(6),
          requestedOn: try row.date(7),
          sums: Amounts(net: row.money(8), tax: row.money(9), amount: row.money(10)),
          blueNo: row.optionalText(11), redReason: row.optionalText(12).flatMap(RedReason.init),
          content: try contents.content(of: id)))
    }
    return requests
  }

  func events(of id: Int64) throws -> [Event] {
    let rows = try SQLStatement(
      db,
      """
      SELECT event, happened_on, invoice_no, reason FROM invoice_request_event
      WHERE request_id = ? ORDER BY id
      """)
    rows.bind(1, id)
    var events: [Event] = []
    while try rows.step() {
      events.append(
        Event(
          event: rows.text(0), day: try rows.date(1), invoiceNo: rows.optionalText(2),
          reason: rows.optionalText(3)))
    }
    return events
  }

  /// The bill and the contract of a charge.
  func place(of charge: Int64) throws -> (billNo: String, contractNo: String) {
    let rows = try SQLStatement(db, "SELECT bill_no, contract_no FROM charge WHERE id = ?")
    rows.bind(1, charge)
    return try rows.step() ? (rows.text(0), rows.text(1)) : ("", "")
  }
}
