import GRDB

/// Which company a payment is to. One place says so: collection and its views agree.
package final class PaymentCompanies {
  /// By the digits of their accounts; one account of several companies tells nothing.
  private var byAccount: [String: Set<String>] = [:]
  private let bills: SQLStatement

  package init(_ db: Database) throws {
    let companies = try SQLStatement(db, "SELECT company_no, bank_account FROM company")
    while try companies.step() {
      guard let digits = AccountNumber.digits(companies.optionalText(1)) else { continue }
      byAccount[digits, default: []].insert(companies.text(0))
    }
    bills = try SQLStatement(db, "SELECT company_no FROM bill WHERE bill_no = ?")
  }

  /// The company that the payment names, else the one whose account the money came to, else that of
  /// the bill it names; nil: it may pay any.
  package func company(
    named companyNo: String?, ourAccount: String?, billNo: String?
  ) throws -> String? {
    if let companyNo { return companyNo }
    if let digits = AccountNumber.digits(ourAccount), let found = byAccount[digits],
      found.count == 1
    {
      return found.first
    }
    guard let billNo else { return nil }
    bills.bind(1, billNo)
    defer { bills.reset() }
    return try bills.step() ? bills.text(0) : nil
  }
}
