import Shared
import TestSupport
import Testing

struct FixedTests {
  @Test func numbersAreWrittenWithoutTrailingZeros() {
    for (millionths, text): (Int64, String) in [
      (0, "0"), (1, "0.000001"), (-1, "-0.000001"), (5_500_000, "5.5"), (120_000_000, "120"),
      (-33_330_000, "-33.33"), (.max, "9223372036854.775807"), (.min, "-9223372036854.775808"),
    ] {
      #expect("\(Fixed(millionths: millionths))" == text)
    }
    #expect(("1120.5" as Fixed).grouped(atLeast: 2) == "1,120.50")
    #expect(("1120.123456" as Fixed).grouped(atLeast: 2) == "1,120.123456")
    #expect(("-999" as Fixed).grouped(atLeast: 0) == "-999")
  }

  @Test(arguments: [
    ("1.005", 2, "1.01"), ("-1.005", 2, "-1.01"), ("1.004999", 2, "1"), ("34.9965", 2, "35"),
    ("0.5", 0, "1"), ("-0.5", 0, "-1"), ("0.499999", 0, "0"), ("1.234567", 6, "1.234567"),
    ("1.234567", 5, "1.23457"),
  ])
  func roundingIsHalfAwayFromZero(_ text: String, _ places: Int, _ rounded: String) throws {
    #expect(try "\(Fixed(stringLiteral: text).rounded(places: places))" == rounded)
  }

  @Test(arguments: [
    ("100", "5", 2, "105"), ("33.33", "5", 2, "35"), ("95", "8", 2, "102.6"),
    ("102.6", "8", 2, "110.81"), ("100", "-100", 2, "0"), ("0.01", "50", 2, "0.02"),
    ("0.000001", "50", 6, "0.000002"), ("-10", "5", 1, "-10.5"),
  ])
  func aPriceIsRaisedByAPercent(
    _ price: String, _ percent: String, _ places: Int, _ raised: String
  ) throws {
    let found = try Fixed(stringLiteral: price)
      .raised(byPercent: Fixed(stringLiteral: percent), places: places)
    #expect("\(found)" == raised)
  }

  @Test func whatDoesNotFitIsAnError() {
    let large = Fixed(millionths: .max)
    #expect(throws: ValueError.self) { try large + Fixed(millionths: 1) }
    #expect(throws: ValueError.self) { try large.rounded(places: 0) }
    #expect(throws: ValueError.self) { try large.raised(byPercent: "1", places: 2) }
    #expect(throws: ValueError.self) { try large.raised(byPercent: large, places: 2) }
  }
}
