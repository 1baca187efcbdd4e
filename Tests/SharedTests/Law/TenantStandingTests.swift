import TestSupport
import Testing

@testable import Shared

/// How a tenant paid, and the grade.
struct TenantStandingTests {
  private typealias Debt = TenantStanding.Debt
  private static let day: CivilDate = "2026-11-22"

  private func standing(_ debts: Debt...) throws -> TenantStanding {
    try TenantStanding(debts, asOf: TenantStandingTests.day)
  }

  @Test func everyFenIsOnTimeLateOrOverdue() throws {
    let standing = try standing(
      Debt(
        dueOn: "2026-10-01", amount: "100",
        payments: [("2026-09-20", "40"), ("2026-10-11", "30")]),
      Debt(dueOn: "2026-11-12", amount: "100", payments: [("2026-11-12", "100")]))
    #expect(standing.charges == 2)
    #expect(standing.due == "200")
    #expect(standing.onTime == "140")
    #expect(standing.late == "30")
    #expect(standing.overdue == "30")
    #expect(standing.overdueDays == 52)
    #expect(standing.longestDaysLate == 52)
    // (30 × 10 + 30 × 52) ÷ 200 days.
    #expect(standing.averageDaysLate == "9.3")
    #expect(try standing.onTimePercent() == "70")
  }

  @Test func theWindowIsTwelveMonthsToTheDay() throws {
    #expect(TenantStanding.first(of: TenantStandingTests.day) == "2025-11-23")
    let standing = try standing(
      Debt(dueOn: "2025-11-22", amount: "1", payments: [("2026-03-01", "1")]),
      Debt(dueOn: "2025-11-23", amount: "2", payments: [("2025-11-23", "2")]),
      // Due today: there is still time.
      Debt(dueOn: "2026-11-22", amount: "4"))
    #expect(standing.charges == 1)
    #expect(standing.due == "2")
    #expect(standing.overdue == .zero)
  }

  @Test func anOldDebtIsOverdueAndNotInTheWindow() throws {
    let standing = try standing(Debt(dueOn: "2024-11-22", amount: "5"))
    #expect(standing.charges == 0)
    #expect(standing.overdue == "5")
    #expect(standing.overdueDays == 730)
    #expect(standing.averageDaysLate == nil)
    #expect(try standing.grade().grade == .d)
  }

  @Test func daysOnHoldAreNobodysDelay() throws {
    let debt = Debt(
      dueOn: "2026-10-01", amount: "10", payments: [("2026-10-21", "10")],
      holds: [Period("2026-10-06", "2026-10-20")])
    #expect(try standing(debt).longestDaysLate == 5)
    // On hold today: neither overdue nor asked for.
    let held = try standing(
      Debt(dueOn: "2026-10-01", amount: "10", holds: [Period("2026-10-02", "2026-11-22")]),
      Debt(dueOn: "2026-10-01", amount: "5", payments: [("2026-10-01", "5")]))
    #expect(held.overdue == .zero)
    #expect(held.held == "10")
    #expect(try held.onTimePercent() == "100")
    #expect(try held.grade().grade == .a)
  }

  @Test func aPaymentThatBouncedIsAsIfItHadNeverCome() throws {
    let standing = try standing(
      Debt(
        dueOn: "2026-11-01", amount: "10",
        payments: [("2026-11-20", "10"), ("2026-11-20", "-10"), ("2026-11-11", "10")]))
    #expect(standing.onTime == .zero)
    #expect(standing.late == "10")
    #expect(standing.longestDaysLate == 10)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var overdueDays = 0
    var longest = 0
    /// Paid on time of 1000.
    var onTime: Int64 = 1000
    var due: Int64 = 1000
    var writtenOff: Int64 = 0
    var grade: TenantStanding.Grade?

    var testDescription: String { "\(self)" }
  }

  @Test(arguments: [
    Case(grade: .a), Case(longest: 30, onTime: 950, grade: .a),
    Case(longest: 31, onTime: 950, grade: .b), Case(longest: 30, onTime: 949, grade: .b),
    Case(overdueDays: 1, longest: 1, onTime: 999, grade: .b),
    Case(overdueDays: 30, longest: 90, onTime: 800, grade: .b),
    Case(overdueDays: 31, longest: 31, onTime: 990, grade: .c),
    Case(longest: 91, onTime: 990, grade: .c), Case(longest: 5, onTime: 799, grade: .c),
    Case(longest: 300, onTime: 0, grade: .c),
    Case(overdueDays: 90, longest: 90, onTime: 0, grade: .c),
    Case(overdueDays: 91, longest: 91, onTime: 999, grade: .d),
    Case(writtenOff: 1, grade: .d), Case(onTime: 0, due: 0, grade: nil),
    Case(onTime: 0, due: 0, writtenOff: 1, grade: .d),
  ])
  func theGradeFollowsTheTable(_ test: Case) throws {
    var standing = TenantStanding()
    standing.due = Money(fen: test.due)
    standing.onTime = Money(fen: test.onTime)
    standing.overdueDays = test.overdueDays
    standing.overdue = Money(fen: test.overdueDays > 0 ? 1 : 0)
    standing.longestDaysLate = test.longest
    standing.writtenOff = Money(fen: test.writtenOff)
    #expect(try standing.grade().grade == test.grade)
  }

  @Test func theGradeSaysWhyItIsNoBetter() throws {
    let paid = Debt(dueOn: "2026-10-01", amount: "900", payments: [("2026-10-01", "900")])
    func why(_ debts: Debt...) throws -> Phrase {
      try TenantStanding(debts, asOf: TenantStandingTests.day).grade().why
    }
    #expect(
      try why(paid)
        == Phrase(
          "100% of what was due was paid on time, nothing is overdue", "按期付款比例 100%，无逾期"))
    #expect(
      try why(paid, Debt(dueOn: "2026-11-12", amount: "100"))
        == Phrase(
          "100.00 is overdue, for up to 10 days; only 90% was paid on time",
          "逾期未付 100.00，最长 10 天；按期付款比例仅 90%"))
    #expect(
      try why(paid, Debt(dueOn: "2026-01-12", amount: "1", writtenOff: "1")).zh == "有坏账核销 1.00")
    #expect(try why() == Phrase("nothing was due in the last twelve months", "近十二个月无到期应收"))
  }
}
