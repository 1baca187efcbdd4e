import Shared
import TestSupport
import Testing

/// Wanted minus recorded.
struct SubtractionTests {
  private let january = Period("2026-01-01", "2026-01-31")

  @Test func whatIsNotRecordedIsNewWhenItsDayHasCome() throws {
    let charges = try lease("2026-01-01", "2026-03-31").charges()
    let found = try Subtraction(wanted: charges, recorded: [], asOf: "2026-02-01")
    #expect(found.new.map(\.period.from) == ["2026-01-01", "2026-02-01"])
    #expect(found.adjustments.isEmpty)
  }

  @Test func whatIsRecordedAsItShouldBeIsNothing() throws {
    let charges = try lease("2026-01-01", "2026-03-31").charges()
    let books = charges.enumerated().map { recorded($1, id: Int64($0)) }
    let found = try Subtraction(wanted: charges, recorded: books, asOf: "2026-12-31")
    #expect(found.new.isEmpty)
    #expect(found.adjustments.isEmpty)
  }

  @Test(arguments: [("2500.00", "500.00"), ("3500.00", "-500.00"), ("0.00", "3000.00")])
  func whatIsWorthMoreOrLessIsAdjusted(_ was: String, _ difference: String) throws {
    let charges = try lease("2026-01-01", "2026-01-31").charges()
    let found = try Subtraction(
      wanted: charges, recorded: [recorded(charges[0], amount: Money(stringLiteral: was))],
      asOf: "2026-02-01")
    #expect(found.new.isEmpty)
    #expect(found.adjustments.map { "\($0.difference.amount)" } == [difference])
    #expect(found.adjustments[0].wanted != nil)
  }

