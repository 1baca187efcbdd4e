import Shared
import TestSupport
import Testing

/// What should have been reported and read by a day.
struct MissingFactsTests {
  private func turnovers(
    _ from: CivilDate, _ to: CivilDate, reported: [String] = [], asOf: CivilDate,
    billingFrom: CivilDate? = nil
  ) -> [String] {
    MissingFacts(asOf: asOf, billingFrom: billingFrom)
      .turnovers(of: Period(from, to), reported: Set(reported.compactMap { CivilMonth(iso: $0) }))
      .map { "\($0.kind.rawValue) \($0.month) \($0.days) \($0.daysOverdue)" }
  }

  private func readings(
    _ from: CivilDate, _ to: CivilDate, _ readOn: [CivilDate], asOf: CivilDate,
    closed: Bool = false, billingFrom: CivilDate? = nil
  ) -> [String] {
    MissingFacts(asOf: asOf, billingFrom: billingFrom)
      .readings(
        of: InstallDays(fromOn: from, lastDay: to, hasCloseReading: closed), readOn: readOn
      ).map { fact in
        let last = fact.lastReadOn.map { " after \($0)" } ?? ""
        return "\(fact.kind.rawValue) \(fact.month) \(fact.days)\(last) \(fact.daysOverdue)"
      }
  }

  // MARK: Turnover

  @Test func aMonthIsExpectedOnTheDayAfterItsLast() {
    #expect(turnovers("2026-01-01", "2026-12-31", asOf: "2026-01-31") == [])
    #expect(
      turnovers("2026-01-01", "2026-12-31", asOf: "2026-02-01")
        == ["turnover 2026-01 2026-01-01…2026-01-31 1"])
  }

  @Test func partMonthsOfATermAreExpectedToo() {
    #expect(
      turnovers("2026-01-15", "2026-03-10", asOf: "2026-06-01", billingFrom: nil) == [
        "turnover 2026-01 2026-01-15…2026-01-31 121",
        "turnover 2026-02 2026-02-01…2026-02-28 93",
        "turnover 2026-03 2026-03-01…2026-03-10 62",
      ])
  }

  @Test func whatIsReportedIsNotMissing() {
    #expect(
      turnovers("2026-01-01", "2026-12-31", reported: ["2026-01", "2026-03"], asOf: "2026-04-01")
        == ["turnover 2026-02 2026-02-01…2026-02-28 32"])
  }

  @Test func nothingIsExpectedBeforeTheMonthOfTheFirstBillingDay() {
    #expect(
      turnovers("2025-01-01", "2026-12-31", asOf: "2026-04-01", billingFrom: "2026-03-20")
        == ["turnover 2026-03 2026-03-01…2026-03-31 1"])
    #expect(
      turnovers("2025-01-01", "2026-02-15", asOf: "2026-04-01", billingFrom: "2026-03-20") == [])
  }

  // MARK: Readings

  @Test func aMonthInWhichAMeterCameIsReadByItsOpening() {
    #expect(readings("2026-01-15", "2027-01-14", [], asOf: "2026-02-15") == [])
    #expect(
      readings("2026-01-15", "2027-01-14", [], asOf: "2026-03-01")
        == ["reading 2026-02 2026-02-01…2026-02-28 1"])
    #expect(
      readings("2026-01-01", "2027-01-14", [], asOf: "2026-02-01")
        == ["reading 2026-01 2026-01-01…2026-01-31 1"])
  }

  @Test func anyDayOfTheMonthWillDo() {
    #expect(
      readings(
        "2026-01-01", "2026-12-31", ["2026-01-01", "2026-02-28", "2026-02-28", "2026-04-15"],
        asOf: "2026-05-01") == ["reading 2026-03 2026-03-01…2026-03-31 after 2026-02-28 31"])
  }

  @Test func daysOutsideTheInstallDoNotCount() {
    #expect(
      readings("2026-02-01", "2026-12-31", ["2026-01-31"], asOf: "2026-03-01")
        == ["reading 2026-02 2026-02-01…2026-02-28 1"])
    #expect(
      readings("2026-01-01", "2026-02-14", ["2026-01-31", "2026-02-28"], asOf: "2026-03-01")
        == ["last_reading 2026-02 2026-02-01…2026-02-14 after 2026-01-31 15"])
  }

  @Test func aMeterThatIsGoneNeedsAReadingOfItsLastDay() {
    let read: [CivilDate] = ["2026-01-31", "2026-02-10"]
    #expect(readings("2026-01-01", "2026-02-14", read, asOf: "2026-02-14") == [])
    #expect(
      readings("2026-01-01", "2026-02-14", read, asOf: "2026-02-15")
        == ["last_reading 2026-02 2026-02-11…2026-02-14 after 2026-02-10 1"])
    #expect(readings("2026-01-01", "2026-02-14", read, asOf: "2026-03-15", closed: true) == [])
    #expect(
      readings("2026-01-01", "2026-02-14", read + ["2026-02-14"], asOf: "2026-03-15") == [])
  }

  @Test func theLastReadingStandsForItsMonth() {
    #expect(
      readings("2026-01-01", "2026-02-28", [], asOf: "2026-03-15") == [
        "reading 2026-01 2026-01-01…2026-01-31 43",
        "last_reading 2026-02 2026-01-01…2026-02-28 15",
      ])
    // A close reading is a reading of the last day, and so of the last month.
    #expect(
      readings("2026-01-01", "2026-02-28", [], asOf: "2026-03-15", closed: true)
        == ["reading 2026-01 2026-01-01…2026-01-31 43"])
  }

  @Test func aMeterForAFewDaysOfAMonthNeedsItsLastReadingOnly() {
    #expect(
      readings("2026-02-05", "2026-02-20", [], asOf: "2026-03-15")
        == ["last_reading 2026-02 2026-02-05…2026-02-20 23"])
    #expect(readings("2026-02-05", "2026-02-04", [], asOf: "2026-03-15") == [])
  }

  @Test func readingsBeforeTheFirstBillingDayAreTheDayBefore() {
    #expect(
      readings(
        "2025-01-01", "2026-12-31", ["2026-01-31"], asOf: "2026-04-01", billingFrom: "2026-03-01")
        == ["reading 2026-03 2026-03-01…2026-03-31 after 2026-01-31 1"])
    #expect(
      readings("2025-01-01", "2026-02-28", [], asOf: "2026-04-01", billingFrom: "2026-03-01")
        == [])
  }
}
