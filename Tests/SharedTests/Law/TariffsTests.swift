import TestSupport
import Testing

@testable import Shared

/// Which prices of a tariff hold for a register on a day.
struct TariffsTests {
  private func tariffs(_ bands: TariffBand...) -> Tariffs {
    var tariffs = Tariffs()
    for band in bands { tariffs.add(band, to: "D1") }
    return tariffs
  }

  private func rule(_ tariffs: Tariffs, on day: CivilDate = "2026-06-30") -> String? {
    do {
      _ = try tariffs.prices("D1", .total, on: day)
      return nil
    } catch { return error.rule }
  }

  @Test func theNewestVersionThatIsNotLaterHolds() throws {
    let tariffs = tariffs(
      TariffBand(fromOn: "2026-03-01", price: "1.2"), TariffBand(fromOn: "2026-01-01", price: "1"))
    for (day, price) in [("2026-02-28", "1"), ("2026-03-01", "1.2")] as [(CivilDate, Fixed)] {
      #expect(try tariffs.prices("D1", .total, on: day).bands.map(\.price) == [price])
    }
  }

  @Test func bandsStandFromTheLowest() throws {
    let tariffs = tariffs(
      TariffBand(fromOn: "2026-01-01", tierFrom: "200", price: "2"),
      TariffBand(fromOn: "2026-01-01", tierFrom: "100", price: "1.5"),
      TariffBand(fromOn: "2026-01-01", price: "1"))
    #expect(
      try tariffs.prices("D1", .total, on: "2026-01-31").bands.map(\.price) == ["1", "1.5", "2"])
  }

  @Test func aVersionIsTheWholeOfWhatItPrices() throws {
    // The second version prices peak and valley and no more.
    let tariffs = tariffs(
      TariffBand(fromOn: "2026-01-01", price: "1"),
      TariffBand(fromOn: "2026-03-01", register: .peak, price: "1.5"),
      TariffBand(fromOn: "2026-03-01", register: .valley, price: "0.5"))
    #expect(try tariffs.prices("D1", .total, on: "2026-03-31").bands.isEmpty)
    #expect(try tariffs.prices("D1", .peak, on: "2026-03-31").bands.map(\.price) == ["1.5"])
    #expect(try tariffs.prices("D1", .peak, on: "2026-02-28").bands.isEmpty)
  }

  @Test func noVersionIsAnErrorAndNeverZero() {
    let tariffs = tariffs(TariffBand(fromOn: "2026-07-01", price: "1"))
    #expect(rule(tariffs) == "tariff.no-version")
    #expect(rule(tariffs, on: "2026-07-01") == nil)
    #expect(rule(Tariffs()) == "tariff.no-version")
  }

  @Test func theFirstTierBeginsAtNothing() {
    #expect(
      rule(tariffs(TariffBand(fromOn: "2026-01-01", tierFrom: "10", price: "1")))
        == "tariff.first-tier")
  }

  @Test func tiersOfARegisterCountEitherByMonthOrByYear() {
    #expect(
      rule(
        tariffs(
          TariffBand(fromOn: "2026-01-01", price: "1"),
          TariffBand(fromOn: "2026-01-01", tierFrom: "10", price: "2", isByYear: true)))
        == "tariff.tier-basis")
    // Each register by its own.
    #expect(
      rule(
        tariffs(
          TariffBand(fromOn: "2026-01-01", price: "1"),
          TariffBand(fromOn: "2026-01-01", register: .peak, price: "2", isByYear: true))) == nil)
  }

  @Test func twoPricesOfOneTierAreAnError() {
    #expect(
      rule(
        tariffs(
          TariffBand(fromOn: "2026-01-01", price: "1"),
          TariffBand(fromOn: "2026-01-01", price: "2"))) == "tariff.duplicate-tier")
  }

  @Test(
    arguments: [
      // from, to, how much in each band of those that begin at 0, 100 and 200
      (0, 50, [50, 0, 0]), (0, 100, [100, 0, 0]), (0, 101, [100, 1, 0]), (50, 250, [50, 100, 50]),
      (100, 100, [0, 0, 0]), (150, 160, [0, 10, 0]), (300, 400, [0, 0, 100]), (0, -5, [0, 0, 0]),
    ] as [(Int128, Int128, [Int128])])
  func aStretchIsCutWhereBandsBegin(_ low: Int128, _ high: Int128, _ expected: [Int128]) {
    var found: [Int128] = [0, 0, 0]
    for (band, part) in marginalParts(from: low, to: high, starts: [0, 100, 200]) {
      #expect(part > 0)
      found[band] = part
    }
    #expect(found == expected)
  }

  @Test func whatLiesBelowTheFirstBandIsLeftOut() {
    #expect(marginalParts(from: 0, to: 150, starts: [100]).map(\.part) == [50])
    #expect(marginalParts(from: 0, to: 99, starts: [100]).isEmpty)
    #expect(marginalParts(from: 0, to: 99, starts: []).isEmpty)
  }
}
