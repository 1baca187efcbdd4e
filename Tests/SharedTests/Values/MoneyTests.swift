import Shared
import TestSupport
import Testing

struct MoneyTests {
  @Test func amountsAreWrittenWithTwoPlaces() {
    for (fen, text, grouped): (Int64, String, String) in [
      (0, "0.00", "0.00"), (1, "0.01", "0.01"), (-1, "-0.01", "-0.01"), (10, "0.10", "0.10"),
      (-123_450, "-1234.50", "-1,234.50"), (1_988_250, "19882.50", "19,882.50"),
      (.max, "92233720368547758.07", "92,233,720,368,547,758.07"),
      (.min, "-92233720368547758.08", "-92,233,720,368,547,758.08"),
    ] {
      #expect("\(Money(fen: fen))" == text)
      #expect(Money(fen: fen).grouped == grouped)
    }
  }

  @Test func sumsThatDoNotFitAreErrors() throws {
    #expect(try Money(fen: 1) + Money(fen: 2) == Money(fen: 3))
    #expect(try Money(fen: 1) - Money(fen: 2) == Money(fen: -1))
    #expect(throws: ValueError.self) { try Money(fen: .max) + Money(fen: 1) }
    #expect(throws: ValueError.self) { try Money(fen: .min) - Money(fen: 1) }
    #expect(throws: ValueError.self) { try Money(fen: 0) - Money(fen: .min) }
  }

  @Test(arguments: [
    ("100.00", [1, 1, 1], ["33.34", "33.33", "33.33"]),
    ("0.01", [1, 1], ["0.01", "0.00"]),
    ("-0.02", [1, 1, 1], ["-0.01", "-0.01", "0.00"]),
    ("0.05", [2, 1, 2], ["0.02", "0.01", "0.02"]),
    ("10.00", [3, 0, 1], ["7.50", "0.00", "2.50"]),
    ("100.00", [33_330_000, 33_330_000, 33_340_000], ["33.33", "33.33", "33.34"]),
  ])
  func theLargestRemainderGetsTheFen(_ amount: String, _ weights: [Int64], _ parts: [String]) throws
  {
    let found = try Money(stringLiteral: amount).divided(byWeights: weights)
    #expect(found.map { "\($0)" } == parts)
  }

  @Test func partsSumToTheWholeAndAreNeverMoreThanAFenOff() throws {
    var random = Seeded(1)
    for _ in 0..<3000 {
      let fen = Int64.random(in: -1_000_000_000...1_000_000_000, using: &random)
      let weights = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        Int64.random(in: 0...50_000_000, using: &random)
      }
      let total = weights.reduce(0, +)
      guard total > 0 else { continue }
      let parts = try Money(fen: fen).divided(byWeights: weights)
      #expect(parts.reduce(0) { $0 + $1.fen } == fen)
      for (part, weight) in zip(parts, weights) {
        let exact = Int128(fen) * Int128(weight)
        let off = Int128(part.fen) * Int128(total) - exact
        #expect(off.magnitude < Int128(total).magnitude)
        if weight == 0 { #expect(part == .zero) }
      }
      // Of equal weights the earlier one is never given less.
      for (first, second) in zip(weights.indices, weights.indices.dropFirst())
      where weights[first] == weights[second] {
        #expect(parts[first].fen.magnitude >= parts[second].fen.magnitude)
      }
    }
  }

  @Test func whatCannotBeDividedIsAnError() {
    #expect(throws: ValueError.self) { try Money(fen: 1).divided(byWeights: []) }
    #expect(throws: ValueError.self) { try Money(fen: 1).divided(byWeights: [0, 0]) }
    #expect(throws: ValueError.self) { try Money(fen: 1).divided(byWeights: [1, -1]) }
  }

  @Test func theLargestAmountsAreDivided() throws {
    for fen in [Int64.max, .min + 1, .min] {
      let parts = try Money(fen: fen).divided(byWeights: [.max, .max, 1])
      #expect(parts.reduce(Int128(0)) { $0 + Int128($1.fen) } == Int128(fen))
    }
    #expect(try Money(fen: .min).divided(byWeights: [5]) == [Money(fen: .min)])
  }
}
