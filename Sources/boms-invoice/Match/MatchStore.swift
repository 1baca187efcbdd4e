import GRDB
import Shared

/// What there is to match: invoices, requests, what is billed, purchases.
final class MatchStore {
  private let db: Database
  private let charges: SQLStatement
  private let extras: SQLStatement
  private let lines: SQLStatement
  private let requestParts: SQLStatement
  private let standing: SQLStatement

  init(_ db: Database) throws {
    self.db = db
    charges = try SQLStatement(
      db,
      MatchStore.chargesOf("k.tenant_no = ?1 AND b.company_no = ?2 AND b.bill_on BETWEEN ?3 AND ?4")
    )
    extras = try SQLStatement(db, "SELECT text FROM invoice_extra WHERE file_id = ?")
    lines = try SQLStatement(
      db,
      """
      SELECT net_fen, coalesce(tax_rate_e6, rate_kind), is_discount FROM invoice_line
      WHERE file_id = ? ORDER BY line
      """)
    requestParts = try SQLStatement(
      db,
      """
      SELECT charge_id, sum(net_fen), sum(tax_fen), sum(gross_fen) FROM invoice_request_part
      WHERE request_id = ? GROUP BY charge_id ORDER BY charge_id
      """)
    standing = try SQLStatement(
      db,
      """
      SELECT m.charge_id, sum(m.net_fen), sum(m.tax_fen), sum(m.gross_fen)
      FROM invoice_charge m JOIN invoice i ON i.id = m.invoice_id
      WHERE m.invoice_id IN (SELECT id FROM invoice WHERE invoice_no = ?1 OR blue_no = ?1)
      GROUP BY m.charge_id HAVING sum(m.gross_fen) <> 0 ORDER BY m.charge_id
      """)
  }

  // MARK: Invoices

  private static func invoices(_ side: MatchDirection, _ condition: String) -> String {
    let (own, party) = side == .out ? ("seller", "buyer") : ("buyer", "seller")
    return """
      SELECT i.id, i.invoice_no, i.kind, i.is_red, i.blue_no, i.issued_on, d.\(own)_company_no,
        i.\(party)_tax_no, i.\(party)_name, i.net_fen, i.tax_fen, i.gross_fen, i.remark, i.file_id
      FROM invoice i JOIN invoice_direction d ON d.invoice_id = i.id
      WHERE d.\(own)_company_no IS NOT NULL AND i.issued_on IS NOT NULL AND i.gross_fen <> 0
        AND \(condition)
      ORDER BY i.issued_on, i.invoice_no
      """
  }

  private static func unmatched(_ side: MatchDirection) -> String {
    """
    NOT EXISTS (SELECT 1 FROM invoice_match m
      WHERE m.invoice_id = i.id AND m.side = '\(side.rawValue)')
    AND (SELECT e.kind FROM invoice_event e WHERE e.invoice_id = i.id
      AND e.kind IN ('conflict', 'resolved') ORDER BY e.seq DESC LIMIT 1) IS NOT 'conflict'
    """
  }

  /// Invoices that are matched to nothing, in the order of their days. One in conflict waits, and one of
  /// which only the number is known.
  func open(_ side: MatchDirection) throws -> [OpenInvoice] {
    let rows = try SQLStatement(db, MatchStore.invoices(side, MatchStore.unmatched(side)))
    var found: [OpenInvoice] = []
    while try rows.step() { found.append(try MatchStore.invoice(rows, side)) }
    return found
  }

  /// An invoice by its number, on that side; nil if it is none of that side's, or cannot be matched yet.
  func invoice(_ no: String, _ side: MatchDirection) throws -> OpenInvoice? {
    let rows = try SQLStatement(db, MatchStore.invoices(side, "i.invoice_no = ?"))
    rows.bind(1, no)
    return try rows.step() ? try MatchStore.invoice(rows, side) : nil
  }

