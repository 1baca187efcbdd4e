/// What the law of billing needs to know about one contract. Days without a bound are nil: a unit
/// without `fromOn` is in force from the beginning.
package struct Lease: Sendable {
  package var contractNo = ""
  package var tenantNo = ""
  package var propertyNo = ""
  /// Who charges where a term does not say: the contract's company, else the property's.
  package var companyNo = ""
  package var startOn: CivilDate
  package var endOn: CivilDate
  /// When the tenant gets the premises; nil: with `startOn`. Income is spread from that day on.
  package var handoverOn: CivilDate?
  package var terminatedOn: CivilDate?
  /// Only signed contracts are computed; of others what is recorded stays.
  package var isSigned = true
  package var units: [LeaseUnit] = []
  /// In the order of their lines.
  package var terms: [LeaseTerm] = []
  package var priceSteps: [PriceStep] = []
  package var rentFree: [RentFree] = []
  package var openings: [OpeningReceivable] = []
  package var turnovers: [TurnoverReport] = []
  package var turnoverTiers: [TurnoverTier] = []
  package var installs: [MeterInstall] = []
  package var readings: [MeterReading] = []
  /// Of every tariff that an install names.
  package var tariffs: Tariffs = Tariffs()
  package var shares: [CostShare] = []
  /// Whether the facts are those of the books. There a reading after a meter's last day is passed
  /// over, for it was true when it was taken, and an implausible usage waits to be accepted.
  package var isFromBooks = false

  package init(startOn: CivilDate, endOn: CivilDate) {
    self.startOn = startOn
    self.endOn = endOn
  }

  /// The last day that the contract charges: `endOn`, or `terminatedOn` if that is earlier.
  package var lastDay: CivilDate {
    terminatedOn.map { min($0, endOn) } ?? endOn
  }

  /// The days of a term, or nil if it has none.
  package func days(of term: LeaseTerm) -> Period? {
    let first = term.fromOn ?? startOn
    let last = min(term.toOn ?? lastDay, lastDay)
    return first <= last ? Period(first, last) : nil
  }
}

/// A unit that a contract takes, for a span of days.
package struct LeaseUnit: Sendable {
  package var unitNo: String
  /// In m².
  package var area: Fixed
  package var fromOn: CivilDate?
  package var toOn: CivilDate?

  package init(unitNo: String, area: Fixed, fromOn: CivilDate? = nil, toOn: CivilDate? = nil) {
    self.unitNo = unitNo
    self.area = area
    self.fromOn = fromOn
    self.toOn = toOn
  }

  func isInForce(on day: CivilDate) -> Bool {
    (fromOn.map { $0 <= day } ?? true) && (toOn.map { day <= $0 } ?? true)
  }
}

/// From `fromOn` the term `line` has another price.
package struct PriceStep: Sendable {
  package var line: Int
  package var fromOn: CivilDate
  package var price: Fixed

  package init(line: Int, fromOn: CivilDate, price: Fixed) {
    self.line = line
    self.fromOn = fromOn
    self.price = price
  }
}

/// A span of days on which an item, or `*` = every term of method fixed, area and turnover, costs
/// so many percent less.
package struct RentFree: Sendable {
  package var item: String
  package var days: Period
  package var percent: Fixed
  /// Whether turnover rent is borne all the same (免租期内仍收提成).
  package var keepsTurnover: Bool

  package init(
    item: String, days: Period, percent: Fixed = .hundred, keepsTurnover: Bool = false
  ) {
    self.item = item
    self.days = days
    self.percent = percent
    self.keepsTurnover = keepsTurnover
  }
}

/// What a tenant owed for an item when the system started (期初应收).
package struct OpeningReceivable: Sendable {
  package var item: String
  package var dueOn: CivilDate
  /// Tax included.
  package var amount: Money

  package init(item: String, dueOn: CivilDate, amount: Money) {
    self.item = item
    self.dueOn = dueOn
    self.amount = amount
  }
}
