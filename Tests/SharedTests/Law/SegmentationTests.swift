import Shared
import TestSupport
import Testing

/// How days become an amount.
struct SegmentationTests {
  /// The amount of the only charge; nil if there is none.
  private func one(
    _ start: CivilDate, _ end: CivilDate, area: Fixed = "100",
    _ change: (inout LeaseTerm) -> Void = { _ in }, lease more: (inout Lease) -> Void = { _ in }
  ) throws -> String? {
    let lease = lease(start, end, area: area, term(change)).with(more)
    let amounts = try lease.amounts()
    #expect(amounts.count < 2)
    return amounts.first
  }

  @Test func theSentenceOfAnAccountant() throws {
    #expect(
      try one("2026-09-01", "2026-09-30", area: "120.50") {
        $0.method = .area
        $0.price = "5.50"
        $0.per = .day
      } == "19882.50")
  }

  // MARK: Proration

  @Test(arguments: [
    (LeaseTerm.Proration.actual, "1645.16"),  // 3000 × 17/31
    (.d30, "1700.00"),  // 3000 × 17/30
    (.d365, "1676.71"),  // 36000 × 17/365
    (.whole, "3000.00"),
  ])
  func partOfAMonthIsProrated(_ proration: LeaseTerm.Proration, _ amount: String) throws {
    #expect(try one("2026-01-15", "2026-01-31") { $0.proration = proration } == amount)
  }

  @Test(arguments: [LeaseTerm.Proration.actual, .d30, .d365, .whole])
  func aWholeMonthIsTheMonthlyPrice(_ proration: LeaseTerm.Proration) throws {
    for month in 1...12 {
      for year in [2023, 2024] {
        let month = CivilMonth(year: year, month: month)
        #expect(try one(month.first, month.last) { $0.proration = proration } == "3000.00")
      }
    }
  }

  @Test func leapYearsHave365DaysForD365() throws {
    // 36000 × 28/365, one day short of the month.
    #expect(try one("2024-02-01", "2024-02-28") { $0.proration = .d365 } == "2761.64")
    #expect(try one("2024-02-01", "2024-02-28") { $0.proration = .actual } == "2896.55")
    #expect(try one("2023-02-02", "2023-02-28") { $0.proration = .actual } == "2892.86")
  }

  @Test func d30MayChargeMoreThanAMonthButForTheWholeOne() throws {
    #expect(try one("2026-07-02", "2026-07-31") { $0.proration = .d30 } == "3000.00")
    #expect(try one("2026-02-01", "2026-02-27") { $0.proration = .d30 } == "2700.00")
    #expect(try one("2026-07-01", "2026-07-31") { $0.proration = .d30 } == "3000.00")
  }

  @Test func anniversarySlicesCountTheirOwnDays() throws {
    let lease = lease("2026-01-15", "2026-03-20", term { $0.anchor = .start })
    // 3000 × 6/31, of 15 March to 14 April.
    #expect(try lease.amounts() == ["3000.00", "3000.00", "580.65"])
  }

  @Test func aPartSliceLeavesTheOtherSlicesOfItsPeriodWhole() throws {
    let lease = lease("2026-02-10", "2026-12-31", term { $0.cycleMonths = 3 })
    // 3000 × 19/28 + 3000.
    #expect(try lease.amounts().first == "5035.71")
    #expect(
      try lease.with { $0.terms[0].proration = .d30 }.amounts().first == "4900.00")
  }

  @Test(arguments: [
    (LeaseTerm.Per.day, "93000.00"), (.month, "3000.00"), (.quarter, "1000.00"),
    (.halfYear, "500.00"), (.year, "250.00"),
  ])
  func thePriceIsPerUnitOfTime(_ per: LeaseTerm.Per, _ amount: String) throws {
    #expect(try one("2026-01-01", "2026-01-31") { $0.per = per } == amount)
  }

  @Test func aPricePerDayKnowsNoProration() throws {
    for proration in [LeaseTerm.Proration.actual, .d30, .d365, .whole] {
      #expect(
        try one("2026-01-15", "2026-01-31") {
          $0.proration = proration
          $0.per = .day
          $0.price = "100"
        } == "1700.00")
    }
  }

  @Test func theSumIsRoundedOnceAndNotThePartsOfIt() throws {
    // 100 a month over 3 × 10/31: each 32.258…, together 96.77 and not 96.78.
    let lease = lease(
      "2026-01-01", "2026-03-31", area: "1",
      term {
        $0.method = .area
        $0.price = "100"
        $0.cycleMonths = 3
      }
    ).with {
      $0.units = [
        LeaseUnit(unitNo: "A1", area: "1", fromOn: "2026-01-22", toOn: "2026-01-31"),
        LeaseUnit(unitNo: "A2", area: "1", fromOn: "2026-03-22"),
      ]
    }
    #expect(try lease.amounts() == ["64.52"])
  }

  // MARK: Free days

  @Test(arguments: [
    // January wholly free for 10 of 31 days.
    (LeaseTerm.Proration.actual, "100", "2032.26"),  // × 21/31
    (.d30, "100", "2100.00"),  // × 21/30
    (.d365, "100", "2071.23"),  // 36000 × 21/365
    (.whole, "100", "2032.26"),  // × (1 − 10/31)
    // Half free: these days are charged, so the month stays whole; for a whole month the first
    // charged day decides.
    (.actual, "50", "2516.13"),  // × (21 + 5)/31
    (.d30, "50", "2516.13"),
    (.d365, "50", "2516.13"),
    (.whole, "50", "1500.00"),
  ])
  func freeDaysCount(
    _ proration: LeaseTerm.Proration, _ percent: String, _ amount: String
  ) throws {
    let found = try one("2026-01-01", "2026-01-31") {
      $0.proration = proration
    } lease: {
      $0.rentFree = [
        RentFree(
          item: "rent", days: Period("2026-01-01", "2026-01-10"),
          percent: Fixed(stringLiteral: percent))
      ]
    }
    #expect(found == amount)
  }

  @Test func whereSpansOverlapTheLargerPercentCounts() throws {
    let found = try one("2026-01-01", "2026-01-31") {
      $0.per = .day
      $0.price = "100"
    } lease: {
      $0.rentFree = [
        RentFree(item: "rent", days: Period("2026-01-01", "2026-01-20"), percent: "50"),
        RentFree(item: "*", days: Period("2026-01-11", "2026-01-31"), percent: "30"),
      ]
    }
    #expect(found == "1770.00")  // 20 × 50 + 11 × 70
  }

  @Test func aSpanCoversItsItemOrAllButNeverAOneOffAmount() throws {
    let once = term {
      $0.line = 2
      $0.method = .once
      $0.on = "2026-01-05"
    }
    let fee = term {
      $0.line = 3
      $0.item = "mgmt"
    }
    for (item, expected) in [
      ("rent", ["3000.00", "3000.00"]), ("*", ["3000.00"]),
      ("ad", ["3000.00", "3000.00", "3000.00"]),
    ] {
      let lease = lease("2026-01-01", "2026-01-31", term(), once, fee).with {
        $0.rentFree = [RentFree(item: item, days: Period("2026-01-01", "2026-12-31"))]
      }
      #expect(try lease.amounts() == expected, "\(item)")
    }
  }

  @Test func aWhollyFreePeriodMakesNoRow() throws {
    let lease = lease("2026-01-01", "2026-03-31").with {
      $0.rentFree = [RentFree(item: "rent", days: Period("2026-02-01", "2026-02-28"))]
    }
    #expect(try lease.periods() == ["2026-01-01…2026-01-31", "2026-03-01…2026-03-31"])
  }

  // MARK: Units

  @Test func unitsComeAndGo() throws {
    let units = [
      LeaseUnit(unitNo: "A1", area: "100", toOn: "2026-01-10"),
      LeaseUnit(unitNo: "A2", area: "50", fromOn: "2026-01-06", toOn: "2026-01-20"),
    ]
    for (proration, amount) in [
      // 10 × (5×100 + 5×150 + 10×50) / 31; days without a unit are charged at area 0.
      (LeaseTerm.Proration.actual, "564.52"), (.d30, "564.52"), (.d365, "564.52"),
      // The first day on which a unit is in force decides.
      (.whole, "1000.00"),
    ] {
      let found = try one("2026-01-01", "2026-01-31") {
        $0.method = .area
        $0.price = "10"
        $0.proration = proration
      } lease: {
        $0.units = units
      }
      #expect(found == amount, "\(proration)")
    }
  }

  @Test func aTermCoversTheUnitsThatItNames() throws {
    let found = try one("2026-01-01", "2026-01-31") {
      $0.method = .area
      $0.price = "10"
      $0.unitNos = ["A2", "A3"]
    } lease: {
      $0.units = [
        LeaseUnit(unitNo: "A1", area: "100"), LeaseUnit(unitNo: "A2", area: "20.5"),
        LeaseUnit(unitNo: "A3", area: "0.000001"),
      ]
    }
    #expect(found == "205.00")
  }

  @Test func withoutAUnitAnAreaTermChargesNothing() throws {
    let found = try one("2026-01-01", "2026-01-31") {
      $0.method = .area
    } lease: {
      $0.units = []
    }
    #expect(found == nil)
  }

  // MARK: Whole months

  @Test func aMonthBegunIsAMonthPaidAndAFreeDayStaysFree() throws {
    // 20 January to the end, of it 20 to 24 free: 3000 × (1 − 5/31).
    let found = try one("2026-01-20", "2026-01-31") {
      $0.proration = .whole
    } lease: {
      $0.rentFree = [RentFree(item: "rent", days: Period("2026-01-20", "2026-01-24"))]
    }
    #expect(found == "2516.13")
  }

  @Test func aWholeMonthHasThePriceOfItsFirstChargedDay() throws {
    let lease = lease("2026-01-01", "2026-02-28", term { $0.proration = .whole }).with {
      $0.priceSteps = [PriceStep(line: 1, fromOn: "2026-01-11", price: "4000")]
      $0.rentFree = [RentFree(item: "rent", days: Period("2026-02-01", "2026-02-14"))]
    }
    #expect(try lease.amounts() == ["3000.00", "2000.00"])
  }

  // MARK: Rounding, zero

  @Test(arguments: [
    (Rounding.fen, "1234.56"), (.jiao, "1234.60"), (.yuan, "1235.00"),
  ])
  func theAmountIsRoundedToItsUnit(_ rounding: Rounding, _ amount: String) throws {
    #expect(
      try one("2026-01-01", "2026-01-31") {
        $0.price = "1234.555"
        $0.rounding = rounding
      } == amount)
  }

  @Test func aHalfIsRoundedAwayFromZero() throws {
    #expect(try one("2026-01-01", "2026-01-31") { $0.price = "0.005" } == "0.01")
    #expect(try one("2026-01-01", "2026-01-31") { $0.price = "-0.005" } == "-0.01")
    #expect(try one("2026-01-01", "2026-01-31") { $0.price = "-0.004999" } == nil)
  }

  @Test func zeroMakesNoRowAndTheSecondPeriodKeepsItsDueDate() throws {
    #expect(try one("2026-01-01", "2026-01-31") { $0.price = "0" } == nil)
    let lease = lease(
      "2026-01-31", "2026-02-28",
      term {
        $0.price = "1.4"
        $0.rounding = .yuan
        $0.firstDueOn = "2026-01-31"
        $0.dueDay = 5
      })
    #expect(try lease.dues() == ["2026-02-05"])
  }
}