  /// Those that are matched, with what they are matched to.
  func matched(_ side: MatchDirection) throws -> [(OpenInvoice, MatchTarget)] {
    let rows = try SQLStatement(
      db,
      """
      SELECT o.*, m.code, m.other_no FROM (\(MatchStore.invoices(side, "1"))) o
      JOIN invoice_match m ON m.invoice_id = o.id AND m.side = '\(side.rawValue)'
      ORDER BY o.issued_on, o.invoice_no
      """)
    var found: [(OpenInvoice, MatchTarget)] = []
    while try rows.step() {
      guard let kind = MatchTarget.Kind(rawValue: rows.text(14)) else { continue }
      found.append((try MatchStore.invoice(rows, side), MatchTarget(kind, rows.text(15))))
    }
    return found
  }

  private static func invoice(_ rows: SQLStatement, _ side: MatchDirection) throws -> OpenInvoice {
    OpenInvoice(
      id: rows.integer(0), no: rows.text(1), kind: rows.optionalText(2),
      isRed: rows.integer(3) != 0, blueNo: rows.optionalText(4), issuedOn: try rows.date(5),
      companyNo: rows.text(6), partyTaxNo: rows.optionalText(7), partyName: rows.optionalText(8),
      net: rows.money(9), tax: rows.money(10), gross: rows.money(11), remark: rows.optionalText(12),
      fileID: rows.optionalInteger(13), direction: side)
  }

  /// Pairs that somebody has taken apart: they are not put together again by themselves.
  func refused() throws -> [Int64: Set<MatchTarget>] {
    let rows = try SQLStatement(
      db,
      "SELECT invoice_id, code, other_no FROM invoice_event WHERE kind = 'unmatched'")
    var found: [Int64: Set<MatchTarget>] = [:]
    while try rows.step() {
      guard let kind = MatchTarget.Kind(rawValue: rows.text(1)) else { continue }
      found[rows.integer(0), default: []].insert(MatchTarget(kind, rows.text(2)))
    }
    return found
  }

  /// What an invoice says beyond its values: its remark, and what else its file has.
  func texts(_ invoice: OpenInvoice) throws -> [String] {
    var texts = [invoice.remark].compactMap { $0 }
    guard let file = invoice.fileID else { return texts }
    extras.bind(1, file)
    defer { extras.reset() }
    while try extras.step() { texts.append(extras.text(0)) }
    return texts
  }

  /// `net rate` of each line, sorted; a discount is taken off the line before.
  func lines(of invoice: OpenInvoice) throws -> [String] {
    guard let file = invoice.fileID else { return [] }
    lines.bind(1, file)
    defer { lines.reset() }
    var found: [(net: Int64, rate: String)] = []
    while try lines.step() {
      if lines.integer(2) != 0, let last = found.indices.last {
        found[last].net += lines.integer(0)
      } else {
        found.append((lines.integer(0), lines.text(1)))
      }
    }
    return found.map { "\($0.net) \($0.rate)" }.sorted()
  }

  // MARK: Requests

  struct OpenRequest {
    var id: Int64
    var no: String
    var companyNo: String
    var isRed: Bool
    var kind: String
    var buyerTaxNo: String?
    var buyerName: String
    var requestedOn: CivilDate
    var remark: String?
    var tax: Money
    var gross: Money
    /// Of a red request: the number of the invoice that it takes back, if that is there.
    var blueNo: String?
  }

  private static let requests = """
    SELECT r.id, r.request_no, r.company_no, r.colour = 'red', r.invoice_kind, r.buyer_tax_no,
      r.buyer_name, r.requested_on, r.remark, r.tax_fen, r.gross_fen,
      (SELECT b.invoice_no FROM invoice_request_state b
        WHERE b.request_id = r.blue_id AND b.state = 'issued')
    FROM invoice_request r JOIN invoice_request_state s ON s.request_id = r.id
    WHERE s.state NOT IN ('issued', 'withdrawn')
    """

  /// Requests whose invoices have not come.
  func requests() throws -> [OpenRequest] {
    try requests(try SQLStatement(db, "\(MatchStore.requests) ORDER BY r.id"))
  }

  /// One of them by its number.
  func request(_ no: String) throws -> OpenRequest? {
    let rows = try SQLStatement(db, "\(MatchStore.requests) AND r.request_no = ?")
    rows.bind(1, no)
    return try requests(rows).first
  }

