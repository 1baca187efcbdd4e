import Shared
import TestSupport
import Testing

/// What CAS 4 (企业会计准则第4号) and its application guide want, by figures that were reckoned by hand.
struct StandardTests {
  private func asset(
    _ cost: Money, salvage: Money = "0", years: Int = 5, _ method: Asset.Method = .straightLine,
    on day: CivilDate = "2023-12-10", events: AssetEvent...
  ) -> Asset {
    var asset = Asset(assetNo: "A", acquiredOn: day, cost: cost, lifeMonths: years * 12)
    asset.salvage = salvage
    asset.method = method
    asset.events = events
    return asset
  }

  private func event(
    _ kind: AssetEvent.Kind, _ day: CivilDate, amount: Money = "0", life: Int? = nil,
    salvage: Money? = nil, method: Asset.Method? = nil
  ) -> AssetEvent {
    var event = AssetEvent(kind, on: day)
    (event.amount, event.lifeMonths, event.salvage, event.method) = (amount, life, salvage, method)
    return event
  }

  private func sold(_ day: CivilDate, for proceeds: Money) -> AssetEvent {
    var event = AssetEvent(.dispose, on: day)
    (event.way, event.proceeds) = (.sale, proceeds)
    return event
  }

  private func life(_ asset: Asset) throws -> [DepreciationMonth] {
    try Depreciation.months(of: asset, through: nil).months.filter(\.reason.isCharge)
  }

  /// What each calendar year bears.
  private func years(_ asset: Asset) throws -> [String] {
    try Dictionary(grouping: life(asset), by: \.month.year).sorted { $0.key < $1.key }.map {
      "\($0.key) \(Money(fen: $0.value.reduce(0) { $0 + $1.amount.fen }))"
    }
  }

