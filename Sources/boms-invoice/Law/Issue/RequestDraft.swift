import Shared

/// A blue request as it would be written today; what is missing is nil, and the rules say so.
struct RequestDraft: Hashable, Sendable {
  var seller: Seller
  var buyer: Buyer
  var tenantNo: String
  var business: RequestBusiness?
  var lines: [Line]
  var leases: [LeaseRow]
  var remark: String?

  /// Our company.
  struct Seller: Hashable, Sendable {
    var companyNo: String
    var taxpayerKind: TaxpayerKind?
  }

  enum TaxpayerKind: String, Hashable, Sendable {
    case general, small
  }

  struct Line: Hashable, Sendable {
    var item: String
    var itemName: String
    var taxCode: String?
    var taxRate: Fixed
    /// 优惠政策类型.
    var policy: String?
    var measure: IssueCharge.Measure?
    /// What the tax bureau makes of the gross and the rate.
    var amounts: Amounts
    var parts: [Part]
  }

  struct Part: Hashable, Sendable {
    var charge: Int64
    /// By the books.
    var amounts: Amounts
  }

  /// 不动产经营租赁: of a unit.
  struct LeaseRow: Hashable, Sendable {
    var unitNo: String?
    var deedNo: String
    var address: TaxAddress
    var period: Period
    /// 跨地市标志; nil where one of the two cities is not known.
    var isCrossCity: Bool?
    var areaUnit: String

    static let noDeed = "无"
    static let squareMetre = "㎡"
  }

  /// As it would stand in the books; nil while something is missing.
  var content: RequestContent? {
    var lines: [RequestContent.Line] = []
    for line in self.lines {
      guard let taxCode = line.taxCode else { return nil }
      lines.append(
        RequestContent.Line(
          item: line.item, itemName: line.itemName, taxCode: taxCode, unit: line.measure?.unit,
          quantity: line.measure?.quantity.description, price: line.measure?.price.description,
          taxRate: line.taxRate, policy: line.policy, amounts: line.amounts, parts: line.parts))
    }
    var leases: [RequestContent.LeaseRow] = []
    for lease in self.leases {
      guard let region = lease.address.region, let isCrossCity = lease.isCrossCity else {
        return nil
      }
      leases.append(
        RequestContent.LeaseRow(
          unitNo: lease.unitNo, deedNo: lease.deedNo, region: region,
          address: lease.address.detail, period: lease.period, isCrossCity: isCrossCity,
          areaUnit: lease.areaUnit))
    }
    return RequestContent(
      buyer: buyer, business: business, lines: lines, leases: leases, remark: remark)
  }

  /// What the lines sum to.
  func sums() throws(ValueError) -> Amounts {
    var sum = Amounts.zero
    for line in lines { sum = try sum + line.amounts }
    return sum
  }

  /// By how much the bureau's tax differs from that of the books: cents that arise where it is
  /// reckoned from a sum or from a difference.
  func taxDifference() throws(ValueError) -> Money {
    var difference = Money.zero
    for line in lines {
      difference = try difference + line.amounts.tax
      for part in line.parts { difference = try difference - part.amounts.tax }
    }
    return difference
  }
}

/// 特定业务类型 that an operator has.
enum RequestBusiness: String, Hashable, Sendable {
  /// 不动产经营租赁服务: its lines stand alone.
  case lease

  /// Source: the tax bureau's codes; 3040502 02 is 不动产经营租赁.
  init?(taxCode: String?) {
    guard let taxCode, taxCode.hasPrefix("304050202") else { return nil }
    self = .lease
  }
}

enum TaxCode {
  /// 车辆停放: its lease period is written to the minute.
  static let parking = "3040502020200000000"

  static func hasForm(_ code: String) -> Bool {
    code.utf8.count == 19 && code.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Whether another code is one of its kinds, so that nothing can be invoiced under it: 1, 2, 2 … digits
  /// are a level, and what is below is zeros.
  static func isSummary(_ code: String, of known: some Sequence<String>) -> Bool {
    var stem = code[...]
    while stem.hasSuffix("00") { stem = stem.dropLast(2) }
    return known.contains { $0 != code && $0.hasPrefix(stem) }
  }

  /// Codes that an operator invoices under: below them there is nothing more.
  static let usual = [
    "3040502020400000000", parking, "3040502020199000000", "3040502029902000000",
    "3040801010000000000", "1100101020200000000", "1100301010000000000",
  ]
}
