import Foundation
import TestSupport
import Testing

@testable import Shared

/// What an overdue charge bears.
struct LateFeeTests {
  private func rules(
    _ rate: Fixed = "0.5", grace: Int = 0, _ mode: LateFeeRules.GraceMode = .skip,
    cap: Fixed? = nil, from: CivilDate = "2020-01-01"
  ) -> LateFeeRules {
    var rules = LateFeeRules()
    rules.add(
      LateFeeRules.Rule(
        fromOn: from, ratePermille: rate, graceDays: grace, graceMode: mode, capPercent: cap),
      for: "*")
    return rules
  }

  /// Due on 5 January 2026 unless told otherwise.
  private func fee(
    _ rules: LateFeeRules, of amount: Money = "35000", due: CivilDate = "2026-01-05",
    paid: [(Money, CivilDate)] = [], adjusted: [(Money, CivilDate)] = []
  ) -> LateFee {
    LateFee(
      rows: [LateFee.Demand(amount, dueOn: due)]
        + adjusted.map { LateFee.Demand($0.0, dueOn: $0.1) },
      settlements: paid.map { LateFee.Settlement($0.0, on: $0.1) }, rules: rules, item: "rent")
  }

  /// `2026-01-06…2026-01-31 455.00` for each row.
  private func rows(_ fee: LateFee, asOf: CivilDate) throws -> [String] {
    try fee.postings(asOf: asOf).map { "\($0.period) \($0.amount)" }
  }

  @Test func aRowStandsAtEachMonthEnd() throws {
    // 35,000 × 0.5‰ = 17.50 a day; 26 days of January, 28 of February.
    let found = try rows(fee(rules()), asOf: "2026-03-15")
    #expect(found == ["2026-01-06…2026-01-31 455.00", "2026-02-01…2026-02-28 490.00"])
  }