  private func requests(_ rows: SQLStatement) throws -> [OpenRequest] {
    var found: [OpenRequest] = []
    while try rows.step() {
      found.append(
        OpenRequest(
          id: rows.integer(0), no: rows.text(1), companyNo: rows.text(2),
          isRed: rows.integer(3) != 0, kind: rows.text(4), buyerTaxNo: rows.optionalText(5),
          buyerName: rows.text(6), requestedOn: try rows.date(7), remark: rows.optionalText(8),
          tax: rows.money(9), gross: rows.money(10), blueNo: rows.optionalText(11)))
    }
    return found
  }

  func lines(of request: OpenRequest) throws -> [String] {
    let rows = try SQLStatement(
      db, "SELECT net_fen, tax_rate_e6 FROM invoice_request_line WHERE request_id = ?")
    rows.bind(1, request.id)
    var found: [String] = []
    while try rows.step() { found.append("\(rows.integer(0)) \(rows.integer(1))") }
    return found.sorted()
  }

  func parts(ofRequest id: Int64) throws -> [ChargePart] {
    requestParts.bind(1, id)
    return try MatchStore.parts(requestParts)
  }

  /// What a blue invoice is for by now, less what red ones took back.
  func parts(ofBlue no: String) throws -> [ChargePart] {
    standing.bind(1, no)
    return try MatchStore.parts(standing)
  }

  private static func parts(_ rows: SQLStatement) throws -> [ChargePart] {
    defer { rows.reset() }
    var found: [ChargePart] = []
    while try rows.step() {
      found.append(
        ChargePart(
          chargeID: rows.integer(0), net: rows.money(1), tax: rows.money(2), gross: rows.money(3)))
    }
    return found
  }

  // MARK: What is billed

  struct Tenants {
    fileprivate var byTaxNo: [String: Set<String>] = [:]
    fileprivate var byName: [String: Set<String>] = [:]

    /// The tenants that the other party of an invoice may be, by number, else by name.
    func of(_ invoice: OpenInvoice) -> Set<String> {
      if let no = invoice.partyTaxNo, let found = byTaxNo[no.uppercased()] { return found }
      return invoice.partyName.flatMap { byName[comparableName($0)] } ?? []
    }
  }

  func tenants() throws -> Tenants {
    let rows = try SQLStatement(
      db, "SELECT tenant_no, invoice_tax_no, credit_code, id_no, invoice_title, name FROM tenant")
    var tenants = Tenants()
    while try rows.step() {
      for column in 1...3 {
        guard let no = rows.optionalText(column) else { continue }
        tenants.byTaxNo[no.uppercased(), default: []].insert(rows.text(0))
      }
      for column in 4...5 {
        guard let name = rows.optionalText(column) else { continue }
        tenants.byName[comparableName(name), default: []].insert(rows.text(0))
      }
    }
    return tenants
  }

  /// A charge with all its adjustments, and how much of it nobody has asked an invoice for.
  struct BilledCharge {
    var billNo: String
    var tenantNo: String
    var companyNo: String
    var part: ChargePart
    var uninvoiced: Money
  }

  private static func chargesOf(_ condition: String) -> String {
    """
    SELECT b.bill_no, c.id, sum(w.net_fen), sum(w.tax_fen), sum(w.amount_fen),
      coalesce((SELECT asked_fen FROM charge_invoiced v WHERE v.charge_id = c.id), 0),
      b.tenant_no, b.company_no
    FROM contract k JOIN bill b ON b.contract_no = k.contract_no
    JOIN charge c ON c.bill_no = b.bill_no AND c.adjusts IS NULL
    JOIN fee_item i ON i.item = c.item
    JOIN charge w ON (w.id = c.id OR w.adjusts = c.id)
    WHERE i.kind NOT IN ('deposit', 'pass_through') AND NOT EXISTS (SELECT 1 FROM opening_balance o
        WHERE c.kind = 'opening' AND o.contract_no = c.contract_no AND o.kind = 'receivable'
          AND o.invoiced = 1 AND c.source = 'O' || o.item || '/' || o.due_on)
      AND \(condition)
    GROUP BY c.id HAVING sum(w.amount_fen) > 0 ORDER BY b.bill_no, c.id
    """
  }

