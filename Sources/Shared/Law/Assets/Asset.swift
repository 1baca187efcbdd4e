/// 固定资产, as the law sees it.
package struct Asset: Sendable {
  package enum Kind: String, Sendable {
    case fixed, intangible, deferred
    case investmentProperty = "investment_property"
    case rightOfUse = "right_of_use"

    /// Whether it is charged from the month after it enters service, and still in the month in which
    /// it leaves (CAS 4 应用指南). The others (CAS 6, CAS 21) begin and stop in the month itself.
    package var runsAMonthLate: Bool { self == .fixed || self == .investmentProperty }
  }

  package enum Method: String, Sendable {
    case straightLine = "straight_line"
    case units
    case doubleDeclining = "double_declining"
    case sumOfYears = "sum_of_years"
    case none
  }

  package enum Form: String, Sendable {
    case fixed, remaining
  }

  package var assetNo: String
  package var kind = Kind.fixed
  package var acquiredOn: CivilDate
  /// 启用日期; the day of acquisition where none is given.
  package var inServiceOn: CivilDate
  package var cost: Money
  package var salvage = Money.zero
  /// From the first month; 0 only where nothing is charged.
  package var lifeMonths: Int
  package var method = Method.straightLine
  package var form = Form.fixed
  package var totalUnits: Fixed?
  /// What the old books charged: how many months, and how much.
  package var openingMonths = 0
  package var openingAccumulated = Money.zero
  package var openingImpairment = Money.zero
  /// Where it stands at first.
  package var place = AssetPlace()
  package var events: [AssetEvent] = []
  /// 工作量 by month.
  package var usage: [CivilMonth: Fixed] = [:]

  package init(
    assetNo: String, acquiredOn: CivilDate, inServiceOn: CivilDate? = nil, cost: Money,
    lifeMonths: Int
  ) {
    self.assetNo = assetNo
    self.acquiredOn = acquiredOn
    self.inServiceOn = inServiceOn ?? acquiredOn
    self.cost = cost
    self.lifeMonths = lifeMonths
  }

  /// Whether it comes from other books, with what they had charged.
  package var isTakenOver: Bool {
    openingMonths > 0 || openingAccumulated != .zero || openingImpairment != .zero
  }

  /// The first month that is charged here.
  package var firstMonth: CivilMonth {
    inServiceOn.month.adding((kind.runsAMonthLate ? 1 : 0) + openingMonths)
  }

  /// The day on which it comes into these books: that of acquisition, or the eve of the first month
  /// that the old books did not charge.
  package var enteredOn: CivilDate {
    isTakenOver ? max(acquiredOn, firstMonth.first.previous) : acquiredOn
  }

  /// 残值率: a percent of the cost, to the fen.
  package static func salvage(percent: Fixed, of cost: Money) throws(ValueError) -> Money {
    let (product, overflow) = Int128(cost.fen)
      .multipliedReportingOverflow(by: Int128(percent.millionths))
    if overflow { throw .overflow(Phrase("the salvage", "净残值")) }
    return Money(fen: try roundHalfUp(product, over: Int128(Fixed.hundred.millionths)))
  }
}

/// Whose it is: what its charges are sorted by.
package struct AssetPlace: Hashable, Sendable {
  package var propertyNo: String?
  package var department: String?

  package init(propertyNo: String? = nil, department: String? = nil) {
    self.propertyNo = propertyNo
    self.department = department
  }
}

/// 资产变动.
package struct AssetEvent: Sendable {
  package enum Kind: String, Sendable {
    // In the order in which those of one day count.
    case improve, impair
    case reEstimate = "re_estimate"
    case transfer, dispose

    var rank: Int {
      switch self {
      case .improve: 0
      case .impair: 1
      case .reEstimate: 2
      case .transfer: 3
      case .dispose: 4
      }
    }
  }

  /// 处置方式.
  package enum Way: String, Sendable {
    case sale, scrap, loss, damage, donate
  }

  package var on: CivilDate
  package var kind: Kind
  package var amount = Money.zero
  /// The new life as a whole, from the first month.
  package var lifeMonths: Int?
  package var salvage: Money?
  package var method: Asset.Method?
  package var propertyNo: String?
  package var department: String?
  package var way: Way?
  package var proceeds = Money.zero

  package init(_ kind: Kind, on: CivilDate) {
    self.kind = kind
    self.on = on
  }
}
