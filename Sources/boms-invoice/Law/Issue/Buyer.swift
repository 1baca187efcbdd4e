import Shared

/// To whom an invoice goes, and of which kind it is.
struct Buyer: Hashable, Sendable {
  var name: String
  /// 自然人: gets no special invoice.
  var isPerson: Bool
  var taxNo: String?
  var kind: Kind
  var address: String?
  var phone: String?
  var bank: String?
  var account: String?
  var email: String?

  enum Kind: String, Hashable, Sendable {
    case special, ordinary
  }

  /// What the register of tenants says.
  struct Tenant: Sendable {
    var tenantNo: String
    var name: String
    var isPerson: Bool
    var creditCode: String?
    var idNo: String?
    var invoiceKind: Kind?
    var invoiceTitle: String?
    var invoiceTaxNo: String?
    var address: String?
    var phone: String?
    var bank: String?
    var account: String?
    var email: String?
  }
}

extension Buyer {
  /// Title and tax number are those for invoices, else the tenant's own. A person with a credit code is
  /// a household business (个体工商户) and a taxpayer; any other gets ordinary invoices, whatever the
  /// register says. Address, phone and bank stand on special invoices, both of a pair or neither.
  init(_ tenant: Tenant) {
    let taxNo = tenant.invoiceTaxNo ?? tenant.creditCode ?? (tenant.isPerson ? tenant.idNo : nil)
    let isPerson = tenant.isPerson && !(taxNo.map(Buyer.isCreditCode) ?? false)
    self.init(
      name: tenant.invoiceTitle ?? tenant.name, isPerson: isPerson, taxNo: taxNo,
      kind: isPerson ? .ordinary : tenant.invoiceKind ?? .ordinary, email: tenant.email)
    guard kind == .special else { return }
    if let address = tenant.address, let phone = tenant.phone {
      (self.address, self.phone) = (address, phone)
    }
    if let bank = tenant.bank, let account = tenant.account {
      (self.bank, self.account) = (bank, account)
    }
  }

  /// Whether it is a credit code, and not the number of an identity card that happens to look like one.
  private static func isCreditCode(_ number: String) -> Bool {
    CreditCode.problem(in: number) == nil
      && !IDNumber.isOne(number)
  }

  /// Whether a number is that of a taxpayer: a credit code with its check character, or one of the 15,
  /// 17 or 20 characters of older registrations.
  static func isTaxpayerNumber(_ number: String) -> Bool {
    let isPlain = number.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
    }
    guard isPlain else { return false }
    return [15, 17, 20].contains(number.count) || CreditCode.problem(in: number) == nil
  }
}
