import GRDB
import Shared

/// Requests as they were written.
struct RequestContentStore {
  private let header: SQLStatement
  private let lines: SQLStatement
  private let parts: SQLStatement
  private let leases: SQLStatement

  init(_ db: Database) throws {
    header = try SQLStatement(
      db,
      """
      SELECT buyer_name, buyer_is_person, buyer_tax_no, invoice_kind, buyer_address, buyer_phone,
        buyer_bank, buyer_account, buyer_email, business, remark
      FROM invoice_request WHERE id = ?
      """)
    lines = try SQLStatement(
      db,
      """
      SELECT item, item_name, tax_code, unit, quantity, price, tax_rate_e6, policy, net_fen, tax_fen,
        gross_fen, line
      FROM invoice_request_line WHERE request_id = ? ORDER BY line
      """)
    parts = try SQLStatement(
      db,
      """
      SELECT line, charge_id, net_fen, tax_fen, gross_fen FROM invoice_request_part
      WHERE request_id = ? ORDER BY charge_id
      """)
    leases = try SQLStatement(
      db,
      """
      SELECT unit_no, deed_no, region, address, from_on, to_on, cross_city, area_unit
      FROM invoice_request_lease WHERE request_id = ? ORDER BY seq
      """)
  }

  func content(of id: Int64) throws -> RequestContent {
    header.bind(1, id)
    defer { header.reset() }
    _ = try header.step()
    return RequestContent(
      buyer: Buyer(
        name: header.text(0), isPerson: header.integer(1) == 1, taxNo: header.optionalText(2),
        kind: Buyer.Kind(rawValue: header.text(3)) ?? .ordinary,
        address: header.optionalText(4), phone: header.optionalText(5),
        bank: header.optionalText(6), account: header.optionalText(7),
        email: header.optionalText(8)),
      business: header.optionalText(9).flatMap(RequestBusiness.init), lines: try lines(of: id),
      leases: try leases(of: id), remark: header.optionalText(10))
  }

  private func lines(of id: Int64) throws -> [RequestContent.Line] {
    var partsOfLine: [Int64: [RequestDraft.Part]] = [:]
    parts.bind(1, id)
    while try parts.step() {
      partsOfLine[parts.integer(0), default: []].append(
        RequestDraft.Part(
          charge: parts.integer(1),
          amounts: Amounts(net: parts.money(2), tax: parts.money(3), amount: parts.money(4))))
    }
    parts.reset()
    var found: [RequestContent.Line] = []
    lines.bind(1, id)
    while try lines.step() {
      found.append(
        RequestContent.Line(
          item: lines.text(0), itemName: lines.text(1), taxCode: lines.text(2),
          unit: lines.optionalText(3), quantity: lines.optionalText(4),
          price: lines.optionalText(5), taxRate: lines.fixed(6), policy: lines.optionalText(7),
          amounts: Amounts(net: lines.money(8), tax: lines.money(9), amount: lines.money(10)),
          parts: partsOfLine[lines.integer(11)] ?? []))
    }
    lines.reset()
    return found
  }

  private func leases(of id: Int64) throws -> [RequestContent.LeaseRow] {
    var found: [RequestContent.LeaseRow] = []
    leases.bind(1, id)
    while try leases.step() {
      found.append(
        RequestContent.LeaseRow(
          unitNo: leases.optionalText(0), deedNo: leases.text(1), region: leases.text(2),
          address: leases.text(3), period: Period(try leases.date(4), try leases.date(5)),
          isCrossCity: leases.integer(6) == 1, areaUnit: leases.text(7)))
    }
    leases.reset()
    return found
  }
}
