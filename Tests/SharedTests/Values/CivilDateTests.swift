import Shared
import TestSupport
import Testing

struct CivilDateTests {
  @Test func everyDayFrom1900To2200IsTheDayAfterTheOneBefore() {
    var expected = (year: 1900, month: 1, day: 1)
    var day: CivilDate = "1900-01-01"
    let last: CivilDate = "2200-12-31"
    var wrong = 0
    while day <= last {
      let parts = day.parts
      if parts != expected { wrong += 1 }
      if CivilDate(year: parts.year, month: parts.month, day: parts.day) != day { wrong += 1 }
      if CivilDate(iso: "\(day)") != day { wrong += 1 }
      let isLeap =
        expected.year % 4 == 0 && (expected.year % 100 != 0 || expected.year % 400 == 0)
      let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][expected.month - 1]
      if day.month.days != days { wrong += 1 }
      expected.day += 1
      if expected.day > days { (expected.month, expected.day) = (expected.month + 1, 1) }
      if expected.month > 12 { (expected.year, expected.month) = (expected.year + 1, 1) }
      day = day.next
    }
    #expect(wrong == 0)
    #expect(expected.year == 2201)
  }

  @Test func daysAreCountedFrom1970() {
    #expect(("1970-01-01" as CivilDate).number == 0)
    #expect(("2026-11-22" as CivilDate).number == 20_779)
    #expect(("1969-12-31" as CivilDate).number == -1)
    #expect(("2026-03-01" as CivilDate).days(since: "2026-02-28") == 1)
    #expect(("2024-03-01" as CivilDate).days(since: "2024-02-28") == 2)
  }

  @Test(arguments: [
    ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"),
    ("2026-01-31", 2, "2026-03-31"), ("2026-03-31", -1, "2026-02-28"),
    ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"),
    ("2026-12-15", 1, "2027-01-15"), ("2026-01-15", -1, "2025-12-15"),
    ("2026-08-31", 6, "2027-02-28"), ("2026-05-05", 0, "2026-05-05"),
    ("2096-02-29", 48, "2100-02-28"),
  ])
  func monthsAreAddedAndTheDayClamped(_ day: String, _ months: Int, _ expected: String) {
    #expect("\(CivilDate(stringLiteral: day).adding(months: months))" == expected)
  }

  @Test func addingMonthsOneByOneMayDriftButNeverFromTheAnchor() {
    let anchor: CivilDate = "2024-01-31"
    for months in -600...600 {
      let day = anchor.adding(months: months)
      #expect(day.month == anchor.month.adding(months))
      #expect(day == day.month.last)
    }
  }

  @Test(arguments: [
    "", "2026-1-05", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32",
    "0000-01-01", "2026/01/05", "2026-01-05 ", "+026-01-05", "２０２６-01-05", "20260105",
  ])
  func whatIsNoDayIsRefused(_ text: String) {
    #expect(CivilDate(iso: text) == nil)
  }

  @Test func monthsAreCounted() {
    let month = CivilMonth(year: 2026, month: 12)
    #expect("\(month)" == "2026-12")
    #expect("\(month.adding(1))" == "2027-01")
    #expect("\(month.adding(-12))" == "2025-12")
    #expect(month.first == "2026-12-01")
    #expect(month.last == "2026-12-31")
    #expect(CivilMonth(year: 2026, month: 2).day(clamped: 31) == "2026-02-28")
  }

  @Test func periodsIntersect() {
    let year = Period("2026-01-01", "2026-12-31")
    #expect(year.days == 365)
    #expect(
      year.intersection(Period("2025-06-01", "2026-01-01")) == Period("2026-01-01", "2026-01-01"))
    #expect(year.intersection(Period("2027-01-01", "2027-12-31")) == nil)
    #expect(year.contains("2026-12-31") && !year.contains("2027-01-01"))
  }
}
