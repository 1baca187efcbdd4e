import Shared
import TestSupport
import Testing

/// Where a line may be closed and carried on by another.
struct TermSplitTests {
  private func split(
    _ day: CivilDate, _ change: (inout LeaseTerm) -> Void = { _ in }
  ) throws -> TermSplit {
    let lease = lease("2026-01-31", "2028-01-30", term(change))
    return try TermSplit(lease.terms[0], in: lease, at: day)
  }

  private func refusal(
    _ day: CivilDate, _ change: (inout LeaseTerm) -> Void = { _ in }
  ) -> String? {
    do {
      _ = try split(day, change)
      return nil
    } catch { return (error as? ValueError)?.rule }
  }

  @Test func itKeepsTheDaysBeforeAndTheDaysPrice() throws {
    let split = try split("2026-05-10")
    #expect(split.before == Period("2026-01-31", "2026-05-09"))
    #expect(split.price == "3000")
    #expect(split.keepsEscalation)
  }

  @Test func theDayLiesWithinTheLine() {
    #expect(refusal("2026-01-31") == "amend.day")
    #expect(refusal("2028-01-31") == "amend.day")
    #expect(refusal("2028-01-30") == nil)
    #expect(refusal("2026-07-01") { $0.toOn = "2026-06-30" } == "amend.day")
    #expect(refusal("2026-07-01") { $0.method = .once } == "amend.once")
  }

  @Test func turnoverChangesWithACalendarMonth() {
    func turnover(_ term: inout LeaseTerm) {
      term.method = .turnover
      term.percent = "8"
    }
    #expect(refusal("2026-07-02", turnover) == "amend.turnover-month")
    #expect(refusal("2026-07-01", turnover) == nil)
  }

  @Test func aMonthBegunIsNotPaidTwice() {
    #expect(refusal("2026-07-02") { $0.proration = .whole } == "amend.whole-month")
    #expect(refusal("2026-07-01") { $0.proration = .whole } == nil)
    func anniversary(_ term: inout LeaseTerm) {
      term.proration = .whole
      term.anchor = .start
    }
    #expect(refusal("2026-02-28", anniversary) == nil)
    #expect(refusal("2026-03-31", anniversary) == nil)
    #expect(refusal("2026-03-30", anniversary) == "amend.whole-month")
    // A price per day knows no months.
    #expect(
      refusal("2026-07-02") {
        $0.proration = .whole
        $0.per = .day
      } == nil)
  }

  @Test func escalationGoesOnOnlyFromAnAnniversary() throws {
    func yearly(_ term: inout LeaseTerm) {
      term.escalatePercent = "10"
      term.escalateMonths = 6
    }
    let kept = try split("2027-01-31", yearly)
    #expect(kept.keepsEscalation)
    #expect(kept.price == "3630")
    #expect(try !split("2027-02-01", yearly).keepsEscalation)
    #expect(try !split("2026-08-30", yearly).keepsEscalation)
  }
}
