import Shared

/// What a list of the tax bureau says of one invoice.
struct BureauEntry: Sendable {
  let number: InvoiceNumber
  /// Where it stands first.
  let file: String
  let line: Int
  var issuedOn: CivilDate
  var net: Money
  var tax: Money
  /// 有效抵扣税额.
  var deductible: Money?
  var buyerTaxNo: String?
  var sellerTaxNo: String?
  var sellerName: String?
  var status: BureauStatus?
  var risk: InvoiceRisk?
  var lock: RedLock?
  /// 是否勾选; nil where the list does not say.
  var isTicked: Bool?
  var tickedOn: CivilDate?

  /// 价税合计. A list for ticking has no such column.
  func gross() throws(ValueError) -> Money { try net + tax }

  /// Takes over what this list does not say, from another that says the same sums.
  mutating func complete(from other: BureauEntry) {
    deductible = deductible ?? other.deductible
    buyerTaxNo = buyerTaxNo ?? other.buyerTaxNo
    sellerTaxNo = sellerTaxNo ?? other.sellerTaxNo
    sellerName = sellerName ?? other.sellerName
    status = status ?? other.status
    risk = risk ?? other.risk
    lock = lock ?? other.lock
    isTicked = isTicked ?? other.isTicked
    tickedOn = tickedOn ?? other.tickedOn
  }
}