  private func month(_ name: CivilMonth, _ asset: Asset) throws -> DepreciationMonth {
    try #require(
      try Depreciation.months(of: asset, through: name, withRest: true).months.last {
        $0.month == name
      })
  }

  // MARK: Methods

  @Test func digitsOfAServiceYearAreSharedByTwoCalendarYears() throws {
    // 54,000 × 5/15, 4/15 … from July: half of each service year lies in the next calendar year.
    #expect(
      try years(asset("56000", salvage: "2000", .sumOfYears, on: "2024-06-03")) == [
        "2024 9000.00", "2025 16200.00", "2026 12600.00", "2027 9000.00", "2028 5400.00",
        "2029 1800.00",
      ])
  }

  @Test func theLastTwoYearsOfDoubleDecliningAreEven() throws {
    // 240,000; 360,000 × 2/5; 216,000 × 2/5; then (129,600 − 24,000) ÷ 2 twice.
    #expect(
      try years(asset("600000", salvage: "24000", .doubleDeclining)) == [
        "2024 240000.00", "2025 144000.00", "2026 86400.00", "2027 52800.00", "2028 52800.00",
      ])
    // Without salvage the net value is gone to the fen.
    let months = try life(asset("1000.01", .doubleDeclining))
    #expect(months.count == 60 && months.last?.net == .zero)
    #expect(months.reduce(0) { $0 + $1.amount.fen } == 100_001)
  }

  @Test func decliningNeverTakesTheSalvage() throws {
    // 40 % of 10,000 would go below a salvage of 7,000 in the first year.
    let months = try life(asset("10000", salvage: "7000", .doubleDeclining))
    #expect(months.reduce(0) { $0 + $1.amount.fen } == 300_000)
    #expect(months.last?.net == "7000")
    #expect(months.map(\.net).min() == "7000")
  }

  @Test func unitsAreChargedByWhatWasDone() throws {
    var truck = asset("240000", salvage: "12000", .units)
    truck.totalUnits = "400000"
    truck.usage = ["2024-01": "5000", "2024-02": "7500.5", "2024-04": "400000"]
    #expect(try month("2024-01", truck).amount == "2850")
    // 228,000 × 7,500.5 ÷ 400,000 = 4,275.285.
    #expect(try month("2024-02", truck).amount == "4275.29")
    #expect(try month("2024-03", truck).reason == .noUsage)
    // More than the total was done: what is left and no more.
    #expect(try month("2024-04", truck).amount == "220874.71")
    #expect(try month("2024-05", truck).reason == .fullyDepreciated)
  }

  // MARK: When it begins and ends

  @Test(arguments: ["2024-03-01", "2024-03-31"] as [CivilDate])
  func theDayOfTheMonthDoesNotMatter(_ day: CivilDate) throws {
    let months = try life(asset("12000", years: 1, on: day))
    #expect("\(months[0].month) \(try #require(months.last).month)" == "2024-04 2025-03")
  }

  @Test func whatIsReadyForUseIsChargedAndNotWhatWasOnlyBought() throws {
    var asset = asset("12000", years: 1, on: "2024-01-20")
    asset.inServiceOn = "2024-04-01"
    #expect(try month("2024-04", asset).reason == .notStarted)
    #expect(try month("2024-05", asset).amount == "1000")
  }

  @Test func whatLeavesInTheMonthInWhichItCameIsNeverCharged() throws {
    let life = try Depreciation.months(
      of: asset("12000", on: "2024-03-05", events: sold("2024-03-28", for: "11500")), through: nil)
    #expect(life.months.allSatisfy { $0.amount == .zero })
    #expect(life.movements.map(\.kind) == [.acquire, .dispose])
    #expect(try life.movements[1].gain() == "-500")
  }

  @Test func whatIsNotTangibleIsChargedInTheMonthInWhichItComesAndNotWhenItGoes() throws {
    var licence = asset(
      "12000", years: 1, on: "2024-03-31", events: sold("2024-06-01", for: "9000"))
    licence.kind = .intangible
    let months = try life(licence)
    #expect(months.map { "\($0.month)" } == ["2024-03", "2024-04", "2024-05"])
    let disposal = try Depreciation.months(of: licence, through: nil).movements.last
    #expect(try disposal?.gain() == .zero)
  }

  @Test func whatIsFullyDepreciatedStaysInUseAtItsSalvage() throws {
    let old = asset("10500", salvage: "500", years: 1)
    let later = try month("2030-06", old)
    #expect(later.reason == .fullyDepreciated && later.net == "500" && later.amount == .zero)
    var gone = old
    gone.events = [sold("2030-06-30", for: "800")]
    #expect(try Depreciation.months(of: gone, through: nil).movements.last?.gain() == "300")
  }

  // MARK: What changes it

  @Test func whatIsImpairedIsEstimatedAnewAndNeverRisesAgain() throws {
    // After 24 of 60 months 72,000 are left; impaired by 12,000, it will do for 48 months in all.
    let impaired = asset(
      "120000", events: event(.impair, "2025-12-31", amount: "12000"),
      event(.reEstimate, "2025-12-31", life: 48))
    #expect(try month("2025-12", impaired).net == "60000")
    #expect(try month("2026-01", impaired).amount == "2500")
    #expect(try life(impaired).count == 48)
    // Below its salvage nothing is charged any more.
    let worthless = asset(
      "12000", salvage: "600", events: event(.impair, "2024-06-30", amount: "10500"))
    #expect(try month("2024-07", worthless).reason == .fullyDepreciated)
    #expect(try month("2024-07", worthless).net == "360")
  }

  @Test func aSecondImpairmentIsOfWhatTheFirstLeft() throws {
    let twice = asset(
      "120000", events: event(.impair, "2024-12-31", amount: "9600"),
      event(.impair, "2025-12-31", amount: "7200"))
    // (96,000 − 9,600) ÷ 48 = 1,800; (86,400 − 21,600 − 7,200) ÷ 36 = 1,600.
    #expect(try month("2025-01", twice).amount == "1800")
    #expect(try month("2026-01", twice).amount == "1600")
    #expect(try life(twice).last?.net == .zero)
  }

  @Test func whatIsRebuiltIsNotChargedMeanwhile() throws {
    // Out of use from May to September 2025: charged through May, and again from October.
    let rebuilt = asset(
      "120000", events: event(.reEstimate, "2025-05-10", method: Asset.Method.none),
      event(.improve, "2025-09-20", amount: "36000"),
      event(.reEstimate, "2025-09-20", life: 81, method: .straightLine))
    #expect(try month("2025-05", rebuilt).amount == "2000")
    for name in ["2025-06", "2025-09"] as [CivilMonth] {
      #expect(try month(name, rebuilt).reason == .notDepreciated)
    }
    // 120,000 − 17 × 2,000 + 36,000 over the 60 months that are left of 81.
    #expect(try month("2025-10", rebuilt).amount == "2033.33")
    let months = try life(rebuilt)
    #expect(months.count == 17 + 60 && months.last?.net == .zero)
  }

  @Test func whatIsImprovedAtItsEndLivesOn() throws {
    let old = asset(
      "12000", years: 1, events: event(.improve, "2025-06-15", amount: "2400", life: 42))
    #expect(try month("2025-06", old).reason == .fullyDepreciated)
    // 18 months of the 42 are over.
    #expect(try month("2025-07", old).amount == "100")
    #expect(try life(old).last.map { "\($0.month) \($0.net)" } == "2027-06 0.00")
  }

  @Test func anEstimateThatChangesTouchesNoMonthBefore() throws {
    let before = try life(asset("120000", salvage: "6000"))
    let changed = asset(
      "120000", salvage: "6000", events: event(.reEstimate, "2026-03-15", life: 84, salvage: "3000")
    )
    let after = try life(changed)
    #expect(after.prefix(27).map(\.amount) == before.prefix(27).map(\.amount))
    // (120,000 − 27 × 1,900 − 3,000) ÷ 57.
    #expect(after[27].amount == "1152.63")
    #expect(after.count == 84 && after.last?.net == "3000")
  }

  @Test func theMonthOfATransferIsBorneByWhoHadItAtFirst() throws {
    var moved = asset("12000", years: 1)
    moved.place = AssetPlace(propertyNo: "P", department: "甲")
    var transfer = AssetEvent(.transfer, on: "2024-04-02")
    transfer.department = "乙"
    var back = AssetEvent(.transfer, on: "2024-04-28")
    back.department = "丙"
    moved.events = [transfer, back]
    #expect(try month("2024-04", moved).place.department == "甲")
    #expect(try month("2024-05", moved).place.department == "丙")
    #expect(try life(moved).allSatisfy { $0.amount == "1000" })
  }
}
