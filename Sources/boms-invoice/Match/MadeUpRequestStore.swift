import GRDB
import Shared

/// Requests for invoices that nobody asked for (补登): with one, a charge on an invoice that was issued by
/// hand is invoiced like any other, and is taken back like any other.
final class MadeUpRequestStore {
  private let db: Database
  private let requests: RequestStore
  private let charge: SQLStatement
  private let blue: SQLStatement

  init(_ db: Database) throws {
    self.db = db
    requests = try RequestStore(db)
    charge = try SQLStatement(
      db,
      """
      SELECT c.item, i.name, coalesce(c.tax_code, i.tax_code), c.tax_rate_e6, b.tenant_no
      FROM charge c JOIN bill b ON b.bill_no = c.bill_no JOIN fee_item i ON i.item = c.item
      WHERE c.id = ?
      """)
    blue = try SQLStatement(
      db,
      "SELECT request_id FROM invoice_request_state WHERE state = 'issued' AND invoice_no = ?")
  }

  /// Writes the last numbers taken back; before the transaction ends.
  func save() throws { try requests.save() }

  /// What was billed has no code if nobody gave its item one.
  private static let unknownCode = String(repeating: "0", count: 19)

  /// - Parameter parts: with the sums of the invoice.
  /// - Returns: the request's id.
  func add(for invoice: OpenInvoice, _ parts: [ChargePart]) throws -> Int64 {
    if invoice.isRed { return try addRed(for: invoice, parts) }
    var tenantNo = ""
    var lines: [RequestContent.Line] = []
    for part in parts {
      charge.bind(1, part.chargeID)
      defer { charge.reset() }
      guard try charge.step() else { continue }
      tenantNo = charge.text(4)
      let code = charge.optionalText(2).flatMap { TaxCode.hasForm($0) ? $0 : nil }
      lines.append(
        RequestContent.Line(
          item: charge.text(0), itemName: charge.text(1),
          taxCode: code ?? MadeUpRequestStore.unknownCode, taxRate: charge.fixed(3),
          amounts: part.amounts,
          parts: [RequestDraft.Part(charge: part.chargeID, amounts: part.amounts)]))
    }
    let isSpecial = invoice.kind == Buyer.Kind.special.rawValue && invoice.partyTaxNo != nil
    let buyer = Buyer(
      name: invoice.partyName ?? tenantNo, isPerson: invoice.partyTaxNo == nil,
      taxNo: invoice.partyTaxNo, kind: isSpecial ? .special : .ordinary)
    return try requests.append(
      RequestContent(buyer: buyer, lines: lines, leases: []), companyNo: invoice.companyNo,
      tenantNo: tenantNo, invoice.amounts, on: invoice.issuedOn)
  }

  private func addRed(for invoice: OpenInvoice, _ parts: [ChargePart]) throws -> Int64 {
    blue.bind(1, invoice.blueNo)
    defer { blue.reset() }
    guard try blue.step() else {
      throw ValueError(
        "match.red",
        Phrase("the blue invoice is not matched", "所对应的蓝字发票尚未匹配"))
    }
    try requests.appendRed(
      of: blue.integer(0),
      parts.map { RequestStore.Back(charge: $0.chargeID, amounts: $0.reversed.amounts) }, .mistake,
      byHand: true, on: invoice.issuedOn)
    return try requests.last()
  }
}
