/// Whose a payment is that does not say so: the tenant with the payer's account, else the only one
/// with the payer's name.
package struct Payers {
  package enum MatchedBy: String, CaseIterable {
    case account, name, hand
  }

  package struct Payment {
    package var paymentNo: String
    package var payerName: String?
    package var payerAccount: String?

    package init(paymentNo: String, payerName: String?, payerAccount: String?) {
      self.paymentNo = paymentNo
      self.payerName = payerName
      self.payerAccount = payerAccount
    }
  }

  private var byAccount: [String: Set<String>] = [:]
  private var byName: [String: Set<String>] = [:]

  package init() {}

  package mutating func add(tenant tenantNo: String, name: String, account: String?) {
    byName[name, default: []].insert(tenantNo)
    if let digits = AccountNumber.digits(account) {
      byAccount[digits, default: []].insert(tenantNo)
    }
  }

  package func tenant(of payment: Payment) -> (tenantNo: String, by: MatchedBy)? {
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