  @Test func whatShouldNotExistIsTakenBack() throws {
    let charges = try lease("2026-01-01", "2026-01-31").charges()
    let found = try Subtraction(wanted: [], recorded: [recorded(charges[0])], asOf: "2026-02-01")
    #expect(found.adjustments.map(\.difference.amount) == ["-3000.00"])
    #expect(found.adjustments[0].wanted == nil)
    #expect(
      found.adjustments[0].explanation(.en)
        == "adjusted: no longer charged, recorded 3,000.00, difference -3,000.00")
    #expect(
      found.adjustments[0].explanation(.zh) == "调整：本期不再计费，已计 3,000.00，差额 -3,000.00")
  }

  @Test func whatWasTakenBackAndIsWantedAgainIsAdjustedNotNew() throws {
    let charges = try lease("2026-01-01", "2026-01-31").charges()
    let found = try Subtraction(
      wanted: charges, recorded: [recorded(charges[0], amount: .zero)], asOf: "2026-02-01")
    #expect(found.new.isEmpty)
    #expect(found.adjustments.map(\.difference.amount) == ["3000.00"])
    #expect(
      found.adjustments[0].explanation(.en)
        == "adjusted: now 3,000.00 CNY/month × 1 month = 3,000.00, recorded 0.00, "
        + "difference 3,000.00")
  }

  @Test func whatIsTakenBackTwiceIsTakenBackOnce() throws {
    let charges = try lease("2026-01-01", "2026-01-31").charges()
    let found = try Subtraction(
      wanted: [], recorded: [recorded(charges[0], amount: .zero)], asOf: "2026-02-01")
    #expect(found.adjustments.isEmpty)
  }

  @Test func aChangeOfTaxAloneIsAdjusted() throws {
    let old = try lease("2026-01-01", "2026-01-31").charges()[0]
    let new = try lease("2026-01-01", "2026-01-31", term { $0.taxRate = "0.09" }).charges()
    let found = try Subtraction(wanted: new, recorded: [recorded(old)], asOf: "2026-02-01")
    #expect(found.adjustments.map(\.difference.amount) == [.zero])
    #expect(found.adjustments.map(\.difference.tax) == ["247.71"])
  }

  @Test func aPeriodThatBeginsOnAnotherDayIsAnotherPeriod() throws {
    let old = try lease("2026-01-01", "2026-01-31").charges()[0]
    let new = try lease("2026-01-05", "2026-01-31").charges()
    let found = try Subtraction(wanted: new, recorded: [recorded(old)], asOf: "2026-02-01")
    #expect(found.new.map(\.period.from) == ["2026-01-05"])
    #expect(found.adjustments.map(\.difference.amount) == ["-3000.00"])
  }

  @Test func aVoidTakesBackTheChargeWithAllItsAdjustments() throws {
    let charge = try lease("2026-01-01", "2026-01-31").charges()[0]
    // 3,000 that was adjusted to 2,500 by now.
    let void = try Adjustment.void(recorded(charge, amount: "2500"), reason: "重复出账")
    #expect(void.difference.amount == "-2500.00")
    #expect(void.wanted == nil)
    #expect(void.isVoid)
    #expect(void.explanation(.zh) == "作废：重复出账")
    #expect(void.explanation(.en) == "void: 重复出账")
    #expect(
      try Subtraction(wanted: [], recorded: [recorded(charge)], asOf: "2026-02-01")
        .adjustments.map(\.isVoid) == [false])
  }

  @Test func whatWaitsIsNotCompared() throws {
    let charges = try lease("2026-01-01", "2026-02-28").charges()
    let found = try Subtraction(
      wanted: [charges[1]], recorded: [recorded(charges[0])], held: [charges[0]],
      asOf: "2026-03-01")
    #expect(found.adjustments.isEmpty)
    #expect(found.new.map(\.period.from) == ["2026-02-01"])
  }

  @Test func aPlanLeavesLateFeesToTheirOwnLaw() throws {
    let lease = lease("2026-01-01", "2026-01-31")
    var fee = recorded(try lease.charges()[0], id: 2)
    fee.kind = .lateFee
    fee.source = "C1"
    let plan = try Billing(lease, taxes: TaxTable(), billingFrom: nil)
      .plan(asOf: "2026-02-01", recorded: [recorded(try lease.charges()[0]), fee])
    #expect(plan.subtraction.adjustments.isEmpty)
  }

  @Test func aPlanComparesRecordedPeriodsWheneverTheyAreBilled() throws {
    // Recorded in advance; by now it is charged in arrears of a later end: still compared.
    let early = lease("2026-01-01", "2026-01-10", term { $0.timing = .arrears })
    let charge = try early.charges()[0]
    let late = early.with { $0.endOn = "2026-01-31" }
    let plan = try Billing(late, taxes: TaxTable(), billingFrom: nil)
      .plan(asOf: "2026-01-20", recorded: [recorded(charge)])
    #expect(plan.subtraction.new.isEmpty)
    #expect(plan.subtraction.adjustments.map(\.difference.amount) == ["2032.26"])
    #expect(plan.nextBillOn == "2026-02-01")
  }

  @Test func runDayByDayOrOnceTheSameIsRecorded() throws {
    let lease = lease(
      "2026-01-15", "2026-12-31",
      term {
        $0.dueDay = 25
        $0.dueMonth = .previous
        $0.leadDays = 7
      },
      term {
        $0.line = 2
        $0.timing = .arrears
        $0.cycleMonths = 2
      })
    let billing = Billing(lease, taxes: TaxTable(), billingFrom: "2026-02-01")
    func identities(_ charges: [Charge]) -> Set<String> {
      Set(charges.map { "\($0.source) \($0.period) \($0.amounts.amount) \($0.billOn)" })
    }
    var daily: [RecordedCharge] = []
    var found: [Charge] = []
    var day: CivilDate = "2026-01-01"
    var next: CivilDate?
    while day <= "2026-10-31" {
      let plan = try billing.plan(asOf: day, recorded: daily)
      // The index may never be late: nothing is new before the day that the last run named.
      if let next, day < next { #expect(plan.subtraction.new.isEmpty) }
      #expect(plan.subtraction.adjustments.isEmpty)
      found += plan.subtraction.new
      for charge in plan.subtraction.new {
        daily.append(recorded(charge, id: Int64(daily.count + 1)))
      }
      next = plan.nextBillOn
      day = day.next
    }
    let once = try billing.plan(asOf: "2026-10-31", recorded: []).subtraction.new
    #expect(identities(found) == identities(once))
    #expect(once.count == 13)
  }
}
