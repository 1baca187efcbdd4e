import Shared
import TestSupport
import Testing

/// What of a contract goes on in the next.
struct RenewedLeaseTests {
  @Test func linesOfTheLastDayGoOnAtItsPrices() throws {
    var lease = lease(
      "2025-01-01", "2026-12-31",
      term {
        $0.escalatePercent = "5"
        $0.escalateMonths = 12
      },
      term {
        $0.line = 2
        $0.item = "mgmt"
      },
      term {
        $0.line = 3
        $0.toOn = "2026-06-30"
      },
      term {
        $0.line = 4
        $0.method = .once
        $0.on = "2026-12-31"
      })
    lease.priceSteps = [
      PriceStep(line: 2, fromOn: "2026-03-01", price: "3100"),
      PriceStep(line: 2, fromOn: "2027-03-01", price: "3200"),
    ]
    let renewed = try RenewedLease(
      of: lease, raise: "10", rentItems: ["rent"], prices: [2: "3333"])
    #expect(renewed.lines.map(\.term.line) == [1, 2])
    #expect(renewed.lines.map(\.oldPrice) == ["3150", "3100"])
    #expect(renewed.lines.map(\.price) == ["3465", "3333"])
    #expect(renewed.lostSteps.map(\.fromOn) == ["2027-03-01"])
    // Only rent is raised.
    let raised = try RenewedLease(of: lease, raise: "10", rentItems: ["rent"])
    #expect(raised.lines.map(\.price) == ["3465", "3100"])
  }

  @Test func theLastDayIsThatOfATermination() throws {
    let lease = lease(
      "2026-01-01", "2026-12-31", term { $0.fromOn = "2026-07-01" }, term { $0.line = 2 }
    ).with { $0.terminatedOn = "2026-06-30" }
    #expect(try RenewedLease(of: lease).lines.map(\.term.line) == [2])
  }

  @Test func unitsOfTheLastDayGoOnAndLinesLoseThoseThatAreGone() throws {
    var lease = lease(
      "2026-01-01", "2026-12-31", term { $0.unitNos = ["A1", "A2"] },
      term {
        $0.line = 2
        $0.unitNos = ["A2"]
      })
    lease.units = [
      LeaseUnit(unitNo: "A1", area: "100", fromOn: "2026-01-01"),
      LeaseUnit(unitNo: "A2", area: "50", fromOn: "2026-01-01", toOn: "2026-06-30"),
      LeaseUnit(unitNo: "A3", area: "10", fromOn: "2026-07-01", toOn: "2026-12-31"),
      LeaseUnit(unitNo: "A3", area: "2.5", fromOn: "2026-08-01"),
    ]
    let renewed = try RenewedLease(of: lease)
    #expect(renewed.units.map(\.unitNo) == ["A1", "A3"])
    #expect(renewed.units.map(\.area) == ["100", "12.5"])
    #expect(renewed.lines.map(\.unitNos) == [["A1"]])
    #expect(renewed.withoutUnits.map(\.line) == [2])
  }

  @Test func aLineWithoutAPriceHasNone() throws {
    let lease = lease(
      "2026-01-01", "2026-12-31",
      term {
        $0.method = .turnover
        $0.price = nil
        $0.percent = "8"
      },
      term {
        $0.line = 2
        $0.method = .metered
        $0.price = nil
      })
    let lines = try RenewedLease(of: lease, raise: "5", rentItems: ["rent"]).lines
    #expect(lines.map(\.price) == [nil, nil])
  }

  @Test func theReadingOfTheLastDayIsTheCloseReadingOrOneOfTheDay() throws {
    var lease = lease("2026-01-01", "2026-12-31")
    let open = MeterInstall(
      meterNo: "E1", line: 1, multiplier: "1", digits: nil, tariffNo: "P", fromOn: "2026-01-01",
      openReading: "10")
    lease.readings = [
      MeterReading(meterNo: "E1", readOn: "2026-11-30", value: "90"),
      MeterReading(meterNo: "E1", readOn: "2026-12-31", value: "100"),
    ]
    #expect(lease.reading(of: open, on: "2026-12-31") == "100")
    #expect(lease.reading(of: open, on: "2026-12-30") == nil)
    #expect(lease.lastReading(of: open, by: "2026-12-30").value == "90")
    #expect(lease.lastReading(of: open, by: "2026-06-30").value == "10")
    var closed = open
    closed.closeReading = "101"
    #expect(lease.reading(of: closed, on: "2026-12-31") == "101")
    closed.toOn = "2026-12-30"
    #expect(lease.reading(of: closed, on: "2026-12-30") == "101")
  }
}
