import GRDB

/// Whose account a payment came to, and whether it may pay charges of other companies too.
final class PaymentCompanies {
  /// By the digits of their accounts; one account of several companies tells nothing.
  private var byAccount: [String: Set<String>] = [:]
  private let bills: SQLStatement
  private let defaults: SQLStatement

  init(_ db: Database) throws {
    let companies = try SQLStatement(db, "SELECT company_no, bank_account FROM company")
    while try companies.step() {
      guard let digits = AccountNumber.digits(companies.optionalText(1)) else { continue }
      byAccount[digits, default: []].insert(companies.text(0))
    }
    bills = try SQLStatement(db, "SELECT company_no FROM bill WHERE bill_no = ?")
    defaults = try SQLStatement(
      db,
      """
      SELECT coalesce((SELECT company_no FROM contract WHERE contract_no = ?1), company_no)
      FROM property WHERE property_no = ?2
      """)
  }

  struct Payment {
    var companyNo: String?
    var ourAccount: String?
    var billNo: String?
    var contractNo: String?
    var propertyNo: String
  }

  /// The company that the payment names, else the one whose account the money came to, else that of
  /// the bill it names: then it pays that company only. Else that of its contract or property got it,
  /// and it pays any.
  func company(of payment: Payment) throws -> (companyNo: String, paysAny: Bool) {
    if let companyNo = payment.companyNo { return (companyNo, false) }
    if let digits = AccountNumber.digits(payment.ourAccount), let found = byAccount[digits],
      let companyNo = found.first, found.count == 1
    {
      return (companyNo, false)
    }
    if let billNo = payment.billNo {
      bills.bind(1, billNo)
      defer { bills.reset() }
      if try bills.step() { return (bills.text(0), false) }
    }
    defaults.bind(1, payment.contractNo)
    defaults.bind(2, payment.propertyNo)
    defer { defaults.reset() }
    guard try defaults.step() else {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT, message: "property '\(payment.propertyNo)' is unknown")
    }
    return (defaults.text(0), true)
  }
}
