/// Chance that can be had again: SplitMix64.
package struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  /// The seed is mixed: with seeds a multiple of the increment apart, each would go on where the
  /// other is.
  package init(_ seed: UInt64) {
    state = Seeded.mixed(seed &+ 0x1234_5678_9ABC_DEF1)
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Seeded.mixed(state)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
