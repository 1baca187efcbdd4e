import Shared
import TestSupport
import Testing

/// 收缴率 and 清欠率 of one place, from what was booked.
struct CollectionRateTests {
  private typealias Movement = CollectionRate.Movement

  private static func month(_ month: Int) -> CivilMonth { CivilMonth(year: 2026, month: month) }

  private func movement(
    _ kind: Movement.Kind, _ amount: Money, due: Int, booked: Int, undoes: Int? = nil,
    opening: Bool = false
  ) -> Movement {
    Movement(
      kind, amount, dueIn: CollectionRateTests.month(due),
      bookedIn: CollectionRateTests.month(booked),
      undoes: undoes.map(CollectionRateTests.month), isOpening: opening)
  }

  /// `month due collected rate · arrears recovered rate`, as a person would read it.
  private func lines(_ movements: [Movement], through last: Int = 4) throws -> [String] {
    try CollectionRate.rates(of: movements, through: CollectionRateTests.month(last)).map { rate in
      func text(_ percent: Fixed?) -> String { percent.map { "\($0)" } ?? "–" }
      return "\(rate.month.month): \(rate.due) \(rate.collected) \(text(try rate.rate())) · "
        + "\(rate.arrears) \(rate.recovered) \(text(try rate.recoveryRate()))"
    }
  }

  @Test func whatIsPaidLaterCountsForItsMonthAndAsRecovered() throws {
    #expect(
      try lines([
        movement(.charged, "300", due: 2, booked: 1),
        movement(.collected, "100", due: 2, booked: 2),
        movement(.collected, "50", due: 2, booked: 3),
      ]) == [
        "2: 300.00 150.00 50 · 0.00 0.00 –", "3: 0.00 0.00 – · 200.00 50.00 25",
        "4: 0.00 0.00 – · 150.00 0.00 0",
      ])
  }

  @Test func whatWasPaidBeforeItsMonthIsCollected() throws {
    #expect(
      try lines(
        [
          movement(.charged, "3", due: 2, booked: 1), movement(.collected, "1", due: 2, booked: 1),
        ], through: 2) == ["2: 3.00 1.00 33.33 · 0.00 0.00 –"])
  }

  @Test func aCreditNoteNetsWhatItSettlesAndCollectsNothing() throws {
    #expect(
      try lines([
        movement(.charged, "100", due: 2, booked: 2), movement(.netted, "20", due: 2, booked: 3),
        movement(.collected, "40", due: 2, booked: 2),
      ]) == [
        "2: 80.00 40.00 50 · 0.00 0.00 –", "3: 0.00 0.00 – · 40.00 0.00 0",
        "4: 0.00 0.00 – · 40.00 0.00 0",
      ])
  }

  @Test func whatTheOldBooksLeftIsArrearsFromTheStart() throws {
    // Due in January, booked when the system starts in March.
    #expect(
      try lines([
        movement(.charged, "10", due: 1, booked: 3, opening: true),
        movement(.collected, "4", due: 1, booked: 3, opening: true),
      ]) == ["3: 0.00 0.00 – · 10.00 4.00 40", "4: 0.00 0.00 – · 6.00 0.00 0"])
    #expect(
      try lines([movement(.charged, "10", due: 3, booked: 3, opening: true)], through: 3)
        == ["3: 0.00 0.00 – · 10.00 0.00 0"])
  }

  @Test func whatABouncedChequeHadPaidIsOpenAgain() throws {
    // Paid in February, bounced in March: March begins with it open.
    #expect(
      try lines(
        [
          movement(.charged, "10", due: 2, booked: 2),
          movement(.collected, "10", due: 2, booked: 2),
          movement(.collected, "-10", due: 2, booked: 3, undoes: 2),
          movement(.collected, "7", due: 2, booked: 3),
        ], through: 3) == ["2: 10.00 7.00 70 · 0.00 0.00 –", "3: 0.00 0.00 – · 10.00 7.00 70"])
    // Paid and bounced in March: nothing was recovered.
    #expect(
      try lines(
        [
          movement(.charged, "10", due: 2, booked: 2),
          movement(.collected, "10", due: 2, booked: 3),
          movement(.collected, "-10", due: 2, booked: 3, undoes: 3),
        ], through: 3) == ["2: 10.00 0.00 0 · 0.00 0.00 –", "3: 0.00 0.00 – · 10.00 0.00 0"])
  }

  @Test func whatIsWrittenOffIsNoArrearsOfLaterMonths() throws {
    #expect(
      try lines([
        movement(.charged, "10", due: 1, booked: 1), movement(.writtenOff, "10", due: 1, booked: 2),
      ]) == ["1: 10.00 0.00 0 · 0.00 0.00 –", "2: 0.00 0.00 – · 10.00 0.00 0"])
  }

  @Test func monthsToComeAreNotShown() throws {
    #expect(try lines([movement(.charged, "10", due: 5, booked: 4)]) == [])
    #expect(try lines([]) == [])
  }
}
