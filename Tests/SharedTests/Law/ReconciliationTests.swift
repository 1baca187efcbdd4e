import Shared
import TestSupport
import Testing

struct ReconciliationTests {
  private func entry(
    _ no: String?, _ reference: String?, _ on: CivilDate, _ amount: Money, account: String? = "1"
  ) -> Reconciliation.Entry {
    Reconciliation.Entry(no: no, account: account, reference: reference, on: on, amount: amount)
  }

  /// `state reference/number difference` for each row, then what is equal and both sums.
  private func found(
    _ bank: [Reconciliation.Entry], _ books: [Reconciliation.Entry]
  ) throws -> [String] {
    let found = try Reconciliation(
      bank: bank, books: books, days: Period("2026-09-01", "2026-09-30"))
    return try found.rows.map {
      "\($0.state.rawValue) \($0.bank?.reference ?? "-")/\($0.books?.no ?? "-") "
        + "\(try $0.difference())"
    } + ["\(found.equal) \(found.bankSum) \(found.booksSum)"]
  }

  @Test func theSameReferenceOnTheSameAccountIsTheSameMoney() throws {
    #expect(
      try found(
        [entry(nil, "R1", "2026-09-02", "10.00"), entry(nil, "R2", "2026-09-03", "20.00")],
        [entry("S2", "R2", "2026-09-03", "20.00"), entry("S1", "R1", "2026-09-02", "10.00")])
        == ["2 30.00 30.00"])
  }

  @Test func anotherAccountIsOtherMoney() throws {
    #expect(
      try found(
        [entry(nil, "R1", "2026-09-02", "10.00")],
        [entry("S1", "R1", "2026-09-02", "10.00", account: "2")])
        == ["only_bank R1/- 10.00", "only_books -/S1 -10.00", "0 10.00 10.00"])
  }

  @Test func anotherAmountOrDayDiffers() throws {
    #expect(
      try found(
        [entry(nil, "R1", "2026-09-02", "10.00"), entry(nil, "R2", "2026-09-03", "20.00")],
        [entry("S1", "R1", "2026-09-02", "9.50"), entry("S2", "R2", "2026-09-04", "20.00")])
        == ["differs R1/S1 0.50", "differs R2/S2 0.00", "0 30.00 29.50"])
  }

  @Test func aPaymentOfAnotherDayIsFoundByItsReferenceButNotAskedFor() throws {
    #expect(
      try found(
        [entry(nil, "R1", "2026-09-02", "10.00")],
        [entry("S1", "R1", "2026-10-01", "10.00"), entry("S2", "R2", "2026-10-01", "5.00")])
        == ["differs R1/S1 0.00", "0 10.00 10.00"])
  }

  @Test func theNumberIsAskedWhereTheReferenceFindsNothing() throws {
    #expect(
      try found(
        [
          entry("S1", nil, "2026-09-02", "10.00", account: nil),
          entry("S2", "R9", "2026-09-03", "20.00"),
          entry("S2", "R2", "2026-09-03", "20.00"),
        ],
        [entry("S1", nil, "2026-09-02", "10.00"), entry("S2", "R2", "2026-09-03", "20.00")])
        == ["only_bank R9/- 20.00", "2 50.00 30.00"])
  }

  @Test func aReferenceThatTheBankUsesTwiceFindsThePaymentThatIsEqualFirst() throws {
    #expect(
      try found(
        [entry(nil, "0", "2026-09-02", "10.00"), entry(nil, "0", "2026-09-03", "20.00")],
        [entry("S2", "0", "2026-09-03", "20.00"), entry("S1", "0", "2026-09-02", "10.00")])
        == ["2 30.00 30.00"])
    // A third one has no payment left.
    #expect(
      try found(
        [entry(nil, "0", "2026-09-02", "10.00"), entry(nil, "0", "2026-09-02", "10.00")],
        [entry("S1", "0", "2026-09-02", "10.00")])
        == ["only_bank 0/- 10.00", "1 20.00 10.00"])
  }

  @Test func whatIsOnlyInTheBooksIsOfTheDays() throws {
    #expect(
      try found(
        [],
        [
          entry("S1", "R1", "2026-08-31", "1.00"), entry("S2", "R2", "2026-09-01", "2.00"),
          entry("S3", nil, "2026-09-30", "3.00"), entry("S4", "R4", "2026-10-01", "4.00"),
        ]) == ["only_books -/S2 -2.00", "only_books -/S3 -3.00", "0 0.00 5.00"])
  }
}
