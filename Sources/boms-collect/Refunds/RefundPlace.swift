/// Where money lies: a refund is of one property and company.
struct RefundPlace: Hashable, Comparable {
  var propertyNo: String
  var companyNo: String

  static func < (a: RefundPlace, b: RefundPlace) -> Bool {
    (a.propertyNo, a.companyNo) < (b.propertyNo, b.companyNo)
  }
}
