import GRDB
import Shared

/// What requests are written from: who sells, who buys, what is leased. Each is looked up once.
final class IssueFactsStore {
  private let company: SQLStatement
  private let tenant: SQLStatement
  private let property: SQLStatement
  private let termUnits: SQLStatement
  private let units: SQLStatement
  private var companies: [String: (seller: RequestDraft.Seller, city: String?)] = [:]
  private var buyers: [String: Buyer] = [:]

  let setting: RequestSetting

  init(_ db: Database) throws {
    setting = RequestSetting(
      taxCodes: try String.fetchSet(
        db,
        sql: """
          SELECT tax_code FROM fee_item WHERE tax_code IS NOT NULL
          UNION SELECT tax_code FROM tax_rate WHERE tax_code IS NOT NULL
          """))
    company = try SQLStatement(
      db, "SELECT taxpayer_kind, address FROM company WHERE company_no = ?")
    tenant = try SQLStatement(
      db,
      """
      SELECT name, kind = 'person', credit_code, id_no, invoice_kind, invoice_title,
        invoice_tax_no, address, phone, bank_name, bank_account, coalesce(invoice_email, email)
      FROM tenant WHERE tenant_no = ?
      """)
    property = try SQLStatement(
      db,
      """
      SELECT p.address FROM contract c JOIN property p ON p.property_no = c.property_no
      WHERE c.contract_no = ?
      """)
    termUnits = try SQLStatement(
      db, "SELECT unit_no FROM charge_term WHERE contract_no = ? AND line = ?")
    units = try SQLStatement(
      db,
      """
      SELECT c.unit_no, c.from_on, c.to_on, u.deed_no, coalesce(u.deed_address, p.address)
      FROM contract_unit c JOIN unit u ON u.unit_no = c.unit_no
      JOIN property p ON p.property_no = u.property_no
      WHERE c.contract_no = ? ORDER BY c.id
      """)
  }

  /// - Parameter charges: of one company and one tenant, at least one.
  func facts(of charges: [IssueCharge]) throws -> RequestComposing.Facts {
    let (companyNo, tenantNo) = charges.first.map { ($0.companyNo, $0.tenantNo) } ?? ("", "")
    let (seller, city) = try seller(companyNo)
    var leases: [Int64: [RequestDraft.LeaseRow]] = [:]
    for charge in charges where RequestBusiness(taxCode: charge.taxCode) == .lease {
      leases[charge.id] = try rows(of: charge, companyCity: city)
    }
    return RequestComposing.Facts(
      seller: seller, buyer: try buyer(tenantNo), leases: leases)
  }

  private func seller(_ no: String) throws -> (seller: RequestDraft.Seller, city: String?) {
    if let known = companies[no] { return known }
    company.bind(1, no)
    defer { company.reset() }
    _ = try company.step()
    let found = (
      seller: RequestDraft.Seller(
        companyNo: no,
        taxpayerKind: company.optionalText(0).flatMap(RequestDraft.TaxpayerKind.init)),
      city: company.optionalText(1).flatMap { TaxAddress($0).city }
    )
    companies[no] = found
    return found
  }

  private func buyer(_ no: String) throws -> Buyer {
    if let known = buyers[no] { return known }
    tenant.bind(1, no)
    defer { tenant.reset() }
    _ = try tenant.step()
    let buyer = Buyer(
      Buyer.Tenant(
        tenantNo: no, name: tenant.text(0), isPerson: tenant.integer(1) == 1,
        creditCode: tenant.optionalText(2), idNo: tenant.optionalText(3),
        invoiceKind: tenant.optionalText(4).flatMap(Buyer.Kind.init),
        invoiceTitle: tenant.optionalText(5), invoiceTaxNo: tenant.optionalText(6),
        address: tenant.optionalText(7), phone: tenant.optionalText(8),
        bank: tenant.optionalText(9), account: tenant.optionalText(10),
        email: tenant.optionalText(11)))
    buyers[no] = buyer
    return buyer
  }

  // MARK: Leases

  /// The units of the charge's term on the days of the charge; of a contract that has none on those
  /// days (a late fee after its end) all that it had; of one that never had any, the property.
  private func rows(
    of charge: IssueCharge, companyCity: String?
  ) throws -> [RequestDraft.LeaseRow] {
    let ofTerm = try unitNos(of: charge)
    var all: [RequestDraft.LeaseRow] = []
    var inForce: [RequestDraft.LeaseRow] = []
    units.bind(1, charge.contractNo)
    defer { units.reset() }
    while try units.step() {
      let unitNo = units.text(0)
      if !ofTerm.isEmpty, !ofTerm.contains(unitNo) { continue }
      var row = row(
        charge, unitNo: unitNo, deed: units.optionalText(3), address: units.optionalText(4),
        companyCity)
      if !all.contains(row) { all.append(row) }
      let from = try units.date(1)
      let to = max(from, try units.optionalDate(2) ?? charge.period.to)
      guard let days = charge.period.intersection(Period(from, to)) else { continue }
      row.period = days
      inForce.append(row)
    }
    if !inForce.isEmpty { return inForce }
    if !all.isEmpty { return all }
    property.bind(1, charge.contractNo)
    defer { property.reset() }
    _ = try property.step()
    return [
      row(charge, unitNo: nil, deed: nil, address: property.optionalText(0), companyCity)
    ]
  }

  private func unitNos(of charge: IssueCharge) throws -> Set<String> {
    guard let line = charge.line else { return [] }
    termUnits.bind(1, charge.contractNo)
    termUnits.bind(2, line)
    defer { termUnits.reset() }
    guard try termUnits.step(), let list = termUnits.optionalText(0) else { return [] }
    return Set(list.split(separator: ";").map(String.init))
  }

  private func row(
    _ charge: IssueCharge, unitNo: String?, deed: String?, address: String?, _ companyCity: String?
  ) -> RequestDraft.LeaseRow {
    let address = TaxAddress(address ?? "")
    var isCrossCity: Bool?
    if let companyCity, let city = address.city { isCrossCity = companyCity != city }
    return RequestDraft.LeaseRow(
      unitNo: unitNo, deedNo: deed ?? RequestDraft.LeaseRow.noDeed, address: address,
      period: charge.period, isCrossCity: isCrossCity,
      areaUnit: RequestDraft.LeaseRow.squareMetre)
  }
}
