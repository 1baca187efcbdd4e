import Shared
import TestSupport
import Testing

@testable import boms_invoice

/// Products of long numbers, against the same done in whole cents.
@Suite struct PrintedNumberTests {
  @Test func aProductIsItsOwnAmountAndNoneThatIsFurtherThanTheTolerance() throws {
    var generator = Seeded(3)
    for _ in 0..<5000 {
      let quantity = Int64.random(in: -1_000_000...1_000_000, using: &generator)
      let price = Int64.random(in: -1_000_000_000...1_000_000_000, using: &generator)
      // 10⁻³ × 10⁻⁴: in 10⁻⁷ yuan.
      let product = quantity * price
      let first = try #require(PrintedNumber(decimal(quantity, 3)))
      let second = try #require(PrintedNumber(decimal(price, 4)))
      for fen in [product / 100_000 - 2, -1, 0, 1, 2].map({ $0 + product / 100_000 }) + [0, 1, -1] {
        let isNear = (Int128(fen) * 100_000 - Int128(product)).magnitude <= 100_000
        #expect(first.times(second, is: fen, within: 1) == isNear, "\(quantity) \(price) \(fen)")
      }
    }
  }

  @Test func twentyEightDigitsOnEachSideAreExact() throws {
    let tiny = try #require(PrintedNumber("0.000000000000000000000000001"))
    let huge = try #require(PrintedNumber("9223372036854775807000000000"))
    // 9223372036.854775807 × … = 9.22 yuan.
    #expect(huge.times(tiny, is: 922, within: 1))
    #expect(huge.times(huge, is: .max, within: 1) == false)
    #expect(huge.times(tiny, is: .min, within: 1) == false)
    #expect(tiny.times(tiny, is: 0, within: 0) == false)
    #expect(tiny.times(tiny, is: 0, within: 1))
  }

  @Test(arguments: [
    "", "-", ".", "1.2.3", "1e5", "两个", "１", "1 0", "12345678901234567890123456789",
  ])
  func whatIsNoPlainNumberIsNone(text: String) {
    #expect(PrintedNumber(text) == nil)
  }

  private func decimal(_ value: Int64, _ places: Int) -> String {
    Decimals.text(value, places: places, trim: false)
  }
}
