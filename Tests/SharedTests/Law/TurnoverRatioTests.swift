import Shared
import TestSupport
import Testing

/// 坪效 and 租售比 of a contract and a month.
struct TurnoverRatioTests {
  private static let june = CivilMonth(year: 2026, month: 6)

  private func terms(_ change: (inout LeaseTerm) -> Void = { _ in }) -> LeaseTerm {
    var term = LeaseTerm(line: 1, item: "rent", method: .turnover)
    change(&term)
    return term
  }

  private func ratio(
    _ lease: Lease, _ amounts: Money..., rent: [TurnoverRatio.Charged] = [],
    service: [TurnoverRatio.Charged] = []
  ) throws -> TurnoverRatio {
    try TurnoverRatio(
      lease, in: TurnoverRatioTests.june,
      reports: amounts.enumerated().map { (line: $0.offset + 1, amount: $0.element) }, rent: rent,
      service: service)
  }

  private func charged(_ from: CivilDate, _ to: CivilDate, _ amount: Money)
    -> TurnoverRatio.Charged
  {
    TurnoverRatio.Charged(days: Period(from, to), amount: amount)
  }

  @Test func turnoverIsDividedByTheAreaOfTheMonth() throws {
    let whole = try ratio(lease("2026-01-01", "2026-12-31", terms()), "250000")
    #expect(whole.area == "100")
    #expect(whole.perArea == "2500")
    #expect(whole.perAreaDay == "83.33")
    #expect(whole.rent == nil)
    #expect(whole.rentPercent == nil)
  }

  @Test func aUnitCountsByItsDays() throws {
    var own = lease("2026-01-01", "2026-12-31", terms())
    own.units.append(LeaseUnit(unitNo: "A2", area: "60", fromOn: "2026-06-16"))
    let part = try ratio(own, "13000")
    #expect(part.area == "130")
    #expect(part.perArea == "100")
    #expect(part.perAreaDay == "3.33")
  }

  @Test func onlyTheUnitsAndDaysOfTheReportedTermsCount() throws {
    let first = terms {
      $0.unitNos = ["A1"]
      $0.toOn = "2026-06-15"
    }
    let second = terms {
      $0.line = 2
      $0.unitNos = ["A1", "A2"]
    }
    var own = lease("2026-01-01", "2026-06-20", first, second)
    own.units.append(LeaseUnit(unitNo: "A2", area: "60"))
    own.units.append(LeaseUnit(unitNo: "A3", area: "1000"))
    #expect(try ratio(own, "100").area == "50")
    // Both lines: a unit of two terms once, to the contract's last day.
    let both = try ratio(own, "100", "60")
    #expect(both.turnover == "160")
    #expect(both.area == "106.666667")
    #expect(both.perArea == "1.50")
    #expect(both.perAreaDay == "0.05")
  }

  @Test func chargesOfLongerPeriodsAreSharedByDays() throws {
    let quarter = charged("2026-04-01", "2026-06-30", "9100")
    let once = charged("2026-06-10", "2026-06-10", "-100.05")
    let before = charged("2026-01-01", "2026-03-31", "9999")
    let fees = try ratio(
      lease("2026-01-01", "2026-12-31", terms()), "30000", rent: [quarter, once, before],
      service: [charged("2026-06-16", "2026-07-15", "600")])
    #expect(fees.rent == "2899.95")
    #expect(fees.service == "300")
    #expect(fees.rentPercent == "9.67")
    #expect(fees.costPercent == "10.67")
  }

  @Test func nothingIsDividedByNothing() throws {
    let rent = [charged("2026-06-01", "2026-06-30", "3000")]
    let closed = try ratio(lease("2026-01-01", "2026-12-31", terms()), "0", rent: rent)
    #expect(closed.perArea == "0")
    #expect(closed.rent == "3000")
    #expect(closed.rentPercent == nil)
    // A report for a month in which the contract had no unit any more.
    let gone = try ratio(lease("2026-01-01", "2026-05-31", terms()), "500", rent: rent)
    #expect(gone.area == .zero)
    #expect(gone.perArea == nil)
    #expect(gone.rentPercent == "600")
    // Service charges alone say nothing of what the place costs.
    let service = try ratio(lease("2026-01-01", "2026-12-31", terms()), "500", service: rent)
    #expect(service.service == "3000")
    #expect(service.costPercent == nil)
  }

  @Test(
    arguments: [
      (1, 3, "33.33"), (2, 3, "66.67"), (1, 8, "12.5"), (0, 5, "0"), (-1, 3, "-33.33"),
      (5, 5, "100"),
    ] as [(Int64, Int64, Fixed)])
  func percentsHaveTwoPlaces(part: Int64, whole: Int64, percent: Fixed) throws {
    #expect(try Fixed.percent(of: part, in: whole) == percent)
  }

  @Test func aSharePerNothingIsNone() throws {
    #expect(try Fixed.percent(of: 1, in: 0) == nil)
    #expect(try Fixed.percent(of: 1, in: -5) == nil)
  }

  @Test func anAskingPriceCountsTheDaysOfAnAverageMonth() throws {
    // 5.63 × 100 × 365/12
    #expect(try CurrentRent.asked("5.63", area: "100") == "17124.58")
    #expect(try CurrentRent.asked("0", area: "100") == "0")
  }
}
