import Shared
import TestSupport
import Testing

struct CurrentRentTests {
  private func rents(_ lease: Lease, on day: CivilDate = "2026-06-15") throws -> [String] {
    try lease.rents(on: day, rentItems: ["rent"]).map {
      "\($0.unit.unitNo) \($0.price.map { "\($0)" } ?? "–") \($0.monthly.map { "\($0)" } ?? "–")"
    }
  }

  private var two: Lease {
    lease("2026-01-01", "2026-12-31").with {
      $0.units = [
        LeaseUnit(unitNo: "A1", area: "100"), LeaseUnit(unitNo: "A2", area: "50"),
      ]
    }
  }

  @Test func aFixedPriceIsDividedOverTheUnitsByArea() throws {
    #expect(try rents(two) == ["A1 3000 2000.00", "A2 3000 1000.00"])
    #expect(
      try rents(two.with { $0.terms[0].price = "100" }) == ["A1 100 66.67", "A2 100 33.33"])
  }

  @Test func aPricePerDayCounts365TwelfthsOfADay() throws {
    let lease = two.with {
      $0.terms[0].method = .area
      $0.terms[0].per = .day
      $0.terms[0].price = "5.5"
    }
    #expect(try rents(lease) == ["A1 5.5 16729.17", "A2 5.5 8364.58"])
  }

  @Test func aTermCountsForItsUnitsItsItemAndItsDays() throws {
    let lease = two.with {
      $0.terms = [
        term { $0.unitNos = ["A2"] },
        term {
          $0.line = 2
          $0.item = "mgmt"
        },
        term {
          $0.line = 3
          $0.fromOn = "2026-07-01"
        },
      ]
    }
    #expect(try rents(lease) == ["A1 – –", "A2 3000 3000.00"])
  }

  @Test func theUnitsAreThoseOfTheDay() throws {
    let lease = two.with { $0.units[1].fromOn = "2026-06-16" }
    #expect(try rents(lease) == ["A1 3000 3000.00"])
    #expect(try rents(lease, on: "2026-06-16").count == 2)
    #expect(try rents(lease, on: "2027-01-01").isEmpty)
    #expect(try rents(lease.with { $0.terminatedOn = "2026-06-01" }).isEmpty)
  }

  @Test func thePriceIsTheOneOfTheDay() throws {
    let lease = lease("2026-01-01", "2026-12-31").with {
      $0.priceSteps = [PriceStep(line: 1, fromOn: "2026-06-01", price: "4000")]
    }
    #expect(try rents(lease) == ["A1 4000 4000.00"])
    #expect(try rents(lease, on: "2026-05-31") == ["A1 3000 3000.00"])
  }
}