  /// What was billed to the tenant by that company within those days.
  func billed(_ tenantNo: String, _ companyNo: String, _ days: Period) throws -> [BilledCharge] {
    charges.bind(1, tenantNo)
    charges.bind(2, companyNo)
    charges.bind(3, days.from)
    charges.bind(4, days.to)
    return try MatchStore.billed(charges)
  }

  func billed(bill no: String) throws -> [BilledCharge] {
    let rows = try SQLStatement(db, MatchStore.chargesOf("b.bill_no = ?"))
    rows.bind(1, no)
    return try MatchStore.billed(rows)
  }

  func billed(charge id: Int64) throws -> BilledCharge? {
    let rows = try SQLStatement(db, MatchStore.chargesOf("c.id = ?"))
    rows.bind(1, id)
    return try MatchStore.billed(rows).first
  }

  private static func billed(_ rows: SQLStatement) throws -> [BilledCharge] {
    defer { rows.reset() }
    var found: [BilledCharge] = []
    while try rows.step() {
      let part = ChargePart(
        chargeID: rows.integer(1), net: rows.money(2), tax: rows.money(3), gross: rows.money(4))
      found.append(
        BilledCharge(
          billNo: rows.text(0), tenantNo: rows.text(6), companyNo: rows.text(7), part: part,
          uninvoiced: try part.gross - rows.money(5)))
    }
    return found
  }

  // MARK: Purchases

  struct Purchase {
    var no: String
    var companyNo: String
    var supplier: String
    var supplierTaxNo: String?
    var purchasedOn: CivilDate
    /// Of which there is no invoice yet.
    var missing: Money
    var use: String?
  }

  private static let purchase = """
    SELECT p.purchase_no, p.company_no, p.supplier, p.supplier_tax_no, p.purchased_on,
      p.use, p.amount_fen - coalesce((SELECT sum(i.gross_fen) FROM invoice_match m
        JOIN invoice i ON i.id = m.invoice_id
        WHERE m.code = 'purchase' AND m.other_no = p.purchase_no), 0) AS missing_fen
    FROM purchase p
    """

  /// Purchases for which an invoice is missing.
  func purchases() throws -> [Purchase] {
    try MatchStore.purchases(
      try SQLStatement(
        db,
        """
        SELECT * FROM (\(MatchStore.purchase)) WHERE missing_fen <> 0
        ORDER BY purchased_on, purchase_no
        """))
  }

  func purchase(_ no: String) throws -> Purchase? {
    let rows = try SQLStatement(db, "\(MatchStore.purchase) WHERE p.purchase_no = ?")
    rows.bind(1, no)
    return try MatchStore.purchases(rows).first
  }

  private static func purchases(_ rows: SQLStatement) throws -> [Purchase] {
    var found: [Purchase] = []
    while try rows.step() {
      found.append(
        Purchase(
          no: rows.text(0), companyNo: rows.text(1), supplier: rows.text(2),
          supplierTaxNo: rows.optionalText(3), purchasedOn: try rows.date(4),
          missing: rows.money(6), use: rows.optionalText(5)))
    }
    return found
  }

  // MARK: What stands

  /// What an invoice is matched to on that side.
  func target(_ no: String, _ side: MatchDirection) throws -> MatchTarget? {
    let rows = try SQLStatement(
      db,
      """
      SELECT m.code, m.other_no FROM invoice i JOIN invoice_match m ON m.invoice_id = i.id
      WHERE i.invoice_no = ? AND m.side = ?
      """)
    rows.bind(1, no)
    rows.bind(2, side.rawValue)
    guard try rows.step(), let kind = MatchTarget.Kind(rawValue: rows.text(0)) else { return nil }
    return MatchTarget(kind, rows.text(1))
  }

  /// Red invoices that took back something of this one, and stand.
  func matchedReds(of no: String, _ side: MatchDirection) throws -> [String] {
    let rows = try SQLStatement(
      db,
      """
      SELECT i.invoice_no FROM invoice i JOIN invoice_match m ON m.invoice_id = i.id
      WHERE i.blue_no = ? AND m.side = ? ORDER BY i.invoice_no
      """)
    rows.bind(1, no)
    rows.bind(2, side.rawValue)
    var found: [String] = []
    while try rows.step() { found.append(rows.text(0)) }
    return found
  }
}
