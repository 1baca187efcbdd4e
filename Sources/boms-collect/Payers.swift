import Shared

/// Whose a payment is that does not say so: the tenant with the payer's account, else the only one
/// with the payer's name.
struct Payers {
  enum MatchedBy: String, CaseIterable {
    case account, name, hand
  }

  struct Payment {
    var paymentNo: String
    var payerName: String?
    var payerAccount: String?
  }

  private var byAccount: [String: Set<String>] = [:]
  private var byName: [String: Set<String>] = [:]

  mutating func add(tenant tenantNo: String, name: String, account: String?) {
    byName[name, default: []].insert(tenantNo)
    if let digits = AccountNumber.digits(account) {
      byAccount[digits, default: []].insert(tenantNo)
    }
  }

  func tenant(of payment: Payment) -> (tenantNo: String, by: MatchedBy)? {
    if let digits = AccountNumber.digits(payment.payerAccount), let found = byAccount[digits],
      let tenantNo = found.first, found.count == 1
    {
      return (tenantNo, .account)
    }
    if let name = payment.payerName, let found = byName[name], let tenantNo = found.first,
      found.count == 1
    {
      return (tenantNo, .name)
    }
    return nil
  }
}
