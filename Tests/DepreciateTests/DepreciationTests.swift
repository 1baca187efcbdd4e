import Shared
import TestSupport
import Testing

/// The law of fixed assets, by hand.
struct DepreciationTests {
  private func asset(
    _ cost: Money = "120000", salvage: Money = "6000", months: Int = 60,
    _ method: Asset.Method = .straightLine, on day: CivilDate = "2024-03-10"
  ) -> Asset {
    var asset = Asset(assetNo: "A", acquiredOn: day, cost: cost, lifeMonths: months)
    asset.salvage = salvage
    asset.method = method
    return asset
  }

  private func event(
    _ kind: AssetEvent.Kind, _ day: CivilDate, _ change: (inout AssetEvent) -> Void = { _ in }
  ) -> AssetEvent {
    var event = AssetEvent(kind, on: day)
    change(&event)
    return event
  }

  private func months(
    _ asset: Asset, through last: String? = nil, all: Bool = false
  ) throws -> [DepreciationMonth] {
    let found = try Depreciation.months(
      of: asset, through: last.flatMap(CivilMonth.init(iso:)), withRest: all
    ).months
    return all ? found : found.filter(\.reason.isCharge)
  }

  private func texts(_ months: [DepreciationMonth]) -> [String] {
    months.map { "\($0.month) \($0.amount) \($0.reason.rawValue)" }
  }

  private func refusal(_ asset: Asset) -> String? {
    do {
      _ = try Depreciation.months(of: asset, through: nil)
      return nil
    } catch {
      return error.rule
    }
  }

  // MARK: Start and stop

  @Test(arguments: [
    (Asset.Kind.fixed, "2024-04", "2024-06"), (.investmentProperty, "2024-04", "2024-06"),
    (.intangible, "2024-03", "2024-05"), (.deferred, "2024-03", "2024-05"),
    (.rightOfUse, "2024-03", "2024-05"),
  ])
  func aKindStartsAndStopsInItsMonth(_ kind: Asset.Kind, first: String, last: String) throws {
    var asset = asset()
    asset.kind = kind
    asset.events = [event(.dispose, "2024-06-30") { $0.way = .scrap }]
    let months = try months(asset)
    #expect("\(try #require(months.first).month)" == first)
    #expect("\(try #require(months.last).month)" == last)
  }

