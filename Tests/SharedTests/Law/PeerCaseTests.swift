import Foundation
import TestSupport
import Testing

@testable import Shared

/// Cases of other systems whose convention is that of the law, where their file is there: it lies
/// beside the project, not in it. `BOMS_CASES` names its folder.
@Suite(.enabled(if: PeerCases.path != nil))
struct PeerCaseTests {
  @Test func thePeriodsAreThose() throws {
    for id in ["B0041", "B0042", "B0044", "B0045"] {
      guard let peer = PeerCases.named(id) else { continue }
      let expected = (peer.expected["periods"] as? [[String]] ?? []).map { "\($0[0])…\($0[1])" }
      #expect(try periodic(peer).periods() == expected, "\(id)")
    }
  }

  @Test func theFirstPeriodAndItsDayAreThose() throws {
    for id in ["B0015", "B0017", "B0021", "B0027"] {
      guard let peer = PeerCases.named(id) else { continue }
      let charge = try #require(try periodic(peer).charges(asOf: "2022-12-31").first)
      #expect("\(charge.period.from)" == peer.expected["period_start"] as? String, "\(id)")
      #expect("\(charge.period.to)" == peer.expected["period_end"] as? String, "\(id)")
      #expect("\(charge.dueOn)" == peer.expected["next_invoice_date"] as? String, "\(id)")
    }
  }

  /// A contract whose rule is `monthly` (from the first day on) or `monthlylastday` (calendar).
  private func periodic(_ peer: PeerCases.Case) -> Lease {
    let rule = peer.text("rule") ?? peer.text("recurring_rule_type") ?? ""
    let count = peer.number("interval") ?? peer.number("recurring_interval") ?? 1
    let timing = peer.text("invoicing") ?? peer.text("recurring_invoicing_type")
    // Without an end it goes on; a first billing on a first day of the month is a calendar month.
    let start = CivilDate(stringLiteral: peer.text("date_start") ?? "2000-01-01")
    let end = CivilDate(stringLiteral: peer.text("date_end") ?? "2022-12-31")
    let next = peer.text("recurring_next_date")
    let isCalendar =
      rule == "monthlylastday" || (timing == "post-paid" && next?.hasSuffix("-01") == true)
    return lease(
      start, end,
      term {
        $0.anchor = isCalendar ? .calendar : .start
        $0.cycleMonths = rule == "yearly" ? 12 * count : count
        $0.timing = timing == "post-paid" ? .arrears : .advance
      })
  }

  @Test func monthsForwardAreThose() {
    for peer in PeerCases.of("date_math.advance") where peer.text("period") == "MONTHLY" {
      let day = CivilDate(stringLiteral: peer.text("date") ?? "")
      let found = day.adding(months: peer.number("n") ?? 0)
      #expect("\(found)" == peer.expected["date"] as? String, "\(peer.id)")
    }
  }

  @Test func theBillDayIsThat() {
    for peer in PeerCases.of("date_math.align_bill_day") where peer.text("period") == "MONTHLY" {
      let schedule = Schedule(
        term { $0.dueDay = peer.number("bill_cycle_day") }, days: Period("2022-01-01", "2022-12-31")
      )
      let found = schedule.dueOn(base: CivilDate(stringLiteral: peer.text("proposed") ?? ""))
      #expect("\(found)" == peer.expected["aligned"] as? String, "\(peer.id)")
    }
  }

  @Test func escalationAndStepsAreThose() throws {
    for id in [
      "B0732", "B0733", "B0734", "B0741", "B0742", "B0743", "B0747", "B0748", "B0749", "B0750",
      "B0751", "B0752", "B0753",
    ] {
      guard let peer = PeerCases.named(id), let rule = peer.input["rule"] as? [String: Any] else {
        continue
      }
      let start = CivilDate(stringLiteral: peer.text("contract_start") ?? "")
      var lease = lease(
        start, start.adding(months: 120).previous,
        term {
          $0.price = Fixed(stringLiteral: peer.text("base_monthly") ?? "0")
          if let percent = rule["pct"] as? String {
            $0.escalatePercent = Fixed(stringLiteral: percent)
            $0.escalateMonths =
              rule["every_months"] as? Int ?? 12 * (rule["every_years"] as? Int ?? 1)
          }
        })
      for step in rule["steps"] as? [[Any]] ?? [] {
        lease.priceSteps.append(
          PriceStep(
            line: 1, fromOn: start.adding(months: step[0] as? Int ?? 0),
            price: Fixed(stringLiteral: step[1] as? String ?? "")))
      }
      let path = try PricePath(of: lease.terms[0], in: lease, through: lease.endOn)
      let month = CivilDate(stringLiteral: (peer.text("month") ?? "") + "-01")
      #expect("\(path.price(on: month))" == peer.expected["monthly_rent"] as? String, "\(id)")
    }
  }

