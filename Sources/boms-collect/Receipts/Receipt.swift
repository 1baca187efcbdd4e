import Shared

/// A receipt (收款收据) for a payment, as it stands on a day.
struct Receipt {
  /// What the payment paid of a charge.
  struct Line {
    var billNo: String
    var itemName: String
    var kind: ChargeKind
    var isDeposit: Bool
    var period: Period
    var amount: Money
  }

  var receiptNo: String
  var issuedOn: CivilDate
  var paymentNo: String
  var paidOn: CivilDate
  var amount: Money
  var method: String?
  var reference: String?
  var payerName: String?
  var tenantNo: String
  var tenantName: String
  var companyNo: String
  var companyName: String
  var taxNo: String?
  var propertyName: String
  /// The day on which it became void.
  var voidedOn: CivilDate?
  /// What went back.
  var refunded: Money
  /// In the order of due days. Of one that is void, what it had said.
  var lines: [Line]

  /// What nothing is set against yet (预收).
  func left() throws(ValueError) -> Money {
    var left = try amount - refunded
    for line in lines { left = try left - line.amount }
    return left
  }
}
