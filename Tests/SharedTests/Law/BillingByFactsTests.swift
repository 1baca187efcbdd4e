import TestSupport
import Testing

@testable import Shared

/// Charges that arise from facts, together with the others and from day to day.
struct BillingByFactsTests {
  /// A line of each method, with facts.
  private var everything: Lease {
    let turnover = term {
      $0.method = .turnover
      $0.percent = "8"
      $0.settlesYear = true
      $0.timing = .arrears
      $0.dueDays = 5
    }
    let metered = term {
      $0.line = 2
      $0.item = "power"
      $0.method = .metered
      $0.price = nil
      $0.per = nil
      $0.dueDay = 25
      $0.leadDays = 10
    }
    let share = term {
      $0.line = 3
      $0.item = "share"
      $0.method = .share
      $0.price = nil
      $0.per = nil
      $0.dueDays = 20
    }
    return lease("2026-01-15", "2026-12-31", turnover, metered, share).with {
      $0.tariffs.add(TariffBand(fromOn: "2026-01-01", price: "1"), to: "D1")
      for meterNo in ["E2", "E1"] {
        $0.installs.append(
          MeterInstall(
            meterNo: meterNo, line: 2, multiplier: "1", digits: nil, tariffNo: "D1",
            fromOn: "2026-01-15", openReading: .zero))
      }
      for month in 1...12 {
        let its = CivilMonth(year: 2026, month: month)
        $0.turnovers.append(
          TurnoverReport(
            line: 1, month: its, amount: month % 3 == 0 ? "100000" : "10000",
            reportedOn: its.adding(1).day(clamped: month)))
        for meterNo in ["E1", "E2"] {
          $0.readings.append(
            MeterReading(
              meterNo: meterNo, readOn: its.day(clamped: 29),
              value: Fixed(millionths: Int64(10 * month) * Fixed.one)))
        }
        $0.shares.append(
          CostShare(
            poolNo: "G\(month % 2)", month: its, line: 3, poolAmount: "100", basis: .equal,
            weight: 1, totalWeight: 4, amount: "25"))
      }
    }
  }

  @Test func chargesStandInTheOrderOfLinePeriodKindAndSource() throws {
    let first = try everything.charges(asOf: "2026-04-30")
    #expect(
      first.map { "\($0.line ?? 0) \($0.period.from) \($0.kind.rawValue) \($0.source)" } == [
        "1 2026-01-15 base L1", "1 2026-02-01 base L1", "1 2026-03-01 base L1",
        "1 2026-03-01 turnover L1",
        "2 2026-01-15 metered ME1", "2 2026-01-15 metered ME2", "2 2026-01-30 metered ME1",
        "2 2026-01-30 metered ME2", "2 2026-03-01 metered ME1", "2 2026-03-01 metered ME2",
        "3 2026-01-01 share PG1", "3 2026-02-01 share PG0", "3 2026-03-01 share PG1",
      ])
  }

  @Test func theNextDayIsThatOfTheNextChargeOfAnyMethod() throws {
    let next = { (day: CivilDate, line: Int) in
      try Billing(
        everything.with { $0.terms = $0.terms.filter { $0.line == line || $0.line == 2 } },
        taxes: TaxTable(), billingFrom: nil
      ).charges(Billing.Scope(asOf: day)).nextBillOn
    }
    // Read on 29 January, due on the 25th after the 30th, billed ten days before.
    #expect(try next("2026-01-01", 2) == "2026-02-15")
    #expect(try next("2026-01-01", 1) == "2026-02-06")
    #expect(try next("2026-02-15", 3) == "2026-02-21")
    #expect(try next("2027-06-01", 1) == nil)
  }

  @Test func runDayByDayOrOnceTheSameIsRecorded() throws {
    let billing = Billing(everything, taxes: TaxTable(), billingFrom: "2026-03-01")
    func identities(_ charges: [Charge]) -> Set<String> {
      Set(charges.map { "\($0.source) \($0.kind) \($0.period) \($0.amounts.amount)" })
    }
    var books: [RecordedCharge] = []
    var found: [Charge] = []
    var next: CivilDate?
    var day: CivilDate = "2026-02-01"
    while day <= "2027-02-28" {
      let plan = try billing.plan(asOf: day, recorded: books)
      if let next, day < next { #expect(plan.subtraction.new.isEmpty) }
      #expect(plan.subtraction.adjustments.isEmpty)
      found += plan.subtraction.new
      for charge in plan.subtraction.new {
        books.append(recorded(charge, id: Int64(books.count + 1)))
      }
      next = plan.nextBillOn
      day = day.next
    }
    let once = try billing.plan(asOf: "2027-02-28", recorded: []).subtraction.new
    #expect(identities(found) == identities(once))
    #expect(found.count == once.count)
    #expect(found.contains { $0.source == "Y1" })
  }

  @Test func everyChargeHasAnIdentityOfItsOwn() throws {
    let charges = try everything.charges()
    let identities = Set(charges.map { "\($0.source) \($0.period.from) \($0.kind)" })
    #expect(identities.count == charges.count)
  }

  @Test func aContractThatIsNotSignedBearsNothingOfThese() throws {
    #expect(try everything.with { $0.isSigned = false }.charges().isEmpty)
  }
}
