import GRDB
import Shared

/// Requests for invoices that nobody asked for (补登): with one, a charge on an invoice that was issued by
/// hand is invoiced like any other, and is taken back like any other.
final class MadeUpRequestStore {
  private let db: Database
  private let requests: RequestStore
  private let charge: SQLStatement
  private let blue: SQLStatement
  private let codes: SQLStatement

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
    codes = try SQLStatement(
      db,
      """
      SELECT net_fen, tax_code FROM invoice_line WHERE file_id = ? AND is_discount = 0 ORDER BY line
      """)
  }

  /// Writes the last numbers taken back; before the transaction ends.
  func save() throws { try requests.save() }

  /// - Parameter parts: with the sums of the invoice.
  /// - Returns: the request's id.
  func add(for invoice: OpenInvoice, _ parts: [ChargePart]) throws -> Int64 {
    if invoice.isRed { return try addRed(for: invoice, parts) }
    let codes = try codes(of: invoice)
    var tenantNo = ""
    var lines: [RequestContent.Line] = []
    for part in parts {
      charge.bind(1, part.chargeID)
      defer { charge.reset() }
      guard try charge.step() else { continue }
      tenantNo = charge.text(4)
      let item = charge.text(0)
      guard let code = codes.code(of: part, else: charge.optionalText(2)) else {
        throw ValueError(
          "match.tax-code",
          Phrase(
            "fee item '\(item)' has no tax code, and the invoice says none",
            "收费项目“\(item)”没有税收分类编码，发票上也没有"),
          hint: Phrase("give it one in the register fee_item", "请在收费项目登记表中补充"))
      }
      lines.append(
        RequestContent.Line(
          item: item, itemName: charge.text(1), taxCode: code, taxRate: charge.fixed(3),
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

  /// The codes on the lines of an invoice, with their amounts.
  private struct Codes {
    var lines: [(net: Money, code: String)] = []

    /// What was issued counts: the code of the line of that amount, or the one that all lines have; else
    /// that of the books.
    func code(of part: ChargePart, else own: String?) -> String? {
      let same = Set(lines.filter { $0.net == part.net }.map(\.code))
      let all = Set(lines.map(\.code))
      if same.count == 1 { return same.first }
      if all.count == 1 { return all.first }
      return own.flatMap { TaxCode.hasForm($0) ? $0 : nil }
    }
  }

  private func codes(of invoice: OpenInvoice) throws -> Codes {
    var found = Codes()
    codes.bind(1, invoice.fileID)
    defer { codes.reset() }
    while try codes.step() {
      guard let code = codes.optionalText(1), TaxCode.hasForm(code) else { continue }
      found.lines.append((codes.money(0), code))
    }
    return found
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
