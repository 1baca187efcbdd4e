import Shared
import Testing

struct RoundingTests {
  @Test func halvesGoAwayFromZero() throws {
    for (numerator, denominator, rounded): (Int128, Int128, Int64) in [
      (0, 7, 0), (1, 2, 1), (-1, 2, -1), (3, 2, 2), (-3, 2, -2), (1, 3, 0), (2, 3, 1), (-2, 3, -1),
      (5, 10, 1), (4, 10, 0), (15, 10, 2), (14, 10, 1), (7, 1, 7), (-7, 1, -7),
    ] {
      #expect(try roundHalfUp(numerator, over: denominator) == rounded)
    }
  }

  @Test func everySmallFractionIsRoundedToTheNearest() throws {
    for denominator in 1...40 {
      for numerator in -200...200 {
        let rounded = try roundHalfUp(Int128(numerator), over: Int128(denominator))
        let twice = abs(2 * (numerator - Int(rounded) * denominator))
        #expect(twice <= denominator)
        if twice == denominator {
          #expect(abs(Int(rounded) * denominator) > abs(numerator))
        }
      }
    }
  }

  @Test func theLargestFractionsDoNotWrap() throws {
    #expect(try roundHalfUp(Int128(Int64.max), over: 1) == .max)
    #expect(try roundHalfUp(Int128(Int64.min), over: 1) == .min)
    #expect(try roundHalfUp(.max, over: .max) == 1)
    #expect(try roundHalfUp(.max - 1, over: .max) == 1)
    #expect(try roundHalfUp(.max / 2, over: .max) == 0)
    #expect(throws: ValueError.self) { try roundHalfUp(.max, over: 1) }
    #expect(throws: ValueError.self) { try roundHalfUp(.min, over: 2) }
    #expect(throws: ValueError.self) { try roundHalfUp(Int128(Int64.max) * 2 + 1, over: 2) }
  }
}
