import Shared
import TestSupport
import Testing

/// What rent-free time would have cost.
struct ClawBackTests {
  private func free(_ lease: inout Lease, _ from: CivilDate, _ to: CivilDate, _ percent: Fixed) {
    lease.rentFree.append(RentFree(item: "rent", days: Period(from, to), percent: percent))
  }

  @Test func theFreeDaysUpToTheLastDayAreWorthWhatTheLawWouldHaveCharged() throws {
    var lease = lease("2026-01-01", "2026-12-31")
    free(&lease, "2026-01-01", "2026-02-28", .hundred)
    free(&lease, "2026-06-01", "2026-06-30", "50")
    free(&lease, "2026-11-01", "2026-11-30", .hundred)
    lease.terminatedOn = "2026-06-15"
    let part = try #require(try ClawBack(lease, taxes: TaxTable()).parts.first)
    // Two months whole, and half of fifteen days of June; November never came.
    #expect(part.amount == "6750.00")
    #expect(part.whole == "16500.00")
    #expect(part.charged == "9750.00")
    #expect(
      part.spans == [
        Period("2026-01-01", "2026-02-28"), Period("2026-06-01", "2026-06-15"),
      ])
  }

  @Test func aPartOfItIsRoundedToTheFen() throws {
    var lease = lease("2026-01-01", "2026-12-31", term { $0.price = "1000.01" })
    free(&lease, "2026-01-01", "2026-01-31", .hundred)
    let clawed = try ClawBack(lease, taxes: TaxTable(), percent: "33.3333")
    #expect(clawed.parts.map(\.amount) == ["333.34"])
  }

  @Test func linesOfOneItemAndRateAreOneAmountAndOthersApart() throws {
    var lease = lease(
      "2026-01-01", "2026-12-31", term(), term { $0.line = 2 },
      term {
        $0.line = 3
        $0.item = "mgmt"
        $0.taxIncluded = false
        $0.taxRate = "0.06"
      },
      term {
        $0.line = 4
        $0.companyNo = "WY"
      })
    lease.rentFree = [RentFree(item: "*", days: Period("2026-01-01", "2026-01-31"))]
    let parts = try ClawBack(lease, taxes: TaxTable()).parts
    #expect(parts.map(\.item) == ["rent", "mgmt", "rent"])
    // Net where the tax comes on top.
    #expect(parts.map(\.amount) == ["6000.00", "3000.00", "3000.00"])
    #expect(parts.map(\.companyNo) == [nil, nil, "WY"])
  }

  @Test func whatIsNeverFreedAndNothingFreedGiveNothing() throws {
    let once = term {
      $0.method = .once
      $0.per = nil
      $0.on = "2026-01-01"
    }
    var lease = lease("2026-01-01", "2026-12-31", once)
    lease.rentFree = [RentFree(item: "*", days: Period("2026-01-01", "2026-12-31"))]
    #expect(try ClawBack(lease, taxes: TaxTable()).parts.isEmpty)
    #expect(try ClawBack(self.plain, taxes: TaxTable()).parts.isEmpty)
  }

  private var plain: Lease { lease("2026-01-01", "2026-12-31") }

  @Test func aGuaranteeIsNotOwedOnTopOfTurnoverRentThatWasPaid() throws {
    var lease = lease(
      "2026-01-01", "2026-12-31",
      term {
        $0.method = .turnover
        $0.percent = "10"
      })
    lease.rentFree = [
      RentFree(item: "rent", days: Period("2026-01-01", "2026-02-28"), keepsTurnover: true)
    ]
    // January sold enough for 5,000, February was not reported: only its guarantee comes back.
    let january = CivilMonth(year: 2026, month: 1)
    lease.turnovers = [TurnoverReport(line: 1, month: january, amount: "50000")]
    #expect(try ClawBack(lease, taxes: TaxTable()).parts.map(\.amount) == ["3000.00"])
  }
}
