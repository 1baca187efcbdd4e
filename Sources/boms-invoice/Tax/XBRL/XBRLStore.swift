import GRDB
import Shared

/// Posted invoices with everything that their instance says.
struct XBRLStore {
  private let db: Database
  private let day: CivilDate
  private let pool: TaxPool
  private let entries: AccountingEntryStore
  private let company: SQLStatement

  init(_ db: Database, asOf day: CivilDate) throws {
    self.db = db
    self.day = day
    pool = try TaxPool(db, asOf: day)
    entries = try AccountingEntryStore(db)
    company = try SQLStatement(
      db, "SELECT credit_code, name FROM company WHERE company_no = ?1")
  }

  /// - Throws: `Failure` 66 for an unknown number, 65 if it is not posted or not of our companies.
  func require(_ written: String) throws -> XBRLInstance {
    let invoice = try pool.require(written, db)
    if let instance = try instance(invoice) { return instance }
    throw ValueError(
      "invoice.not-posted",
      Phrase("invoice '\(invoice.number)' is not posted", "发票“\(invoice.number)”未入账"),
      hint: Phrase("'boms-invoice post' records it", "请先用 'boms-invoice post' 入账"))
  }

  /// Those whose posting is of that accounting period.
  func posted(in period: CivilMonth?) throws -> [XBRLInstance] {
    var found: [XBRLInstance] = []
    try pool.invoices.forEach { invoice in
      guard invoice.standing.history.posting?.period == period,
        let instance = try instance(invoice)
      else { return }
      found.append(instance)
    }
    return found
  }

  private func instance(_ invoice: TaxInvoice) throws -> XBRLInstance? {
    let history = invoice.standing.history
    guard let posting = history.posting else { return nil }
    let entity = try entity(of: invoice)
    return XBRLInstance(
      number: invoice.number, isSpecial: invoice.kind == .special, isRed: invoice.standing.isRed,
      sellerName: invoice.sellerName, sellerTaxNo: invoice.sellerTaxNo,
      sums: invoice.standing.sums,
      requestedAt: invoice.requestedAt ?? invoice.issuedOn?.description,
      isMatched: !history.matches.isEmpty, isChecked: history.verification?.word == .genuine,
      entityCode: entity.code, entityName: entity.name, voucher: posting.voucher,
      bookedOn: posting.bookedOn, period: posting.period, summary: posting.summary,
      entries: try entries.entries(of: invoice.id, asOf: day),
      deductedIn: history.deduction?.period,
      transferredOut: try (history.deduction?.transfers ?? []).reduce(Money.zero) {
        try $0 + $1.tax
      })
  }

  /// The company whose books these are: the buyer, else the seller.
  private func entity(of invoice: TaxInvoice) throws -> (code: String, name: String) {
    guard let no = invoice.buyerCompanyNo ?? invoice.sellerCompanyNo else {
      throw ValueError(
        "export.no-entity",
        Phrase(
          "neither buyer nor seller of invoice '\(invoice.number)' is a company of ours",
          "发票“\(invoice.number)”的购销双方都不是本单位"),
        hint: Phrase(
          "add the company with its credit code: 'boms-import company'",
          "请用 'boms-import company' 登记公司及其统一社会信用代码"))
    }
    company.bind(1, no)
    defer { company.reset() }
    return try company.step() ? (company.text(0), company.text(1)) : ("", no)
  }
}