  @Test func linesOfABillAreThose() throws {
    for id in ["B0783", "B0786", "B0788"] {
      guard let peer = PeerCases.named(id) else { continue }
      let isPart = peer.text("days") != nil
      let lease = lease(
        "2026-04-01", isPart ? "2026-04-16" : "2026-04-30",
        area: Fixed(stringLiteral: peer.text("area") ?? ""),
        term {
          $0.method = .area
          $0.price = Fixed(stringLiteral: peer.text("price") ?? "")
          $0.taxRate = Fixed(stringLiteral: peer.text("tax") ?? "")
          $0.taxIncluded = false
        })
      let amounts = try lease.charges()[0].amounts
      #expect("\(amounts.net)" == peer.expected["net"] as? String, "\(id)")
      #expect("\(amounts.tax)" == peer.expected["tax"] as? String, "\(id)")
      if let gross = peer.expected["gross"] as? String { #expect("\(amounts.amount)" == gross) }
    }
  }

  /// 1‰ of 10,000 a day, capped at a half percent, is ten a day up to fifty.
  @Test func lateFeesByTheDayAreThose() throws {
    for id in ["B0806", "B0807", "B0809"] {
      guard let peer = PeerCases.named(id) else { continue }
      let days = peer.number("days") ?? 0
      let fee = lateFee(grace: 0, cap: "0.5", paidAfter: days)
      let sum = try fee.postings(asOf: "2022-12-31").reduce(0) { $0 + $1.amount.fen }
      #expect("\(sum / 100)" == peer.expected["fee"] as? String, "\(id)")
    }
  }

  @Test func graceIsThat() throws {
    if let peer = PeerCases.named("B0731") {
      let fee = lateFee(
        grace: peer.number("grace_days") ?? 0, paidAfter: peer.number("due_to_paid_days") ?? 0)
      let sum = try fee.postings(asOf: "2022-12-31").reduce(0) { $0 + $1.amount.fen }
      #expect(Int(sum / 1000) == peer.expected["penalty_days"] as? Int)
    }
    if let peer = PeerCases.named("B0804"), let due = peer.text("due"), let paid = peer.text("paid")
    {
      let days = CivilDate(stringLiteral: paid).days(since: CivilDate(stringLiteral: due))
      let fee = lateFee(grace: peer.number("grace_days") ?? 0, paidAfter: days)
      let isLate = try !fee.postings(asOf: "2022-12-31").isEmpty
      #expect(isLate == peer.expected["late"] as? Bool)
    }
  }

  private func lateFee(grace: Int, cap: Fixed? = nil, paidAfter days: Int) -> LateFee {
    var rules = LateFeeRules()
    rules.add(
      LateFeeRules.Rule(
        fromOn: "2020-01-01", ratePermille: "1", graceDays: grace, capPercent: cap),
      for: LateFeeRules.everyItem)
    let due: CivilDate = "2022-01-05"
    return LateFee(
      rows: [LateFee.Demand("10000", dueOn: due)],
      settlements: [LateFee.Settlement("10000", on: due.adding(days: days))], rules: rules,
      item: "rent")
  }

  @Test func aPaymentOfTwoBillsIsDividedLikeThat() throws {
    guard let peer = PeerCases.named("B0791"), let bills = peer.input["bills"] as? [String] else {
      return
    }
    let day: CivilDate = "2022-01-05"
    let account = TenantAccount(
      rows: bills.enumerated().map { index, amount in
        TenantAccount.Row(
          id: Int64(index), billNo: "B\(index)", contractNo: "C1", billOn: day, dueOn: day,
          amount: Money(stringLiteral: amount))
      },
      payments: [
        TenantAccount.Payment(
          no: "S1", paidOn: day, amount: Money(stringLiteral: peer.text("payment") ?? ""))
      ])
    let found = try account.allocations(asOf: day)
    let allocated = (peer.expected["allocated"] as? [String] ?? []).map(Money.init(stringLiteral:))
    #expect(found.allocations.map(\.amount) == allocated)
    #expect(found.credits.isEmpty)
  }
}

/// The file of cases.
private enum PeerCases {
  struct Case {
    var id: String
    var topic: String
    var input: [String: Any]
    var expected: [String: Any]

    func text(_ key: String) -> String? { input[key] as? String }
    func number(_ key: String) -> Int? { input[key] as? Int }
  }

  static let path: String? = {
    let named = ProcessInfo.processInfo.environment["BOMS_CASES"]
    let folders = [named, Repository.path("../shared/cases")].compactMap { $0 }
    return folders.map { "\($0)/billing/peers.jsonl" }
      .first { FileManager.default.fileExists(atPath: $0) }
  }()

  private static func all() -> [Case] {
    guard let path, let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
    return ((try? objects(text)) ?? []).map {
      Case(
        id: $0["id"] as? String ?? "", topic: $0["topic"] as? String ?? "",
        input: $0["input"] as? [String: Any] ?? [:],
        expected: $0["expected"] as? [String: Any] ?? [:])
    }
  }

  static func named(_ id: String) -> Case? { all().first { $0.id == id } }

  static func of(_ topic: String) -> [Case] { all().filter { $0.topic == topic } }
}
