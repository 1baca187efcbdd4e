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

  // MARK: Turnover and tiers

  /// A month of guarantee and share of sales, tax on top.
  private func turnover(_ peer: PeerCases.Case, sales: Money) -> Lease {
    let month = CivilDate(stringLiteral: (peer.text("month") ?? "2025-07") + "-01").month
    return lease(
      month.first, month.last,
      term {
        $0.method = .turnover
        $0.price = Fixed(stringLiteral: peer.text("guarantee") ?? "24840")
        $0.percent = "8"
        $0.taxRate = Fixed(stringLiteral: peer.text("tax_rate") ?? "0")
        $0.taxIncluded = false
      }
    ).with { $0.turnovers = [TurnoverReport(line: 1, month: month, amount: sales)] }
  }

  @Test func theLargerOfGuaranteeAndShareIsThat() throws {
    for peer in PeerCases.of("turnover_rent") where peer.text("sales") != nil {
      let sales = Money(stringLiteral: peer.text("sales") ?? "")
      let charges = try turnover(peer, sales: sales).charges()
      let net = try charges.reduce(Money.zero) { try $0 + $1.amounts.net }
      let gross = try charges.reduce(Money.zero) { try $0 + $1.amounts.amount }
      #expect("\(net)" == peer.expected["net"] as? String, "\(peer.id)")
      if let expected = peer.expected["gross_5pct"] as? String {
        #expect("\(gross)" == expected, "\(peer.id)")
      }
      #expect((charges.count == 2) == (peer.expected["source"] as? String == "share"))
    }
  }

  @Test func whatIsReportedLaterAndCorrectedIsBilledLikeThat() throws {
    if let peer = PeerCases.named("B0779") {
      let sales = Money(stringLiteral: peer.text("sales_reported_later") ?? "")
      let charges = try turnover(peer, sales: sales).charges()
      #expect("\(charges[0].amounts.amount)" == "\(peer.text("guarantee_billed") ?? "").00")
      let later = peer.expected["supplementary_bill"] as? String
      #expect("\(charges[1].amounts.amount)" == later)
    }
    if let peer = PeerCases.named("B0780") {
      let old = turnover(peer, sales: Money(stringLiteral: peer.text("old_sales") ?? ""))
      let new = turnover(peer, sales: Money(stringLiteral: peer.text("new_sales") ?? ""))
      let books = try old.charges().enumerated().map { recorded($1, id: Int64($0)) }
      let found = try Billing(new, taxes: TaxTable(), billingFrom: nil)
        .plan(asOf: "2025-09-01", recorded: books).subtraction
      #expect(found.new.isEmpty)
      #expect(
        found.adjustments.map { "\($0.difference.amount)" }
          == [peer.expected["adjustment"] as? String])
    }
  }

  @Test func aRentFreeMonthBearsNothingLikeThat() throws {
    guard let peer = PeerCases.named("B0782") else { return }
    var lease = turnover(peer, sales: "500000")
    lease.rentFree = [RentFree(item: "rent", days: Period(lease.startOn, lease.endOn))]
    #expect(try lease.charges().isEmpty)
  }

  @Test func aShareAboveABreakpointIsThat() throws {
    for id in ["B0812", "B0813"] {
      guard let peer = PeerCases.named(id), let rate = peer.text("rate") else { continue }
      let month = CivilMonth(year: 2026, month: 1)
      let lease = lease(
        month.first, month.last,
        term {
          $0.method = .turnover
          $0.price = nil
        }
      ).with {
        $0.turnoverTiers = [
          TurnoverTier(
            line: 1, fromOn: month.first,
            salesFrom: Money(stringLiteral: peer.text("breakpoint") ?? ""),
            percent: Fixed(millionths: Fixed(stringLiteral: rate).millionths * 100))
        ]
        $0.turnovers = [
          TurnoverReport(
            line: 1, month: month, amount: Money(stringLiteral: peer.text("sales") ?? ""))
        ]
      }
      let amount = try lease.charges().reduce(Int64(0)) { $0 + $1.amounts.amount.fen } / 100
      #expect("\(amount)" == peer.expected["percentage_rent"] as? String, "\(id)")
    }
  }

  /// Theirs rounds the price of a square metre first, so that the shares of the second case do not
  /// sum to the whole: there ours are the nearest that do.
  @Test func sharesByAreaAreThoseWhereTheySum() throws {
    for peer in PeerCases.of("public_share.by_area") {
      let areas = (peer.input["areas"] as? [String] ?? []).map(Fixed.init(stringLiteral:))
      let total = Money(stringLiteral: peer.text("total_degrees") ?? "")
      let division = try SharedCost(
        poolNo: "G1", month: CivilMonth(year: 2026, month: 1), item: "share", amount: total
      ).divided(
        over: areas.enumerated().map {
          SharedCost.Share(contractNo: "C\($0)", line: 1, weight: $1.millionths)
        })
      let parts = division.parts.map(\.amount)
      let theirs = (peer.expected["shares"] as? [String] ?? []).map {
        Fixed(stringLiteral: $0).millionths
      }
      #expect(parts.reduce(0) { $0 + $1.fen } == total.fen, "\(peer.id)")
      for (part, their) in zip(parts, theirs) { #expect(abs(part.fen * 10_000 - their) < 20_000) }
      if peer.expected["drift"] as? String == "0.0000" {
        #expect(parts.map { $0.fen * 10_000 } == theirs)
      }
    }
  }

  /// Theirs adds a flat amount for each tier that is entered, which the law does not know.
  @Test func marginalTiersAreThose() throws {
    for peer in PeerCases.of("tier.graduated") {
      let tiers = peer.input["tiers"] as? [[String: Any]] ?? []
      // `from_` is the first unit of the tier, the law's start what the units lie above.
      let starts = tiers.map { max(0, ($0["from_"] as? Int ?? 0) - 1) }
      let quantity = Int(peer.text("quantity") ?? "") ?? 0
      let install = MeterInstall(
        meterNo: "E1", line: 1, multiplier: "1", digits: nil, tariffNo: "D1",
        fromOn: "2026-01-01", openReading: .zero)
      let metered = term {
        $0.method = .metered
        $0.price = nil
        $0.per = nil
      }
      let lease = lease("2026-01-01", "2026-12-31", metered).with {
        $0.installs = [install]
        $0.readings = [
          MeterReading(
            meterNo: "E1", readOn: "2026-01-31",
            value: Fixed(millionths: Int64(quantity) * Fixed.one))
        ]
        for (tier, start) in zip(tiers, starts) {
          $0.tariffs.add(
            TariffBand(
              fromOn: "2026-01-01", tierFrom: Fixed(millionths: Int64(start) * Fixed.one),
              price: Fixed(stringLiteral: tier["unit"] as? String ?? "0")), to: "D1")
        }
      }
      let flat = zip(tiers, starts).filter { $1 < quantity || $1 == 0 }
        .reduce(0) { $0 + (Int($1.0["flat"] as? String ?? "") ?? 0) }
      let amount = try lease.charges().reduce(Int64(0)) { $0 + $1.amounts.amount.fen } / 100
      #expect("\(amount + Int64(flat))" == peer.expected["amount"] as? String, "\(peer.id)")
    }
  }

  // MARK: Late fees

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
