import Foundation
import Shared
import TestSupport
import Testing

@testable import boms_depreciate

/// The cases of CAS 4 that lie beside the repository, where they do: to the cent.
struct CasesTests {
  private struct Case {
    var id: String
    var input: [String: Any]
    var expected: [String: Any]
  }

  private static func cases() throws -> [Case] {
    let path = Repository.path("../shared/cases/depreciation/cas.jsonl")
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
    return try objects(text).map { object in
      Case(
        id: object["id"] as? String ?? "", input: object["input"] as? [String: Any] ?? [:],
        expected: object["expected"] as? [String: Any] ?? [:])
    }
  }

  private func money(_ value: Any?) -> Money? {
    (value as? NSNumber).map { Money(fen: Int64(($0.doubleValue * 100).rounded())) }
  }

  /// The asset of a case; years without a number are one that stands for all.
  private func asset(_ input: [String: Any]) throws -> Asset {
    func text(_ key: String) -> String? {
      (input[key] as? String)?.replacingOccurrences(of: "Y", with: "2024")
    }
    let months =
      (input["months"] as? Int) ?? (input["years"] as? Int).map { $0 * 12 } ?? 60
    // Where only the first month is said, a fixed asset came the month before.
    let start = text("start").flatMap(CivilMonth.init(iso:))
    let acquired =
      text("acquired").flatMap(CivilMonth.init(iso:)) ?? start?.adding(-1)
      ?? CivilMonth(year: 2023, month: 12)
    var asset = Asset(
      assetNo: "A", acquiredOn: acquired.first.adding(days: 9),
      cost: try #require(money(input["cost"])), lifeMonths: months)
    asset.kind = Asset.Kind(rawValue: text("kind") ?? "fixed") ?? .fixed
    asset.salvage = money(input["salvage"]) ?? .zero
    if let rate = input["salvage_rate"] as? Double {
      asset.salvage = try Asset.salvage(
        percent: Fixed(millionths: Int64((rate * 100_000_000).rounded())), of: asset.cost)
    }
    let methods = ["DDB": Asset.Method.doubleDeclining, "SYD": .sumOfYears, "UOP": .units]
    asset.method = methods[input["method"] as? String ?? ""] ?? .straightLine
    if text("variant") == "remaining" { asset.form = .remaining }
    if input["in_service_before_year"] != nil {
      asset.acquiredOn = "2022-05-10"
      asset.inServiceOn = "2022-05-10"
    }
    if let total = input["total_units"] as? Int {
      asset.totalUnits = Fixed(millionths: Int64(total) * Fixed.one)
      for (index, units) in (input["units"] as? [NSNumber] ?? []).enumerated() {
        asset.usage[asset.firstMonth.adding(index)] = Fixed(
          millionths: Int64((units.doubleValue * 1_000_000).rounded()))
      }
    }
    if let disposed = text("disposed").flatMap(CivilMonth.init(iso:)) {
      var event = AssetEvent(.dispose, on: disposed.first.adding(days: 14))
      event.way = .sale
      // What it brought, less the costs of clearing.
      let costs = money(input["clearing_cost"]) ?? .zero
      event.proceeds = try (money(input["proceeds"]) ?? .zero) - costs
      // One that leaves in the month before its first came the month before that.
      if disposed <= asset.acquiredOn.month { event.on = asset.acquiredOn }
      asset.events.append(event)
    }
    return asset
  }

  private func changed(_ asset: Asset, after: Int, _ input: [String: Any]) -> Asset {
    var asset = asset
    let day = asset.firstMonth.adding(after - 1).last
    if let amount = money(input["impairment"]) {
      var event = AssetEvent(.impair, on: day)
      event.amount = amount
      asset.events.append(event)
    }
    let left = input["new_remaining_months"] as? Int
    let salvage = money(input["new_salvage"])
    if left != nil || salvage != nil {
      var event = AssetEvent(.reEstimate, on: day)
      event.lifeMonths = left.map { $0 + after }
      event.salvage = salvage
      asset.events.append(event)
    }
    return asset
  }

  /// What a case may expect; another word would go by unseen.
  private static let looked: Set<String> = [
    "accumulated", "amount", "annual", "by_calendar_year", "by_month", "by_period", "by_year",
    "by_year_prefix", "first", "first_period", "first_year", "fourth", "gain", "last",
    "last_period", "min_months", "min_shortened_months", "monthly", "monthly_after",
    "monthly_before", "months", "months_in_first_year", "months_in_year", "nbv", "nbv_after",
    "nbv_at_change", "rate", "reason", "sum", "year",
  ]

  @Test func everyCaseAgreesToTheCent() throws {
    for one in try CasesTests.cases() {
      #expect(CasesTests.looked.isSuperset(of: one.expected.keys), "\(one.id)")
      if let category = one.input["category"] as? String {
        let tax = try #require(TaxLife(category: category), "\(one.id)")
        #expect(one.expected["min_months"] as? Int == tax.months, "\(one.id)")
        #expect(one.expected["min_shortened_months"] as? Int == tax.shortenedMonths, "\(one.id)")
      } else if one.input["accumulated"] != nil, one.input["method"] == nil {
        try checkGain(one)
      } else {
        try check(one)
      }
    }
  }

  /// A disposal of what stands so in the books.
  private func checkGain(_ one: Case) throws {
    var asset = Asset(
      assetNo: "A", acquiredOn: "2020-01-01", cost: try #require(money(one.input["cost"])),
      lifeMonths: 600)
    asset.method = .none
    asset.openingAccumulated = try #require(money(one.input["accumulated"]))
    asset.openingImpairment = money(one.input["impairment"]) ?? .zero
    var event = AssetEvent(.dispose, on: "2021-01-01")
    event.way = .sale
    event.proceeds = try #require(money(one.input["proceeds"]))
    asset.events = [event]
    let movements = try Depreciation.months(of: asset, through: "2021-01").movements
    let disposal = try #require(movements.last)
    let net = try disposal.values.net()
    #expect(Money(fen: -net.fen) == money(one.expected["nbv"]), "\(one.id)")
    #expect(try disposal.gain() == money(one.expected["gain"]), "\(one.id)")
  }

  private func check(_ one: Case) throws {
    let (input, expected) = (one.input, one.expected)
    var asset = try asset(input)
    let after = (input["impair_after_months"] ?? input["change_after_months"]) as? Int
    let before = try Depreciation.months(of: asset, through: nil).months.first(
      where: \.reason.isCharge)
    if let after { asset = changed(asset, after: after, input) }
    let period = (input["period"] as? String).flatMap(CivilMonth.init(iso:))
    if let period, let accumulated = money(input["accumulated"]), accumulated > .zero {
      asset.openingMonths = Int(period.number - asset.firstMonth.number)
      asset.openingAccumulated = accumulated
      // The opening values are of before: so is the disposal.
      if !asset.events.isEmpty { (asset.openingMonths, asset.openingAccumulated) = (0, .zero) }
    }
    let life = try Depreciation.months(of: asset, through: period, withRest: period != nil)
    let months = life.months.filter { period != nil || $0.reason.isCharge }
    let amounts = months.map(\.amount)
    func sum(_ months: some Sequence<DepreciationMonth>) -> Money {
      Money(fen: months.reduce(0) { $0 + $1.amount.fen })
    }
    func expect(_ found: Money?, _ key: String) {
      guard let wanted = money(expected[key]) else { return }
      #expect(found == wanted, "\(one.id) \(key)")
    }
    if let period {
      let row = try #require(months.last { $0.month == period })
      expect(row.amount, "amount")
      if let reason = expected["reason"] as? String {
        #expect(reason.hasPrefix(row.reason.rawValue), "\(one.id)")
      }
      return
    }
    expect(before?.amount, after == nil ? "monthly" : "monthly_before")
    expect(amounts.first, "first")
    expect(amounts.last, after.map { amounts.count > $0 } ?? true ? "last" : "none")
    expect(sum(months), "sum")
    expect(sum(months.prefix(12)), "annual")
    if let after {
      let rest = months.dropFirst(after)
      expect(rest.first?.amount ?? .zero, "monthly_after")
      let standing = months.prefix(after).last?.net
      expect(standing, "nbv_after")
      expect(standing, "nbv_at_change")
    }
    if let first = expected["first_period"] as? String {
      #expect(months.first?.month.description == first, "\(one.id)")
    }
    if let last = expected["last_period"] as? String {
      #expect(months.last?.month.description == last, "\(one.id)")
    }
    if expected["fourth"] != nil {
      let all = try Depreciation.months(
        of: asset, through: months.last?.month.adding(1), withRest: true)
      expect(all.months.last?.amount, "fourth")
      #expect(all.months.last?.reason == .fullyDepreciated, "\(one.id)")
    }
    if let rate = expected["rate"] as? Double {
      guard case .year(.declining(_, let length, let life), _, _, _, _) = months.first?.working
      else {
        Issue.record("\(one.id) has no rate")
        return
      }
      #expect(Double(2 * length) / Double(life) == rate, "\(one.id)")
    }
    for key in ["by_month", "by_period"] {
      if let wanted = expected[key] as? [NSNumber] {
        #expect(amounts == wanted.map { money($0) }, "\(one.id) \(key)")
      }
    }
    for (year, wanted) in expected["by_calendar_year"] as? [String: NSNumber] ?? [:] {
      #expect(
        sum(months.filter { "\($0.month.year)" == year }) == money(wanted), "\(one.id) \(year)")
    }
    for key in ["by_year", "by_year_prefix"] {
      // Some are written without rounding: within a cent.
      for (index, wanted) in (expected[key] as? [NSNumber] ?? []).enumerated() {
        let year = sum(months.dropFirst(index * 12).prefix(12))
        #expect(abs(Double(year.fen) - wanted.doubleValue * 100) < 1, "\(one.id) year \(index + 1)")
      }
    }
    if expected["months_in_first_year"] != nil || expected["months_in_year"] != nil {
      let year = months.filter { $0.month.year == 2024 }
      let count = expected["months_in_first_year"] ?? expected["months_in_year"]
      #expect(count as? Int == year.count, "\(one.id)")
      expect(sum(year), "first_year")
      expect(sum(year), "year")
    }
    if let count = expected["months"] as? Int { #expect(months.count == count, "\(one.id)") }
    expect(months.last?.accumulated, "accumulated")
    if let disposal = life.movements.last, disposal.kind == .dispose, expected["gain"] != nil {
      #expect(try disposal.gain() == money(expected["gain"]), "\(one.id)")
      expect(Money(fen: -(try disposal.values.net().fen)), "nbv")
    }
  }
}
