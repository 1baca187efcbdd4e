import Shared
import TestSupport
import Testing

struct PricePathTests {
  private func path(
    _ change: (inout LeaseTerm) -> Void, steps: [PriceStep] = [],
    through: CivilDate = "2199-12-31", lease more: (inout Lease) -> Void = { _ in }
  ) throws -> [String] {
    let term = term(change)
    var lease = lease("2026-01-31", "2029-01-30", term)
    lease.priceSteps = steps
    more(&lease)
    return try PricePath(of: term, in: lease, through: through).points.map {
      "\($0.fromOn) \($0.price)"
    }
  }

  @Test func escalationCompoundsOnTheRoundedPrice() throws {
    let found = try path {
      $0.price = "33.33"
      $0.escalatePercent = "5"
      $0.escalateMonths = 12
    }
    // 33.33 × 1.05 = 34.9965 → 35.00; 35.00 × 1.05 = 36.75.
    #expect(found == ["2026-01-31 33.33", "2027-01-31 35", "2028-01-31 36.75"])
  }

  @Test(arguments: [
    (0, "103"), (1, "103.3"), (2, "103.33"), (3, "103.333"), (6, "103.333333"),
  ])
  func theEscalatedPriceHasItsPlaces(_ places: Int, _ price: String) throws {
    let found = try path {
      $0.price = "100"
      $0.escalatePercent = "3.333333"
      $0.escalateMonths = 24
      $0.pricePlaces = places
    }
    #expect(found == ["2026-01-31 100", "2028-01-31 \(price)"])
  }

  @Test func escalationDaysAreClampedFromTheFirstDayEachTime() throws {
    let found = try path(
      {
        $0.price = "100"
        $0.escalatePercent = "-10"
        $0.escalateMonths = 1
      }, through: "2026-05-01")
    #expect(
      found == ["2026-01-31 100", "2026-02-28 90", "2026-03-31 81", "2026-04-30 72.9"])
  }

  @Test func escalationGoesOnToTheEndWhateverTheTermination() throws {
    let found = try path {
      $0.price = "100"
      $0.escalatePercent = "10"
      $0.escalateMonths = 12
    } lease: {
      $0.terminatedOn = "2026-06-30"
    }
    #expect(found.count == 3)
    let closed = try path {
      $0.price = "100"
      $0.escalatePercent = "10"
      $0.escalateMonths = 12
      $0.toOn = "2027-12-31"
    }
    #expect(closed.count == 2)
  }

  @Test func stepsReplaceThePriceInAnyOrder() throws {
    let steps = [
      PriceStep(line: 1, fromOn: "2028-01-01", price: "7"),
      PriceStep(line: 1, fromOn: "2026-07-15", price: "5"),
      PriceStep(line: 2, fromOn: "2026-08-01", price: "99"),
      PriceStep(line: 1, fromOn: "2027-01-01", price: "6"),
    ]
    let expected = ["2026-01-31 3000", "2026-07-15 5", "2027-01-01 6", "2028-01-01 7"]
    #expect(try path({ _ in }, steps: steps) == expected)
    #expect(try path({ _ in }, steps: steps.reversed()) == expected)
  }

  @Test func theNewestStepBeforeTheFirstDayIsThePriceFromTheFirstDay() throws {
    let steps = [
      PriceStep(line: 1, fromOn: "2026-01-01", price: "6"),
      PriceStep(line: 1, fromOn: "2025-01-01", price: "5"),
    ]
    #expect(try path({ _ in }, steps: steps) == ["2026-01-31 6"])
  }

  @Test func aPriceHoldsUntilTheNext() throws {
    var lease = lease("2026-01-01", "2026-12-31")
    lease.priceSteps = [PriceStep(line: 1, fromOn: "2026-06-16", price: "4000")]
    let path = try PricePath(of: lease.terms[0], in: lease, through: "2026-12-31")
    #expect(path.price(on: "2025-01-01") == "3000")
    #expect(path.price(on: "2026-06-15") == "3000")
    #expect(path.price(on: "2026-06-16") == "4000")
    #expect(try lease.amounts()[5] == "3500.00")
  }

  @Test func aPriceThatOutgrowsItsTypeIsAnError() throws {
    #expect(throws: ValueError.self) {
      try path {
        $0.price = "9000000000000"
        $0.escalatePercent = "1000"
        $0.escalateMonths = 1
      }
    }
  }

  @Test func aStepOnOneDayCutsTheMonthThere() throws {
    let lease = lease("2026-01-01", "2026-01-31").with {
      $0.priceSteps = [PriceStep(line: 1, fromOn: "2026-01-31", price: "3310")]
    }
    #expect(try lease.amounts() == ["3010.00"])
  }
}
