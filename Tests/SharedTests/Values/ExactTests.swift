import Shared
import TestSupport
import Testing

/// Fractions, against sums over the product of all denominators.
struct ExactTests {
  @Test func sumsOfDaySharesAreExact() throws {
    var random = Seeded(3)
    let wholes: [Int64] = [28, 29, 30, 31, 365]
    // All denominators divide this, so whole numbers over it are the slow check.
    let common: Int128 = 28 * 29 * 30 * 31 * 365 * 12
    for _ in 0..<2000 {
      var sum = Exact.zero
      var check: Int128 = 0
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        let whole = wholes[Int.random(in: 0..<wholes.count, using: &random)]
        let days = Int64.random(in: 1...whole, using: &random)
        let per: Int64 = [1, 3, 6, 12][Int.random(in: 0...3, using: &random)]
        let price = Int64.random(in: -1_000_000...100_000_000, using: &random)
        var part = Exact(price)
        try part.multiply(by: days, over: whole)
        try part.multiply(by: 1, over: per)
        try sum.add(part)
        check += Int128(price) * Int128(days) * (common / Int128(whole) / Int128(per))
      }
      #expect(try sum.rounded(to: .fen).fen == roundHalfUp(check * 100, over: common))
      #expect(
        try sum.rounded(to: .yuan).fen == 100 * roundHalfUp(check, over: common))
      #expect(try sum.rounded(to: .jiao).fen == 10 * roundHalfUp(check * 10, over: common))
    }
  }

  @Test func orderDoesNotMatter() throws {
    var random = Seeded(4)
    for _ in 0..<300 {
      let parts = try (0..<8).map { _ in
        var part = Exact(Fixed(millionths: Int64.random(in: 1...9_999_999_999, using: &random)))
        try part.multiply(by: Int64.random(in: 1...31, using: &random), over: 31)
        try part.multiply(by: Fixed(millionths: Int64.random(in: 1...99_999_999, using: &random)))
        return part
      }
      func sum(_ parts: [Exact]) throws -> Money {
        var sum = Exact.zero
        for part in parts { try sum.add(part) }
        return try sum.rounded(to: .fen)
      }
      #expect(try sum(parts) == sum(parts.reversed()))
    }
  }

  @Test func aThirdThreeTimesIsTheWhole() throws {
    var sum = Exact.zero
    for _ in 0..<3 {
      var third = Exact(100)
      try third.multiply(by: 1, over: 3)
      try sum.add(third)
    }
    #expect(try sum.rounded(to: .fen) == Money(fen: 10_000))
    #expect(try sum.fixed() == "100")
  }

  @Test func aLongProductOfTheLargestFieldsIsReducedBeforeItOverflows() throws {
    var amount = Exact(Fixed(millionths: 9_000_000_000_000))
    try amount.multiply(by: Fixed(millionths: 9_000_000_000_000))
    for _ in 0..<40 {
      try amount.multiply(by: 31, over: 30)
      try amount.multiply(by: 30, over: 31)
    }
    #expect(try amount.rounded(to: .fen) == "81000000000000.00")
  }

  @Test func whatDoesNotFitIsAnErrorAndNoCrash() {
    #expect(throws: ValueError.self) {
      var amount = Exact(.max)
      for _ in 0..<4 { try amount.multiply(by: .max) }
    }
    #expect(throws: ValueError.self) {
      var sum = Exact.zero
      for prime: Int64 in [1_000_000_007, 1_000_000_009, 998_244_353, 1_000_000_021, 999_999_937] {
        var part = Exact(1)
        try part.multiply(by: 1, over: prime)
        try sum.add(part)
      }
    }
    #expect(throws: ValueError.self) { try Exact(.max).rounded(to: .fen) }
    #expect(throws: ValueError.self) {
      var amount = Exact(.min)
      for _ in 0..<4 { try amount.multiply(by: .min) }
    }
  }
}
