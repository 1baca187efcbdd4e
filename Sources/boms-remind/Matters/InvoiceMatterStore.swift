import GRDB
import Shared

/// 发票未查验, 发票未勾选 and 红字待确认, by the events of the pool and of requests. They are a company's and
/// of no property.
struct InvoiceMatterStore: MatterSource {
  let scope: MatterScope

  func forEach(_ body: (Matter) throws -> Void) throws {
    // What is of no property is no matter of one.
    guard scope.property == nil else { return }
    try forEachUnverified(body)
    try forEachUndeducted(body)
    try forEachRedRequest(body)
  }

  /// The last word of others on an invoice, as of the day: a list may be read after a newer one.
  private static func said(_ kind: String) -> String {
    """
    (SELECT e.code FROM invoice_event e WHERE e.invoice_id = i.id AND e.kind = '\(kind)'
      AND e.happened_on <= ?1 ORDER BY e.happened_on DESC, e.seq DESC LIMIT 1)
    """
  }

  /// Invoices to us that had come by the day, with their first day.
  private static let incoming =
    """
    SELECT i.*, (SELECT min(e.happened_on) FROM invoice_event e WHERE e.invoice_id = i.id
      AND (e.kind = 'received' OR e.kind = 'completed') AND e.happened_on <= ?1) AS received_on
    FROM invoice i JOIN invoice_direction d ON d.invoice_id = i.id
    WHERE (d.direction = 'in' OR d.direction = 'internal') AND i.gross_fen IS NOT NULL
      AND received_on IS NOT NULL
    """

  /// Nobody has asked the tax platform, or it gave no answer (01).
  private func forEachUnverified(_ body: (Matter) throws -> Void) throws {
    let rows = try SQLStatement(
      scope.db,
      """
      SELECT i.invoice_no, i.issued_on, i.seller_name, i.buyer_name, i.gross_fen, i.tax_fen,
        i.received_on
      FROM (\(InvoiceMatterStore.incoming)) i
      WHERE coalesce(\(InvoiceMatterStore.said("verified")), '01') = '01'
      ORDER BY i.invoice_no
      """)
    rows.bind(1, scope.asOf)
    while try rows.step() {
      try body(
        scope.matter(
          .invoiceUnverified, rows.text(0), dueOn: try rows.date(6), propertyNo: nil,
          try facts(rows)))
    }
  }

  /// Invoices whose tax could be deducted with the next return: what 'boms-invoice deduct select' proposes.
  private func forEachUndeducted(_ body: (Matter) throws -> Void) throws {
    let next = TaxPeriod(openOn: scope.asOf)
    let invoices = try TaxInvoiceStore(scope.db, asOf: scope.asOf)
    try invoices.forEach { invoice in
      let verdict = try DeductionVerdict(invoices.deductionCase(of: invoice), month: next.month)
      guard case .tick(let tax, _) = verdict else { return }
      var facts: Matter.Facts = [
        "invoice_no": .text(invoice.number), "seller_name": .text(invoice.sellerName ?? ""),
        "amount": .money(invoice.standing.sums.gross), "tax": .money(tax),
      ]
      facts["issued_on"] = invoice.issuedOn.map(Fact.date)
      facts["buyer_name"] = invoice.buyerName.map(Fact.text)
      var matter = scope.matter(
        .invoiceUndeducted, invoice.number, dueOn: next.dueOn, propertyNo: nil, facts)
      matter.amount = tax
      try body(matter)
    }
  }

  private func facts(_ row: SQLStatement) throws -> Matter.Facts {
    var facts: Matter.Facts = [
      "invoice_no": .text(row.text(0)), "seller_name": .text(row.text(2)),
      "amount": .money(row.money(4)),
    ]
    facts["issued_on"] = try row.optionalDate(1).map(Fact.date)
    facts["buyer_name"] = row.optionalText(3).map(Fact.text)
    return facts
  }

  /// Red requests whose invoice has not come.
  private func forEachRedRequest(_ body: (Matter) throws -> Void) throws {
    let rows = try SQLStatement(
      scope.db,
      """
      SELECT r.request_no, r.requested_on, r.buyer_name, r.gross_fen, r.tenant_no,
        (SELECT e.invoice_no FROM invoice_request_event e WHERE e.request_id = r.blue_id
          AND e.event = 'issued' AND e.happened_on <= ?1 ORDER BY e.id DESC LIMIT 1)
      FROM invoice_request r
      WHERE r.colour = 'red' AND r.requested_on <= ?1
        AND coalesce((SELECT e.event FROM invoice_request_event e WHERE e.request_id = r.id
          AND e.happened_on <= ?1 ORDER BY e.id DESC LIMIT 1), '') NOT IN ('issued', 'withdrawn')
      ORDER BY r.request_no
      """)
    rows.bind(1, scope.asOf)
    while try rows.step() {
      var facts: Matter.Facts = [
        "request_no": .text(rows.text(0)), "buyer_name": .text(rows.text(2)),
        "amount": .money(rows.money(3)), "invoice_no": .text(rows.optionalText(5) ?? "–"),
      ]
      facts["tenant_no"] = .text(rows.text(4))
      try body(
        scope.matter(
          .redRequestPending, rows.text(0), dueOn: try rows.date(1), propertyNo: nil,
          tenantNo: rows.text(4), facts))
    }
  }
}