  @Test func theDayOfPaymentCountsAndEndsARow() throws {
    let part = fee(rules(), paid: [("15000", "2026-01-15")])
    // 10 days of 17.50, then 16 of 10.00.
    #expect(
      try rows(part, asOf: "2026-01-31") == [
        "2026-01-06…2026-01-15 175.00", "2026-01-16…2026-01-31 160.00",
      ])
    let whole = fee(rules(), paid: [("35000", "2026-01-15")])
    #expect(try rows(whole, asOf: "2026-12-31") == ["2026-01-06…2026-01-15 175.00"])
  }

  @Test func whatIsPaidOnTheDueDayBearsNothing() throws {
    #expect(try rows(fee(rules(), paid: [("35000", "2026-01-05")]), asOf: "2026-12-31") == [])
    #expect(
      try rows(fee(rules(), paid: [("35000", "2026-01-06")]), asOf: "2026-12-31")
        == ["2026-01-06…2026-01-06 17.50"])
  }

  @Test func daysOfGraceThatAreSkippedBearNothing() throws {
    let rules = self.rules(grace: 3)
    #expect(try rows(fee(rules, paid: [("35000", "2026-01-08")]), asOf: "2026-12-31") == [])
    // 9 and 10 January; the period begins after the due day all the same.
    #expect(
      try rows(fee(rules, paid: [("35000", "2026-01-10")]), asOf: "2026-12-31")
        == ["2026-01-06…2026-01-10 35.00"])
  }

  @Test func graceThatIsWaivedIsLostWhenItPasses() throws {
    let rules = self.rules(grace: 3, .waive)
    #expect(try rows(fee(rules, paid: [("35000", "2026-01-08")]), asOf: "2026-12-31") == [])
    // 6 to 10 January.
    #expect(
      try rows(fee(rules, paid: [("35000", "2026-01-10")]), asOf: "2026-12-31")
        == ["2026-01-06…2026-01-10 87.50"])
    // What was paid in time bears nothing, the rest from the first day.
    #expect(
      try rows(
        fee(rules, paid: [("15000", "2026-01-08"), ("20000", "2026-01-10")]), asOf: "2026-12-31")
        == ["2026-01-06…2026-01-10 50.00"])
    #expect(try rows(fee(rules), asOf: "2026-01-08") == [])
  }

  @Test func noRowIsDatedWithinTheGrace() throws {
    for mode in LateFeeRules.GraceMode.allCases {
      let fee = self.fee(rules(grace: 15, mode), due: "2026-01-25", paid: [("5000", "2026-02-03")])
      let found = try fee.postings(asOf: "2026-02-28")
      #expect(found.map(\.period) == [Period("2026-01-26", "2026-02-28")])
      // skip: 10 … 28 February of 30,000; waive: 34 days of it.
      #expect(found.map(\.amount) == [mode == .skip ? "285.00" : "510.00"])
    }
  }

  @Test func theCapIsOfTheWholeCharge() throws {
    // 1% of 35,000 is 350.00: reached on the twentieth day.
    let fee = self.fee(rules(cap: "1"))
    let found = try fee.postings(asOf: "2027-01-31")
    #expect(found.map(\.amount) == ["350.00"])
    #expect(found[0].cap == "1")
    #expect(try fee.nextPostingOn(after: "2026-01-31") == nil)
    let adjusted = self.fee(rules(cap: "1"), adjusted: [("35000", "2026-06-01")])
    #expect(
      try rows(adjusted, asOf: "2026-12-31") == [
        "2026-01-06…2026-01-31 455.00", "2026-02-01…2026-02-28 245.00",
      ])
  }

  @Test func aBillThatWasTooHighBearsOnlyWhatIsRight() throws {
    // 15,000 × 0.5‰ × 26, though the correction came in March.
    let fee = self.fee(rules(), adjusted: [("-20000", "2026-03-10")])
    #expect(try rows(fee, asOf: "2026-01-31") == ["2026-01-06…2026-01-31 195.00"])
    let nothing = self.fee(rules(), adjusted: [("-35000", "2026-03-10")])
    #expect(try rows(nothing, asOf: "2026-12-31") == [])
    #expect(try nothing.nextPostingOn(after: "2026-01-01") == nil)
  }

  @Test func aBillThatWasTooLowBearsTheRestFromItsOwnDueDay() throws {
    let fee = self.fee(rules(), adjusted: [("5000", "2026-02-18")])
    #expect(
      try rows(fee, asOf: "2026-02-28") == [
        "2026-01-06…2026-01-31 455.00", "2026-02-01…2026-02-28 515.00",
      ])
  }

  @Test func theRuleOfTheItemBeatsTheOneForAll() throws {
    var rules = self.rules()
    rules.add(LateFeeRules.Rule(fromOn: "2026-01-16", ratePermille: "1"), for: "rent")
    rules.add(LateFeeRules.Rule(fromOn: "2026-01-21", ratePermille: "5"), for: "*")
    rules.add(LateFeeRules.Rule(fromOn: "2026-01-01", ratePermille: "9"), for: "other")
    // 10 days of 0.5‰, 16 of 1‰.
    #expect(try rows(fee(rules), asOf: "2026-01-31") == ["2026-01-06…2026-01-31 735.00"])
  }

  @Test func beforeTheFirstRuleNothingIsBorne() throws {
    let late = rules(grace: 3, from: "2026-02-15")
    #expect(try rows(fee(late), asOf: "2026-02-28") == ["2026-02-01…2026-02-28 245.00"])
    #expect(try rows(fee(LateFeeRules()), asOf: "2026-12-31") == [])
    #expect(try fee(LateFeeRules()).nextPostingOn(after: "2026-01-01") == nil)
    #expect(try fee(late).nextPostingOn(after: "2025-12-01") == "2026-02-28")
  }

  @Test func graceAndCapAreThoseOfTheFirstOverdueDay() throws {
    var rules = self.rules(grace: 3, cap: "1")
    rules.add(
      LateFeeRules.Rule(fromOn: "2026-01-07", ratePermille: "1", graceDays: 20), for: "rent")
    // 9 … 31 January of 1‰: 805, capped at 350.
    #expect(try rows(fee(rules), asOf: "2026-12-31") == ["2026-01-06…2026-01-31 350.00"])
  }

  @Test func daysOnHoldBearNothing() throws {
    var held = fee(rules())
    held.holds = [Period("2026-01-10", "2026-01-19"), Period("2026-02-01", "9999-12-31")]
    #expect(try rows(held, asOf: "2026-12-31") == ["2026-01-06…2026-01-31 280.00"])
    #expect(try held.nextPostingOn(after: "2026-01-31") == nil)
  }

  @Test func openingItemsBearFromTheFirstDayOfTheBooks() throws {
    var opening = fee(rules(), due: "2025-08-05")
    opening.bearsFrom = "2026-01-11"
    #expect(
      try rows(opening, asOf: "2026-02-28") == [
        "2026-01-11…2026-01-31 367.50", "2026-02-01…2026-02-28 490.00",
      ])
  }

  @Test func whatIsWaivedComesOffTheFirstRows() throws {
    var waived = fee(rules())
    waived.waived = "500"
    let found = try waived.postings(asOf: "2026-02-28")
    #expect(found.map(\.period) == [Period("2026-02-01", "2026-02-28")])
    #expect(found.map(\.amount) == ["445.00"])
    waived.waived = "100000"
    #expect(try rows(waived, asOf: "2026-12-31") == [])
  }

  @Test func allRowsTogetherAreRoundedOnce() throws {
    // 10.00 × 0.5‰ = half a fen a day: 26 days are 13 fen, 27 are 13.5.
    let fee = self.fee(
      rules(), of: "10", paid: [("1", "2025-12-31"), ("-1", "2025-12-31"), ("5", "2026-01-06")])
    let found = try fee.postings(asOf: "2026-01-31")
    // Half a fen; half a fen and 25 quarters: 6.75 in all.
    #expect(found.map(\.amount) == ["0.01", "0.06"])
    #expect(found[1].accrued == "0.06")
    let tiny = try self.fee(rules(), of: "0.20").postings(asOf: "2026-12-31")
    // 0.01 fen a day: half a fen on the fiftieth, one and a half on the hundred and fiftieth.
    #expect(
      tiny.map { "\($0.period) \($0.amount)" } == [
        "2026-02-01…2026-02-28 0.01", "2026-06-01…2026-06-30 0.01", "2026-09-01…2026-09-30 0.01",
        "2026-12-01…2026-12-31 0.01",
      ])
    #expect(
      Explanation.text(tiny[0], .zh)
        == "0.20 × 0.5‰ × 28 日（2026-02-01…2026-02-28） = 0.00，计 0.01（累计取整）")
  }

  @Test func aSettlementTakenBackBearsAgain() throws {
    // The cheque of 10 January bounced on the 20th: eleven days were settled, the rest bears.
    let fee = self.fee(rules(), paid: [("35000", "2026-01-10"), ("-35000", "2026-01-20")])
    #expect(
      try rows(fee, asOf: "2026-01-31") == [
        "2026-01-06…2026-01-10 87.50", "2026-01-21…2026-01-31 192.50",
      ])
  }

  @Test func theSentenceSaysHow() throws {
    let two = fee(rules(cap: "30"), adjusted: [("5000", "2026-02-18")])
    let found = try two.postings(asOf: "2026-02-28")
    #expect(
      Explanation.text(found[0], .zh) == "35,000.00 × 0.5‰ × 26 日（2026-01-06…2026-01-31） = 455.00")
    #expect(
      Explanation.text(found[1], .en)
        == "35,000.00 × 0.5‰ × 18 days (2026-02-01…2026-02-18) + 40,000.00 × 0.5‰ × 10 days"
        + " (2026-02-19…2026-02-28) = 515.00")
    var capped = fee(rules(cap: "1"))
    capped.waived = "100"
    let row = try capped.postings(asOf: "2026-01-31")[0]
    #expect(
      Explanation.text(row, .zh)
        == "35,000.00 × 0.5‰ × 26 日（2026-01-06…2026-01-31） = 455.00，计 250.00（封顶 1%，减免 100.00）")
    #expect(
      Explanation.text(row, .en)
        == "35,000.00 × 0.5‰ × 26 days (2026-01-06…2026-01-31) = 455.00, charged 250.00"
        + " (capped at 1%, 100.00 waived)")
  }

  @Test func theNextRowIsTheNextMonthEndWithSomethingOpen() throws {
    let fee = self.fee(rules(grace: 30), paid: [("35000", "2026-04-10")])
    #expect(try fee.nextPostingOn(after: "2025-01-01") == "2026-02-28")
    #expect(try fee.nextPostingOn(after: "2026-02-28") == "2026-03-31")
    #expect(try fee.nextPostingOn(after: "2026-04-10") == nil)
  }

  @Test func tooMuchIsAnErrorNotACrash() throws {
    let huge = LateFee(
      rows: [LateFee.Demand(Money(fen: .max), dueOn: "2020-01-01")], rules: rules("1000"),
      item: "rent")
    #expect(throws: ValueError.self) { try huge.postings(asOf: "2026-01-01") }
    let sum = LateFee(
      rows: [
        LateFee.Demand(Money(fen: .max), dueOn: "2020-01-01"),
        LateFee.Demand(Money(fen: .max), dueOn: "2020-01-01"),
      ], rules: rules(), item: "rent")
    #expect(throws: ValueError.self) { try sum.postings(asOf: "2026-01-01") }
  }
}

