import Shared
import TestSupport
import Testing

/// Months, part months by days, and what each takes.
struct StraightLineTests {
  private func line(_ from: CivilDate, _ to: CivilDate) -> StraightLine {
    StraightLine(Period(from, to))
  }

  /// What every month of a lease takes, one after the other.
  private func incomes(_ line: StraightLine, of total: Money) throws -> [String] {
    var left = total
    var found: [String] = []
    var month = line.days.from.month
    while month <= line.days.to.month {
      let income = try line.income(of: month, left: left)
      left = try left - income
      found.append("\(income)")
      month = month.adding(1)
    }
    #expect(left == .zero)
    return found
  }

  @Test func wholeMonthsAreEqualWhateverTheirDays() throws {
    #expect(
      try incomes(line("2026-01-01", "2026-04-30"), of: "400") == [
        "100.00", "100.00", "100.00", "100.00",
      ])
  }

  @Test func partMonthsCountByDays() throws {
    // 17/31 + 1 + 14/31 = 2 months: 500 a month.
    let line = line("2026-01-15", "2026-03-14")
    #expect("\(line.left(from: CivilMonth(year: 2026, month: 1)))" == "2")
    #expect(try incomes(line, of: "1000") == ["274.19", "500.00", "225.81"])
    let odd = self.line("2026-01-15", "2026-02-14")
    #expect("\(odd.left(from: CivilMonth(year: 2026, month: 1)))" == "1+3/62")
    #expect("\(odd.share(of: CivilMonth(year: 2026, month: 2)))" == "14/28")
  }

  @Test func whatDoesNotDivideIsTakenUpOnTheWay() throws {
    #expect(
      try incomes(line("2026-01-01", "2026-03-31"), of: "100") == ["33.33", "33.34", "33.33"])
    #expect(
      try incomes(line("2026-01-01", "2026-03-31"), of: "-100") == ["-33.33", "-33.34", "-33.33"])
  }

  @Test func nothingBeforeAllAfterwards() throws {
    let line = line("2026-03-10", "2026-03-20")
    #expect(try line.income(of: CivilMonth(year: 2026, month: 2), left: "9") == .zero)
    #expect(try line.income(of: CivilMonth(year: 2026, month: 3), left: "9") == "9")
    #expect(try line.income(of: CivilMonth(year: 2027, month: 1), left: "-3") == "-3")
  }
}