  @Test func everyMonthHasItsReason() throws {
    var asset = asset("300", salvage: "0", months: 2, on: "2024-01-31")
    asset.inServiceOn = "2024-02-01"
    #expect(
      texts(try months(asset, through: "2024-06", all: true)) == [
        "2024-01 0.00 not_started", "2024-02 0.00 not_started", "2024-03 150.00 normal",
        "2024-04 150.00 final", "2024-05 0.00 fully_depreciated", "2024-06 0.00 fully_depreciated",
      ])
    asset.events = [event(.dispose, "2024-03-05") { $0.way = .sale }]
    #expect(
      texts(try months(asset, through: "2024-05", all: true)).suffix(2) == [
        "2024-04 0.00 disposed", "2024-05 0.00 disposed",
      ])
    asset.events = []
    asset.method = .none
    #expect(
      texts(try months(asset, through: "2024-01", all: true)) == ["2024-01 0.00 not_depreciated"])
  }

  @Test func nothingIsCaughtUpOnAnEarlyDisposal() throws {
    var asset = asset()
    asset.events = [
      event(.dispose, "2024-06-15") {
        $0.way = .sale; $0.proceeds = "100000"
      }
    ]
    let life = try Depreciation.months(of: asset, through: nil)
    #expect(life.months.last?.accumulated == "5700")
    let disposal = try #require(life.movements.last)
    #expect(disposal.values == .init(cost: "-120000", accumulated: "-5700"))
    #expect(try disposal.gain() == "-14300")
    #expect(disposal.result == .gain)
  }

  @Test(arguments: [
    (AssetEvent.Way.sale, Money("1"), AssetMovement.Result.gain), (.scrap, "1", .loss),
    (.scrap, "200000", .income), (.loss, "0", .loss), (.damage, "0", .loss), (.donate, "0", .loss),
  ])
  func gainOrLossBelongsByTheWay(
    _ way: AssetEvent.Way, proceeds: Money, result: AssetMovement.Result
  ) throws {
    var asset = asset()
    asset.events = [
      event(.dispose, "2024-06-15") {
        $0.way = way; $0.proceeds = proceeds
      }
    ]
    #expect(try Depreciation.months(of: asset, through: nil).movements.last?.result == result)
  }

  // MARK: Taken over from other books

  @Test func whatWasTakenOverGoesOnFromTheCost() throws {
    var asset = asset("10000", salvage: "500", months: 36, on: "2024-01-15")
    asset.openingMonths = 24
    asset.openingAccumulated = "6333.36"
    let rest = try months(asset)
    #expect(rest.count == 12)
    #expect(texts([rest[0], rest[11]]) == ["2026-02 263.89 normal", "2027-01 263.85 final"])
    #expect(rest[11].net == "500")
    #expect(rest[0].number == 25)
  }

  @Test func whatWasTakenOverInsideAServiceYearEndsThatYearAsItWas() throws {
    var whole = asset("100000", salvage: "4000", .doubleDeclining, on: "2023-12-10")
    let before = try months(whole)
    whole.openingMonths = 18
    whole.openingAccumulated = before[17].accumulated
    #expect(texts(try months(whole)) == texts(Array(before.dropFirst(18))))
    // Other books may have rounded otherwise: from the next year on it is what stands here.
    whole.openingAccumulated = "52000.12"
    let rest = try months(whole)
    #expect(texts(Array(rest.prefix(6))) == texts(Array(before[18..<24])))
    #expect(rest[6].netBefore.fen == 3_599_988)
    #expect(rest[6..<18].reduce(0) { $0 + $1.amount.fen } == 1_439_995)
    #expect(rest.last?.net == "4000")
  }

  @Test func whatHappenedBeforeItWasTakenOverIsInItsValues() {
    var asset = asset()
    asset.openingMonths = 12
    asset.openingAccumulated = "22800"
    asset.events = [event(.impair, "2025-03-31") { $0.amount = "5" }]
    #expect(refusal(asset) == "asset_event.before-opening")
    asset.events = [event(.impair, "2025-04-01") { $0.amount = "5" }]
    #expect(refusal(asset) == nil)
  }

  @Test func anOpeningImpairmentIsSpreadOverTheMonthsLeft() throws {
    var asset = asset()
    asset.openingMonths = 24
    asset.openingAccumulated = "45600"
    asset.openingImpairment = "10000"
    let rest = try months(asset)
    #expect(rest.count == 36)
    #expect(rest[0].amount == "1622.22")
    #expect(rest.last?.net == "6000")
  }

  // MARK: Events

  @Test func anImpairmentActsFromTheMonthAfter() throws {
    var asset = asset()
    asset.events = [event(.impair, "2024-05-01") { $0.amount = "5800" }]
    let months = try months(asset)
    #expect(months[1].amount == "1900")
    #expect(months[1].net == "110400")
    #expect(months[2].amount == "1800")
    #expect(months.last?.net == "6000")
  }

  @Test func anImprovementAndANewLifeAreSpreadOverWhatIsLeft() throws {
    var asset = asset()
    asset.events = [
      event(.improve, "2025-03-20") {
        $0.amount = "24000"; $0.lifeMonths = 72
      }
    ]
    let months = try months(asset)
    #expect(months.count == 72)
    #expect(months[11].amount == "1900")
    // (120,000 + 24,000 − 22,800 − 6,000) ÷ 60.
    #expect(months[12].amount == "1920")
  }

  @Test func theRemainingFormIsReckonedAnewEachMonth() throws {
    var asset = asset("100", salvage: "0", months: 7)
    asset.form = .remaining
    #expect(
      try months(asset).map(\.amount) == [
        "14.29", "14.29", "14.28", "14.29", "14.28", "14.29", "14.28",
      ])
  }

  @Test func anotherMethodSpreadsWhatIsLeft() throws {
    var asset = asset("60000", salvage: "0", months: 60, on: "2023-12-10")
    asset.events = [event(.reEstimate, "2025-12-31") { $0.method = .sumOfYears }]
    let months = try months(asset)
    #expect(months[23].amount == "1000")
    // 36,000 × 3/6, 2/6, 1/6.
    #expect(
      months[24].amount == "1500" && months[36].amount == "1000" && months[48].amount == "500")
    // Inside a service year its rest comes first: 30 months are 6 and 2 × 12.
    asset.events = [event(.reEstimate, "2026-06-30") { $0.method = .doubleDeclining }]
    let declining = try self.months(asset)
    #expect(declining.count == 60)
    #expect(declining[30].amount == "2000")
    #expect(
      declining[30].working
        == .year(
          .declining(net: 3_000_000, months: 6, rateLife: 30), number: 1, amount: 1_200_000,
          months: 6,
          charged: nil))
    #expect(declining[36].amount == "750" && declining[59].amount == "750")
  }

  @Test func anEventThatTheLawCannotTakeIsSaid() {
    var asset = asset()
    asset.events = [event(.reEstimate, "2025-03-31") { $0.lifeMonths = 12 }]
    #expect(refusal(asset) == "asset_event.life")
    asset.events = [event(.impair, "2024-05-31") { $0.amount = "116200.01" }]
    #expect(refusal(asset) == "asset_event.impairment")
    asset.events = [
      event(.dispose, "2024-05-31") { $0.way = .sale },
      event(.impair, "2024-06-01") { $0.amount = "1" },
    ]
    #expect(refusal(asset) == "asset_event.after-disposal")
    asset.events = [event(.reEstimate, "2024-05-31") { $0.method = .units }]
    #expect(refusal(asset) == "asset.total-units")
  }

  @Test func anEventBeforeTheAcquisitionCountsAsOfThatDay() throws {
    var asset = asset()
    asset.events = [event(.impair, "2023-01-01") { $0.amount = "6000" }]
    let life = try Depreciation.months(of: asset, through: nil)
    #expect(life.movements.map(\.on) == ["2024-03-10", "2024-03-10"])
    #expect(life.months.first { $0.reason.isCharge }?.amount == "1800")
  }

  @Test func aTransferTakesTheBalancesOfItsMonthAlong() throws {
    var asset = asset()
    asset.place = AssetPlace(propertyNo: "P", department: "甲")
    asset.events = [event(.transfer, "2024-05-02") { $0.department = "乙" }]
    let life = try Depreciation.months(of: asset, through: "2024-06")
    let places = life.months.map { $0.place.department }
    #expect(places == ["甲", "甲", "甲", "乙"])
    let transfer = try #require(life.movements.last)
    #expect(transfer.from?.department == "甲" && transfer.place.department == "乙")
    #expect(transfer.values == .init(cost: "120000", accumulated: "3800"))
  }

  // MARK: Units

  @Test func unitsOfAMonthThatAreNotThereAreWaitedFor() throws {
    var asset = asset("1000", salvage: "100", months: 60, .units, on: "2024-01-05")
    asset.totalUnits = "9"
    asset.usage = ["2024-01": "1", "2024-02": "2", "2024-04": "0", "2024-05": "7"]
    #expect(
      texts(try months(asset, through: "2024-05", all: true)) == [
        "2024-01 0.00 not_started", "2024-02 200.00 normal", "2024-03 0.00 no_usage",
        "2024-04 0.00 no_usage", "2024-05 700.00 final",
      ])
  }

  @Test func whatIsTakenOverHasUsedItsPartOfTheUnits() throws {
    var asset = asset("1000", salvage: "100", months: 60, .units, on: "2024-01-05")
    asset.totalUnits = "9"
    asset.openingMonths = 3
    asset.openingAccumulated = "300"
    asset.usage = ["2024-05": "2", "2024-06": "4"]
    #expect(
      texts(try months(asset)) == ["2024-05 200.00 normal", "2024-06 400.00 final"])
  }

  /// They count for every method, for it may be estimated anew by units.
  @Test func unitsThatCannotBeCountedAreRefused() {
    var asset = asset(on: "2024-01-05")
    asset.usage = ["2024-02": "0.000001", "2024-03": "9223372036854.775807"]
    #expect(refusal(asset) == "value.overflow")
  }

  // MARK: Sentences

  @Test func aSentenceSaysHowAnAmountArose() throws {
    let declining = try months(asset("100000", salvage: "4000", .doubleDeclining, on: "2023-12-10"))
    #expect(
      declining[0].explanation(.zh)
        == "第 1 年：年初净值 100,000.00 × 2/5 = 40,000.00 ÷ 12 = 3,333.33；第 1/60 月")
    #expect(
      declining[11].explanation(.en)
        == "year 1: net value 100,000.00 × 2/5 = 40,000.00, less 36,666.63 charged = 3,333.37; "
        + "month 12 of 60")
    #expect(declining[59].explanation(.zh) == "净值 4,733.37 − 净残值 4,000.00 = 733.37，提足；第 60/60 月")
    let digits = try months(asset("120000", salvage: "12000", .sumOfYears, on: "2023-12-10"))
    #expect(
      digits[0].explanation(.zh)
        == "第 1 年：应计折旧额 108,000.00 × 5/15 = 36,000.00 ÷ 12 = 3,000.00；第 1/60 月")
  }

  @Test func theShortestLifeOfTaxLawIsKnownByTheCategory() {
    #expect(TaxLife(category: "办公电脑") == .electronic)
    #expect(TaxLife(category: "保洁车") == nil)
  }
}
