import Shared

/// What a request asks for, as it stands in the books.
struct RequestContent: Hashable, Sendable {
  var buyer: Buyer
  var business: RequestBusiness?
  var lines: [Line]
  /// 不动产经营租赁: a row a unit.
  var leases: [LeaseRow]
  var remark: String?

  struct Line: Hashable, Sendable {
    var item: String
    var itemName: String
    var taxCode: String
    var unit: String?
    var quantity: String?
    var price: String?
    var taxRate: Fixed
    var policy: String?
    /// Below zero in a red request.
    var amounts: Amounts
    var parts: [RequestDraft.Part]
  }

  struct LeaseRow: Hashable, Sendable {
    var unitNo: String?
    var deedNo: String
    var region: String
    var address: String
    var period: Period
    var isCrossCity: Bool
    var areaUnit: String
  }

  /// Whether the lease's period is written to the minute.
  var isParking: Bool { lines.contains { $0.taxCode == TaxCode.parking } }
}