/// Random cases with the rows that the reference in `Tests/Reference` finds day by day.
struct LateFeeTableTests {
  struct Case {
    var fee: LateFee
    var asOf: CivilDate
    var expected: [String]

    init(_ object: [String: Any]) throws {
      func days(_ key: String) -> [[String]] { object[key] as? [[String]] ?? [] }
      var rules = LateFeeRules()
      for rule in object["rules"] as? [[String: Any]] ?? [] {
        rules.add(
          LateFeeRules.Rule(
            fromOn: CivilDate(stringLiteral: rule["from_on"] as? String ?? ""),
            ratePermille: Fixed(stringLiteral: rule["rate_permille"] as? String ?? ""),
            graceDays: rule["grace_days"] as? Int ?? 0,
            graceMode: try #require(
              LateFeeRules.GraceMode(rawValue: rule["grace_mode"] as? String ?? "")),
            capPercent: (rule["cap_percent"] as? String).map(Fixed.init(stringLiteral:))),
          for: rule["item"] as? String ?? "")
      }
      fee = LateFee(
        rows: days("rows").map {
          LateFee.Demand(Money(stringLiteral: $0[0]), dueOn: CivilDate(stringLiteral: $0[1]))
        },
        settlements: days("settlements").map {
          LateFee.Settlement(Money(stringLiteral: $0[0]), on: CivilDate(stringLiteral: $0[1]))
        },
        holds: days("holds").map {
          Period(CivilDate(stringLiteral: $0[0]), CivilDate(stringLiteral: $0[1]))
        },
        waived: Money(stringLiteral: object["waived"] as? String ?? ""), rules: rules,
        item: object["item"] as? String ?? "",
        bearsFrom: (object["bears_from"] as? String).map(CivilDate.init(stringLiteral:)))
      asOf = CivilDate(stringLiteral: object["as_of"] as? String ?? "")
      expected = days("expected").map { "\($0[0])…\($0[1]) \($0[2])" }
    }
  }

  static let cases = Result {
    let path = Repository.path("Tests/Fixtures/late-fees.jsonl")
    return try objects(String(contentsOfFile: path, encoding: .utf8)).map(Case.init)
  }

  @Test func theRowsAreThoseOfTheReference() throws {
    let cases = try LateFeeTableTests.cases.get()
    #expect(cases.count >= 300)
    for (index, one) in cases.enumerated() {
      let found = try one.fee.postings(asOf: one.asOf).map { "\($0.period) \($0.amount)" }
      #expect(found == one.expected, "line \(index + 1)")
    }
  }

  @Test func aLaterDayAddsRowsAndChangesNone() throws {
    for one in try LateFeeTableTests.cases.get().prefix(100) {
      let whole = try one.fee.postings(asOf: one.asOf.adding(days: 400))
      var day = one.fee.rows[0].dueOn.adding(days: -20)
      while day < one.asOf.adding(days: 400) {
        let found = try one.fee.postings(asOf: day)
        #expect(found == Array(whole.prefix(found.count)))
        #expect(whole.dropFirst(found.count).allSatisfy { $0.postedOn > day })
        day = day.adding(days: 7)
      }
    }
  }

  @Test func theNextRowIsNeverEarlierThanSaid() throws {
    for one in try LateFeeTableTests.cases.get().prefix(100) {
      let settled = Set(one.fee.settlements.map(\.effectiveOn))
      let whole = try one.fee.postings(asOf: one.asOf.adding(days: 400))
      let atMonthEnds = whole.map(\.postedOn).filter { !settled.contains($0) }
      var day = one.fee.rows[0].dueOn.adding(days: -20)
      while day < one.asOf.adding(days: 300) {
        let next = try one.fee.nextPostingOn(after: day)
        if let next { #expect(next > day && next == next.month.last) }
        if let first = atMonthEnds.first(where: { $0 > day }) {
          #expect(next.map { $0 <= first } ?? false)
        }
        day = day.adding(days: 5)
      }
    }
  }

  @Test func eachPeriodFollowsTheOneBefore() throws {
    for one in try LateFeeTableTests.cases.get() {
      let found = try one.fee.postings(asOf: one.asOf)
      for (earlier, later) in zip(found, found.dropFirst()) {
        #expect(earlier.period.to < later.period.from)
      }
      for row in found {
        #expect(row.amount > .zero)
        #expect(
          row.spans.allSatisfy { row.period.from <= $0.days.from && $0.days.to <= row.period.to })
      }
    }
  }

  @Test func tenYearsOfDebtCostLittle() throws {
    let fee = LateFee(
      rows: [LateFee.Demand("35000", dueOn: "2016-01-05")],
      rules: {
        var rules = LateFeeRules()
        rules.add(LateFeeRules.Rule(fromOn: "2016-01-01", ratePermille: "0.5"), for: "*")
        return rules
      }(), item: "rent")
    let found = try fee.postings(asOf: "2026-01-04")
    #expect(found.count == 120)
    // The days of January 2026 have no row yet.
    let sum = found.reduce(0) { $0 + $1.amount.fen }
    #expect(sum == Int64(("2025-12-31" as CivilDate).days(since: "2016-01-05")) * 1750)
  }
}
