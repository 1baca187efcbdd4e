import GRDB

/// An invoice of the pool, as far as the tax side asks.
package struct TaxInvoice {
  package var id: Int64
  package var number: String
  /// Of a red invoice.
  package var blueNo: String?
  package var kind: InvoiceKind?
  package var business: BusinessType?
  package var issuedOn: CivilDate?
  package var sellerTaxNo: String?
  package var sellerName: String?
  package var buyerTaxNo: String?
  package var buyerName: String?
  package var sellerCompanyNo: String?
  package var buyerCompanyNo: String?
  /// `in`, `out`, `internal` or `other`.
  package var direction: String
  package var fileID: Int64?
  package var requestedAt: String?
  package var standing: InvoiceStanding

  package var isIncoming: Bool { buyerCompanyNo != nil }

  /// Whether its kind and its tax could be deducted.
  package var isDeductible: Bool {
    DeductionCase.isDeductible(kind, business) && standing.sums.tax > .zero
  }
}

/// Reads invoices of the pool with their standing on a day.
package final class TaxInvoiceStore {
  /// Which invoices; nil leaves open.
  package struct Filter {
    package var month: CivilMonth?
    /// A tax number, or a part of a name.
    package var seller: String?
    package var buyer: String?
    package var companyNo: String?

    package init(
      month: CivilMonth? = nil, seller: String? = nil, buyer: String? = nil,
      companyNo: String? = nil
    ) {
      (self.month, self.seller, self.buyer) = (month, seller, buyer)
      self.companyNo = companyNo
    }
  }

  private static let columns =
    """
    \(InvoiceStandingStore.columns), i.kind, i.business, i.seller_tax_no, i.seller_name,
    i.buyer_tax_no, i.buyer_name, d.seller_company_no, d.buyer_company_no, d.direction,
    coalesce(i.requested_at, i.issued_at)
    """

  private let db: Database
  private let standings: InvoiceStandingStore
  private let byNumber: SQLStatement
  private let lines: SQLStatement
  private let extra: SQLStatement

  package init(_ db: Database, asOf day: CivilDate) throws {
    self.db = db
    standings = try InvoiceStandingStore(db, asOf: day)
    byNumber = try SQLStatement(
      db,
      """
      SELECT \(TaxInvoiceStore.columns) FROM invoice i
      JOIN invoice_direction d ON d.invoice_id = i.id WHERE i.invoice_no = ?1
      """)
    lines = try SQLStatement(
      db, "SELECT item_name, tax_code, coalesce(tax_e6, 0) FROM invoice_line WHERE file_id = ?1")
    extra = try SQLStatement(
      db,
      """
      SELECT text FROM invoice_extra WHERE file_id = ?1 AND (path = ?2 OR path GLOB '*/' || ?2)
      ORDER BY seq LIMIT 1
      """)
  }

  /// - Returns: nil if the pool does not have it on the day.
  package func find(_ number: String) throws -> TaxInvoice? {
    byNumber.bind(1, number)
    defer { byNumber.reset() }
    return try byNumber.step() ? invoice(byNumber) : nil
  }

  /// Those that had come by the day, in the order of days and numbers.
  package func forEach(_ filter: Filter = Filter(), _ body: (TaxInvoice) throws -> Void) throws {
    let rows = try SQLStatement(
      db,
      """
      SELECT \(TaxInvoiceStore.columns) FROM invoice i
      JOIN invoice_direction d ON d.invoice_id = i.id
      WHERE (?1 IS NULL OR i.issued_on BETWEEN ?1 AND ?2)
        AND (?3 IS NULL OR i.seller_tax_no = ?3 OR instr(i.seller_name, ?3) > 0)
        AND (?4 IS NULL OR i.buyer_tax_no = ?4 OR instr(i.buyer_name, ?4) > 0)
        AND (?5 IS NULL OR d.buyer_company_no = ?5 OR d.seller_company_no = ?5)
      ORDER BY i.issued_on, i.invoice_no
      """)
    rows.bind(1, filter.month?.first)
    rows.bind(2, filter.month?.last)
    rows.bind(3, filter.seller)
    rows.bind(4, filter.buyer)
    rows.bind(5, filter.companyNo)
    while try rows.step() {
      if let invoice = try invoice(rows) { try body(invoice) }
    }
  }

  private func invoice(_ row: SQLStatement) throws -> TaxInvoice? {
    guard let standing = try standings.standing(row) else { return nil }
    let at = InvoiceStandingStore.columnCount
    return TaxInvoice(
      id: row.integer(0), number: row.text(1), blueNo: row.optionalText(3),
      kind: row.optionalText(at).flatMap(InvoiceKind.init),
      business: row.optionalText(at + 1).flatMap(BusinessType.init),
      issuedOn: try row.optionalDate(4), sellerTaxNo: row.optionalText(at + 2),
      sellerName: row.optionalText(at + 3), buyerTaxNo: row.optionalText(at + 4),
      buyerName: row.optionalText(at + 5), sellerCompanyNo: row.optionalText(at + 6),
      buyerCompanyNo: row.optionalText(at + 7), direction: row.text(at + 8),
      fileID: standing.history.fileID ?? row.optionalInteger(8),
      requestedAt: row.optionalText(at + 9), standing: standing)
  }

  /// The lines of the file whose values count.
  package func lines(of invoice: TaxInvoice) throws -> [DeductionCase.Line] {
    guard let fileID = invoice.fileID else { return [] }
    lines.bind(1, fileID)
    defer { lines.reset() }
    var found: [DeductionCase.Line] = []
    while try lines.step() {
      found.append(
        DeductionCase.Line(
          itemName: lines.optionalText(0), taxCode: lines.optionalText(1), tax: lines.fixed(2)))
    }
    return found
  }

  /// What decides whether its tax may be deducted.
  package func deductionCase(of invoice: TaxInvoice) throws -> DeductionCase {
    DeductionCase(
      isIncoming: invoice.isIncoming, kind: invoice.kind, business: invoice.business,
      issuedOn: invoice.issuedOn, standing: invoice.standing, lines: try lines(of: invoice))
  }

  /// What else its file says under an element of that name.
  package func extra(_ name: String, of invoice: TaxInvoice) throws -> String? {
    guard let fileID = invoice.fileID else { return nil }
    extra.bind(1, fileID)
    extra.bind(2, name)
    defer { extra.reset() }
    return try extra.step() ? extra.text(0) : nil
  }
}
