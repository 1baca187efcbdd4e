import Shared
import TestSupport
import Testing

/// 保底与提成取高, by hand: a guarantee of 3,000 a month and 8 % unless told otherwise.
struct TurnoverRentTests {
  private func turnoverTerm(_ change: (inout LeaseTerm) -> Void = { _ in }) -> LeaseTerm {
    term {
      $0.method = .turnover
      $0.percent = "8"
      change(&$0)
    }
  }

  private func report(
    _ month: CivilDate, _ amount: Money, on day: CivilDate? = nil, line: Int = 1
  ) -> TurnoverReport {
    TurnoverReport(line: line, month: month.month, amount: amount, reportedOn: day)
  }

  private func tier(_ from: CivilDate, _ salesFrom: Money, _ percent: Fixed) -> TurnoverTier {
    TurnoverTier(line: 1, fromOn: from, salesFrom: salesFrom, percent: percent)
  }

  /// `L1 2026-01-01…2026-01-31 1000.00` for each charge of kind turnover.
  private func excesses(_ lease: Lease, from: CivilDate? = nil) throws -> [String] {
    try lease.charges(from: from).filter { $0.kind == .turnover }
      .map { "\($0.source) \($0.period) \($0.amounts.amount)" }
  }

  /// What January of a lease of one month comes to above its guarantee.
  private func january(
    _ sales: Money, _ term: LeaseTerm, _ change: (inout Lease) -> Void = { _ in }
  ) throws -> [String] {
    let lease = lease("2026-01-01", "2026-01-31", term).with {
      $0.turnovers = [report("2026-01-01", sales)]
      change(&$0)
    }
    return try lease.charges().filter { $0.kind == .turnover }.map { "\($0.amounts.amount)" }
  }

  // MARK: Guarantee and excess

