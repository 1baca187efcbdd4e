import TestSupport
import Testing

@testable import Shared

/// The late fees of a contract: which charges bear, and what a run appends.
struct LateFeeBillingTests {
  private func billing(
    _ rate: Fixed = "0.5", deposits: Set<String> = [], from: CivilDate? = nil
  ) -> LateFeeBilling {
    var rules = LateFeeRules()
    rules.add(LateFeeRules.Rule(fromOn: "2020-01-01", ratePermille: rate), for: "*")
    return LateFeeBilling(rules: rules, deposits: deposits, billingFrom: from)
  }

  /// 10,000 due on 5 January 2026: 5.00 a day at 0.5‰.
  private func charge(
    _ id: Int64 = 7, kind: ChargeKind = .base, item: String = "rent", due: CivilDate = "2026-01-05"
  ) -> RecordedCharge {
    var charge = RecordedCharge(
      id: id, line: 1, item: item, kind: kind, companyNo: "CQ", source: "L1",
      period: Period("2026-01-01", "2026-01-31"), dueOn: due, taxRate: "0.09", taxCode: "304",
      amounts: Amounts(net: "9174.31", tax: "825.69", amount: "10000"))
    charge.billNo = "B1"
    return charge
  }

  private func fee(_ found: Charge, id: Int64) -> RecordedCharge {
    recorded(found, id: id)
  }

  @Test func aFeeIsARowOfItsOwnOnTheChargesTerms() throws {
    let plan = try billing().plan(asOf: "2026-02-10", recorded: [charge()], courses: [:])
    let fee = try #require(plan.subtraction.new.first)
    #expect(plan.subtraction.new.count == 1)
    #expect(fee.kind == .lateFee)
    #expect(fee.source == "C7")
    #expect(fee.item == "rent")
    #expect(fee.line == 1)
    #expect(fee.period == Period("2026-01-06", "2026-01-31"))
    #expect(fee.billOn == "2026-01-31")
    #expect(fee.dueOn == "2026-01-31")
    // 26 days; tax included at the charge's rate.
    #expect(fee.amounts == Amounts(net: "119.27", tax: "10.73", amount: "130"))
    #expect(fee.taxCode == "304")
    #expect(plan.nextFeeOn == "2026-02-28")
  }

  @Test func theNextDayIsTheMonthsEndOnWhichMoreIsWanted() throws {
    let next = { (day: CivilDate, charges: [RecordedCharge]) in
      try billing().plan(asOf: day, recorded: charges, courses: [:]).nextFeeOn
    }
    #expect(try next("2026-01-01", [charge()]) == "2026-01-31")
    #expect(try next("2026-01-31", [charge()]) == "2026-02-28")
    #expect(try next("2026-01-01", [charge(due: "2026-03-10"), charge(8)]) == "2026-01-31")
    #expect(try next("2026-01-01", []) == nil)
  }

  @Test func neitherDepositsNorFeesBear() throws {
    let fee = charge(8, kind: .lateFee)
    let plan = try billing(deposits: ["deposit"]).plan(
      asOf: "2026-01-31", recorded: [charge(item: "deposit"), fee], courses: [:])
    #expect(plan.subtraction.new.isEmpty)
    #expect(plan.nextFeeOn == nil)
  }

  @Test func anOpeningItemBearsFromTheDayOnWhichTheBooksBegin() throws {
    let opening = charge(kind: .opening, due: "2025-06-01")
    let plan = try billing(from: "2026-01-11")
      .plan(asOf: "2026-01-31", recorded: [opening], courses: [:])
    #expect(plan.subtraction.new.map(\.period) == [Period("2026-01-11", "2026-01-31")])
    #expect(plan.subtraction.new.map(\.amounts.amount) == ["105.00"])
  }

  @Test func aSettlementEndsTheRowsAndTheNextDay() throws {
    var course = LateFeeBilling.Course()
    course.settlements = [LateFee.Settlement("10000", on: "2026-01-15")]
    let plan = try billing().plan(asOf: "2026-01-20", recorded: [charge()], courses: [7: course])
    #expect(plan.subtraction.new.map(\.period) == [Period("2026-01-06", "2026-01-15")])
    #expect(plan.subtraction.new.map(\.amounts.amount) == ["50.00"])
    #expect(plan.nextFeeOn == nil)
  }

  @Test func daysOnHoldBearNothing() throws {
    var course = LateFeeBilling.Course()
    course.holds = [Period("2026-01-11", "2026-01-20")]
    let plan = try billing().plan(asOf: "2026-01-31", recorded: [charge()], courses: [7: course])
    #expect(plan.subtraction.new.map(\.amounts.amount) == ["80.00"])
  }

  @Test func aWaiverTakesOffWhatIsRecordedAndWhatIsNot() throws {
    let first = try billing().plan(asOf: "2026-01-31", recorded: [charge()], courses: [:])
    let books = [charge(), fee(first.subtraction.new[0], id: 8)]
    var course = LateFeeBilling.Course()
    course.waived = "150"
    let plan = try billing().plan(asOf: "2026-02-28", recorded: books, courses: [7: course])
    // 130 in January, 140 in February: 120 are left, all in February.
    #expect(plan.subtraction.adjustments.map(\.difference.amount) == ["-130.00"])
    #expect(plan.subtraction.adjustments.map(\.recorded.id) == [8])
    #expect(plan.subtraction.new.map(\.amounts.amount) == ["120.00"])
  }

  @Test func whatIsRecordedThroughALaterDayIsComparedThroughThatDay() throws {
    let later = try billing().plan(asOf: "2026-02-28", recorded: [charge()], courses: [:])
    #expect(later.subtraction.new.count == 2)
    let books =
      [charge()] + later.subtraction.new.enumerated().map { fee($1, id: Int64($0) + 8) }
    let plan = try billing().plan(asOf: "2026-01-31", recorded: books, courses: [:])
    #expect(plan.subtraction.new.isEmpty)
    #expect(plan.subtraction.adjustments.isEmpty)
  }

  @Test func aChargeThatWasTakenBackTakesItsFeesWithIt() throws {
    let first = try billing().plan(asOf: "2026-01-31", recorded: [charge()], courses: [:])
    let plan = try billing().plan(
      asOf: "2026-02-28", recorded: [fee(first.subtraction.new[0], id: 8)], courses: [:])
    #expect(plan.subtraction.adjustments.map(\.difference.amount) == ["-130.00"])
    #expect(plan.subtraction.adjustments[0].wanted == nil)
  }

  @Test func theSentenceNamesWhatIsOverdue() throws {
    let fee = try #require(
      try billing().charges(asOf: "2026-01-31", recorded: [charge()], courses: [:]).first)
    #expect(
      Explanation.text(fee, .zh)
        == "逾期未付 2026-01-01…2026-01-31（账单 B1）：10,000.00 × 0.5‰ × 26 日 = 130.00")
    #expect(
      Explanation.text(fee, .en)
        == "overdue 2026-01-01…2026-01-31 (bill B1): 10,000.00 × 0.5‰ × 26 days = 130.00")
  }
}
