/// One line of a contract: what is charged, how much, when. The fields and their defaults are those
/// of the register `charge_term`.
package struct LeaseTerm: Sendable {
  package enum Method: String, Sendable {
    case fixed, area, turnover, metered, share, once
  }
  /// The unit of time of a price.
  package enum Per: String, Sendable {
    case day, month, quarter
    case halfYear = "half_year"
    case year

    /// How many months the unit has; nil for a day.
    package var months: Int64? {
      switch self {
      case .day: nil
      case .month: 1
      case .quarter: 3
      case .halfYear: 6
      case .year: 12
      }
    }
  }
  package enum Anchor: String, Sendable {
    case calendar, start
  }
  package enum Timing: String, Sendable {
    case advance, arrears
  }
  package enum DueMonth: String, Sendable {
    case previous, same, next

    var offset: Int {
      switch self {
      case .previous: -1
      case .same: 0
      case .next: 1
      }
    }
  }
  package enum Proration: String, Sendable {
    case actual, d30, d365, whole
  }

  package var line: Int
  package var item: String
  package var method: Method
  /// The units that the term covers; empty: all units of the contract.
  package var unitNos: [String] = []
  package var companyNo: String?
  /// Yuan per `per`, for `area` per m² as well; for `once` the amount.
  package var price: Fixed?
  package var per: Per?
  /// For `turnover`: whether the guarantee (the price) is per m².
  package var isGuaranteePerArea = false
  /// For `turnover`: the share of a month's turnover.
  package var percent: Fixed?
  /// For `turnover`: whether each lease year is settled at its end (年度取高).
  package var settlesYear = false
  package var cycleMonths = 1
  package var anchor = Anchor.calendar
  package var timing = Timing.advance
  package var dueDay: Int?
  package var dueMonth: DueMonth?
  package var dueDays: Int?
  package var firstDueOn: CivilDate?
  package var leadDays = 0
  package var proration = Proration.actual
  package var escalatePercent: Fixed?
  package var escalateMonths: Int?
  package var pricePlaces = 2
  /// A share of one; nil: the item's rate in force on the due day.
  package var taxRate: Fixed?
  package var taxIncluded = true
  package var rounding = Rounding.fen
  package var fromOn: CivilDate?
  package var toOn: CivilDate?
  package var on: CivilDate?

  package init(line: Int, item: String, method: Method) {
    self.line = line
    self.item = item
    self.method = method
  }

  /// Whether the price is per m².
  package var isPerArea: Bool { method == .area || (method == .turnover && isGuaranteePerArea) }
}