  @Test func theGuaranteeIsChargedLikeRentAndTheExcessOfAReportedMonth() throws {
    // 8 % of 50,000 is 4,000, of 30,000 it is 2,400: under the guarantee. March is not reported.
    let lease = lease("2026-01-01", "2026-03-31", turnoverTerm()).with {
      $0.turnovers = [report("2026-02-01", "30000"), report("2026-01-01", "50000")]
    }
    let charges = try lease.charges()
    #expect(
      charges.map { "\($0.kind.rawValue) \($0.period) \($0.amounts.amount)" } == [
        "base 2026-01-01…2026-01-31 3000.00", "turnover 2026-01-01…2026-01-31 1000.00",
        "base 2026-02-01…2026-02-28 3000.00", "base 2026-03-01…2026-03-31 3000.00",
      ])
    #expect(charges[1].dueOn == "2026-02-01")
    #expect(charges[1].line == 1)
    #expect(charges[1].quantityAndPrice == nil)
  }

  @Test func exactlyTheGuaranteeIsNoExcess() throws {
    #expect(try january("37500", turnoverTerm()) == [])
    #expect(try january("37500.12", turnoverTerm()) == ["0.01"])
  }

  @Test(arguments: [
    // Each is rounded by itself: 1000.05 against 1000.00; 1000.1 and 1000.0; 1001 and 1000.
    (Rounding.fen, "1000.004", "12500.60", ["0.05"]),
    (.jiao, "1000.04", "12500.75", ["0.10"]),
    (.yuan, "1000.40", "12506.25", ["1.00"]),
    // 1000.0048 is above 1000.0047 and is not, rounded; 1000.00 is below 1000.01.
    (.fen, "1000.0047", "12500.06", []),
    (.fen, "1000.005", "12500.06", []),
  ])
  func guaranteeAndEntitlementAreEachRoundedByTheTermsRounding(
    _ rounding: Rounding, _ guarantee: String, _ sales: String, _ excess: [String]
  ) throws {
    let term = turnoverTerm {
      $0.rounding = rounding
      $0.price = Fixed(stringLiteral: guarantee)
    }
    #expect(try january(Money(stringLiteral: sales), term) == excess)
  }

  @Test func withoutAGuaranteeTheWholeEntitlementIsCharged() throws {
    let lease = lease("2026-01-01", "2026-02-28", turnoverTerm { $0.price = nil }).with {
      $0.turnovers = [report("2026-01-01", "50000")]
    }
    #expect(try lease.charges().count == 1)
    #expect(try excesses(lease) == ["L1 2026-01-01…2026-01-31 4000.00"])
  }

  @Test func aGuaranteePerAreaIsOfTheUnits() throws {
    let term = turnoverTerm {
      $0.price = "30"
      $0.isGuaranteePerArea = true
    }
    // 30 × 100 m² = 3,000.
    #expect(try january("50000", term) == ["1000.00"])
  }

  @Test func theGuaranteeOfAMonthIsThatMonthsWhateverTheCycle() throws {
    let lease = lease("2026-01-01", "2026-03-31", turnoverTerm { $0.cycleMonths = 3 }).with {
      $0.turnovers = [report("2026-02-01", "50000")]
    }
    #expect(try lease.charges().map { "\($0.amounts.amount)" } == ["9000.00", "1000.00"])
  }

  @Test func aStepWithinTheMonthIsInItsGuarantee() throws {
    // 15 days at 3,000 and 15 at 6,000 are 4,500; 8 % of 100,000 is 8,000.
    let lease = lease("2026-04-01", "2026-04-30", turnoverTerm()).with {
      $0.priceSteps = [PriceStep(line: 1, fromOn: "2026-04-16", price: "6000")]
      $0.turnovers = [report("2026-04-01", "100000")]
    }
    #expect(try excesses(lease) == ["L1 2026-04-01…2026-04-30 3500.00"])
  }

  @Test func aMonthThatTheTermHasNoDayInBearsNothing() throws {
    let lease = lease("2026-01-01", "2026-01-31", turnoverTerm()).with {
      $0.turnovers = [report("2026-02-01", "50000"), report("2025-12-01", "50000")]
    }
    #expect(try excesses(lease) == [])
  }

  @Test func moreReturnsThanSalesBearNothing() throws {
    #expect(try january("-50000", turnoverTerm()) == [])
    #expect(try january("-50000", turnoverTerm { $0.price = nil }) == [])
  }

  @Test func theReportsOfAnotherLineDoNotCount() throws {
    let second = turnoverTerm {
      $0.line = 2
      $0.item = "ad"
    }
    let lease = lease("2026-01-01", "2026-01-31", turnoverTerm(), second).with {
      $0.turnovers = [report("2026-01-01", "50000", line: 2)]
    }
    #expect(try excesses(lease) == ["L2 2026-01-01…2026-01-31 1000.00"])
  }

  @Test func neitherPercentNorTiersIsAnError() {
    let lease = lease("2026-01-01", "2026-01-31", turnoverTerm { $0.percent = nil })
    let error = #expect(throws: ValueError.self) { try lease.charges() }
    #expect(error?.rule == "turnover.no-percent")
  }

  @Test func taxComesOnTopOfTheExcessWhereTheTermSaysSo() throws {
    let term = turnoverTerm {
      $0.taxRate = "0.09"
      $0.taxIncluded = false
    }
    let lease = lease("2026-01-01", "2026-01-31", term).with {
      $0.turnovers = [report("2026-01-01", "50000")]
    }
    let amounts = try lease.charges()[1].amounts
    #expect(amounts == Amounts(net: "1000.00", tax: "90.00", amount: "1090.00"))
  }

  // MARK: Tiers

  @Test(arguments: [
    ("250000", "21250.00"),  // 200,000 × 8 % + 50,000 × 10.5 %
    ("200000", "16000.00"), ("200000.01", "16000.00"), ("200000.05", "16000.01"),
    ("199999.99", "16000.00"), ("100", "8.00"),
  ])
  func tiersAreMarginal(_ sales: String, _ amount: String) throws {
    let found = try january(Money(stringLiteral: sales), turnoverTerm { $0.price = nil }) {
      $0.turnoverTiers = [
        tier("2026-01-01", "200000", "10.5"), tier("2026-01-01", .zero, "8"),
      ]
    }
    #expect(found == [amount])
  }

  @Test func belowTheFirstTierNothingIsBorne() throws {
    let found = try january("150000", turnoverTerm { $0.price = nil }) {
      $0.turnoverTiers = [tier("2026-01-01", "100000", "10")]
    }
    #expect(found == ["5000.00"])
  }

  @Test func theVersionOfTiersIsThatOfTheTermsLastDayInTheMonth() throws {
    let lease = lease("2026-01-01", "2026-03-31", turnoverTerm { $0.price = nil }).with {
      $0.turnoverTiers = [
        tier("2026-02-01", .zero, "8"), tier("2026-03-15", .zero, "10"),
      ]
      $0.turnovers = ["2026-01-01", "2026-02-01", "2026-03-01"].map { report($0, "10000") }
    }
    let amounts = { (lease: Lease) in try lease.charges().map { "\($0.amounts.amount)" } }
    // Before the first version the percent of the term.
    #expect(
      try amounts(lease.with { $0.terms[0].percent = "5" }) == ["500.00", "800.00", "1000.00"])
    #expect(try amounts(lease.with { $0.terms[0].percent = nil }) == ["800.00", "1000.00"])
    #expect(
      try amounts(
        lease.with {
          $0.terms[0].percent = "5"
          $0.terminatedOn = "2026-03-14"
        }) == ["500.00", "800.00", "800.00"])
  }

  // MARK: Part months and rent-free days

  @Test func aPartMonthHasAPartOfTheGuaranteeAndAllOfItsTurnover() throws {
    let lease = lease("2026-01-15", "2026-02-28", turnoverTerm()).with {
      $0.turnovers = [report("2026-01-01", "50000")]
    }
    // 3,000 × 17/31 = 1,645.16.
    #expect(try excesses(lease) == ["L1 2026-01-15…2026-01-31 2354.84"])
  }

  @Test func rentFreeDaysFreeTheirShareOfTheTurnoverRent() throws {
    let free = { (spans: [RentFree]) in
      try january("100000", turnoverTerm()) { $0.rentFree = spans }
    }
    // 21 of 31 days: 5,419.35 above 2,032.26.
    let ten = Period("2026-01-01", "2026-01-10")
    #expect(try free([RentFree(item: "rent", days: ten)]) == ["3387.09"])
    #expect(try free([RentFree(item: "*", days: ten)]) == ["3387.09"])
    #expect(try free([RentFree(item: "mgmt", days: ten)]) == ["5000.00"])
    // Half of every day: 4,000 above 1,500.
    let whole = Period("2026-01-01", "2026-01-31")
    #expect(try free([RentFree(item: "rent", days: whole, percent: "50")]) == ["2500.00"])
    // 21 days of which a fifth is free: 8,000 × 16.8/31 = 4,335.48 above 1,625.81.
    #expect(
      try free([
        RentFree(item: "rent", days: whole, percent: "20"), RentFree(item: "*", days: ten),
      ]) == ["2709.67"])
  }

  @Test func aWhollyFreeMonthBearsNothing() throws {
    let month = Period("2026-01-01", "2026-01-31")
    let found = try january("100000", turnoverTerm()) {
      $0.rentFree = [RentFree(item: "rent", days: month)]
    }
    #expect(found == [])
  }

  @Test func turnoverRentIsBorneAllTheSameWhereTheSpanSaysSo() throws {
    let ten = Period("2026-01-01", "2026-01-10")
    let five = Period("2026-01-06", "2026-01-15")
    let keeps = RentFree(item: "rent", days: ten, keepsTurnover: true)
    // The guarantee is less all the same: 8,000 above 2,032.26; of a free month the whole.
    #expect(try january("100000", turnoverTerm()) { $0.rentFree = [keeps] } == ["5967.74"])
    let whole = RentFree(
      item: "*", days: Period("2026-01-01", "2026-01-31"), keepsTurnover: true)
    #expect(try january("100000", turnoverTerm()) { $0.rentFree = [whole] } == ["8000.00"])
    // Of two spans the one that frees it counts: 8,000 × 21/31 above 3,000 × 16/31 = 1,548.39.
    let frees = RentFree(item: "rent", days: five)
    #expect(try january("100000", turnoverTerm()) { $0.rentFree = [keeps, frees] } == ["3870.96"])
  }

  // MARK: Days

  @Test(
    arguments: [
      // Nothing said of the report; reported in time; reported late.
      (nil, "2026-02-10", "2026-02-06"), ("2026-02-05", "2026-02-10", "2026-02-10"),
      ("2026-02-20", "2026-03-10", "2026-02-25"), ("2026-01-31", "2026-02-10", "2026-02-06"),
    ] as [(CivilDate?, CivilDate, CivilDate)])
  func theExcessIsDueNoEarlierThanItsRuleFromTheReport(
    _ reported: CivilDate?, _ byDay: CivilDate, _ byDays: CivilDate
  ) throws {
    for (dueDay, dueDays, due) in [(10, nil, byDay), (nil, 5, byDays)] as [(Int?, Int?, CivilDate)]
    {
      let term = turnoverTerm {
        $0.dueDay = dueDay
        $0.dueDays = dueDays
        $0.firstDueOn = "2026-01-20"
        $0.leadDays = 3
      }
      let lease = lease("2026-01-01", "2026-01-31", term).with {
        $0.turnovers = [report("2026-01-01", "50000", on: reported)]
      }
      let charges = try lease.charges()
      // The first due day is the guarantee's alone.
      #expect(charges[0].dueOn == "2026-01-20")
      #expect(charges[1].dueOn == due)
      #expect(charges[1].billOn == due.adding(days: -3))
    }
  }

  @Test func whatIsDueBeforeTheBooksBeginIsNotCharged() throws {
    let lease = lease("2025-10-01", "2026-01-31", turnoverTerm { $0.dueDays = 5 }).with {
      $0.turnovers = [
        report("2025-10-01", "50000"), report("2025-11-01", "50000", on: "2026-01-02"),
        report("2025-12-01", "50000"),
      ]
    }
    // November falls due by its late report.
    #expect(
      try excesses(lease, from: "2026-01-01") == [
        "L1 2025-11-01…2025-11-30 1000.00", "L1 2025-12-01…2025-12-31 1000.00",
      ])
  }

  // MARK: Corrections

  @Test func aCorrectedReportGivesTheDifference() throws {
    let lease = lease("2026-01-01", "2026-01-31", turnoverTerm()).with {
      $0.turnovers = [report("2026-01-01", "50000")]
    }
    let books = try lease.charges().enumerated().map { recorded($1, id: Int64($0)) }
    let differences = { (sales: Money) in
      try Billing(
        lease.with { $0.turnovers[0].amount = sales }, taxes: TaxTable(), billingFrom: nil
      ).plan(asOf: "2026-03-01", recorded: books).subtraction
    }
    #expect(try differences("50000").adjustments.isEmpty)
    #expect(try differences("60000").adjustments.map(\.difference.amount) == ["800.00"])
    // The guarantee stands: not more than the excess is given back.
    let less = try differences("20000")
    #expect(less.adjustments.map(\.difference.amount) == ["-1000.00"])
    #expect(less.adjustments.map(\.recorded.kind) == [.turnover])
    #expect(less.new.isEmpty)
  }

  // MARK: Lease years

  private func settling(
    _ sales: [Money], from start: CivilDate = "2026-01-01", to end: CivilDate = "2026-12-31",
    _ change: (inout LeaseTerm) -> Void = { _ in }
  ) -> Lease {
    let term = turnoverTerm {
      $0.settlesYear = true
      change(&$0)
    }
    return lease(start, end, term).with {
      $0.turnovers = sales.enumerated().map {
        TurnoverReport(line: 1, month: start.month.adding($0), amount: $1)
      }
    }
  }

  @Test func aLeaseYearGivesBackWhatSingleMonthsBoreTooMuch() throws {
    // January bears 8,000 against 3,000; the year 25,600 against 36,000 and 41,000 charged.
    let lease = settling([Money("100000")] + Array(repeating: "20000", count: 11))
    #expect(
      try excesses(lease) == [
        "L1 2026-01-01…2026-01-31 5000.00", "Y1 2026-01-01…2026-12-31 -5000.00",
      ])
    let year = try #require(try lease.charges().last { $0.source == "Y1" })
    #expect(year.kind == .turnover)
    #expect(year.dueOn == "2027-01-01")
    #expect(try excesses(lease.with { $0.terms[0].settlesYear = false }).count == 1)
  }

  @Test func aLeaseYearAboveItsGuaranteeBearsItsTurnoverRent() throws {
    // Eleven months of 8,000 and one of 800: 88,800. Charged: 88,000 and the guarantee of 3,000.
    let lease = settling(Array(repeating: "100000", count: 11) + [Money("10000")])
    #expect(try excesses(lease)[1] == "Y1 2026-01-01…2026-12-31 -2200.00")
    // With every month above its guarantee nothing is left, nor with none above it.
    #expect(try excesses(settling(Array(repeating: "100000", count: 12))).count == 12)
    #expect(try excesses(settling(Array(repeating: "10000", count: 12))) == [])
  }

  @Test func aLeaseYearIsRoundedOnceSoThatItMayAskForMore() throws {
    // 105 × 8 % = 8.40 is 8 a month and 96 in twelve, but 100.80 in the year: 101.
    let lease = settling(Array(repeating: "105", count: 12)) {
      $0.price = nil
      $0.rounding = .yuan
    }
    #expect(try excesses(lease)[1] == "Y1 2026-01-01…2026-12-31 5.00")
  }

  @Test func aYearWithAMissingMonthIsNotSettled() throws {
    let sales = [Money("100000")] + Array(repeating: Money("20000"), count: 11)
    let lease = settling(sales)
    let missing = lease.with { $0.turnovers.remove(at: 6) }
    #expect(try excesses(missing) == ["L1 2026-01-01…2026-01-31 5000.00"])
    // The report that comes last makes it due.
    let late = lease.with {
      $0.turnovers[6].reportedOn = "2027-03-05"
      $0.terms[0].dueDays = 10
    }
    #expect(try late.charges().last { $0.source == "Y1" }?.dueOn == "2027-03-15")
  }

  @Test func everyYearIsSettledByItself() throws {
    let sales = [Money("100000")] + Array(repeating: Money("20000"), count: 11)
    let lease = settling(sales + sales, to: "2027-12-31")
    #expect(
      try excesses(lease).filter { $0.hasPrefix("Y") } == [
        "Y1 2026-01-01…2026-12-31 -5000.00", "Y1 2027-01-01…2027-12-31 -5000.00",
      ])
  }

  @Test func aCutMonthBelongsToTheYearInWhichItsLastDayLies() throws {
    // From the middle of January: the first year has twelve months, eleven whole and one of 17
    // days; the second the whole January of 2027 and 14 days of January 2028: thirteen.
    let first = [Money("100000")] + Array(repeating: Money("20000"), count: 11)
    let second = [Money("100000")] + Array(repeating: Money("20000"), count: 12)
    let lease = settling(first + second, from: "2026-01-15", to: "2028-01-14")
    // January 2026: 8,000 − 1,645.16 = 6,354.84 too much. January 2027: 5,000 too much; the last
    // 14 days bear 1,600 against 3,000 × 14/31 = 1,354.84: 245.16 too much.
    #expect(
      try excesses(lease) == [
        "L1 2026-01-15…2026-01-31 6354.84", "Y1 2026-01-15…2027-01-14 -6354.84",
        "L1 2027-01-01…2027-01-31 5000.00", "Y1 2027-01-15…2028-01-14 -5245.16",
        "L1 2028-01-01…2028-01-14 245.16",
      ])
    // The thirteenth month of the second year is waited for.
    #expect(
      try excesses(lease.with { $0.turnovers.removeLast() }).filter { $0.hasPrefix("Y") }
        == ["Y1 2026-01-15…2027-01-14 -6354.84"])
  }

  @Test func aYearThatIsCutShortIsSettledAtItsEnd() throws {
    let lease = settling(["100000", "20000", "20000"]).with { $0.terminatedOn = "2026-03-15" }
    // 3,000 + 3,000 + 3,000 × 15/31 = 7,451.61 against 8,000 + 1,600 + 1,600 = 11,200; charged
    // 8,000 + 3,000 + 1,600 = 12,600, for March bears 148.39 above its 1,451.61.
    #expect(
      try excesses(lease) == [
        "L1 2026-01-01…2026-01-31 5000.00", "Y1 2026-01-01…2026-03-15 -1400.00",
        "L1 2026-03-01…2026-03-15 148.39",
      ])
  }

  @Test func aMonthOfMoreReturnsThanSalesCountsInItsYear() throws {
    let lease = settling([Money("100000"), "-50000"] + Array(repeating: "60000", count: 10)) {
      $0.price = nil
    }
    // 8,000 − 4,000 + 48,000 in the year; 56,000 was charged.
    #expect(try excesses(lease)[1] == "Y1 2026-01-01…2026-12-31 -4000.00")
  }
}
