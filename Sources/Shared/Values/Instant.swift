/// A moment, in seconds of Unix time: when a program outside did something. The law knows days only.
package struct Instant: Hashable, Comparable, Sendable {
  package let seconds: Int64

  package init(seconds: Int64) {
    self.seconds = seconds
  }

  package static func < (a: Instant, b: Instant) -> Bool { a.seconds < b.seconds }

  package func adding(seconds: Int) -> Instant {
    Instant(seconds: self.seconds + Int64(seconds))
  }
}

extension Instant: CustomStringConvertible {
  /// In UTC, `2026-11-22T02:10:00Z`: texts sort as moments do.
  package var description: String {
    let (days, rest) = (seconds.floorDivided(by: 86_400), seconds.modulo(86_400))
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let day = CivilDate(number: Int32(truncatingIfNeeded: days))
    return "\(day)T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }

  /// The moment of `2026-11-22T02:10:00Z`.
  package init?(iso text: String) {
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count == 9, parts[1].hasSuffix("Z"),
      let day = CivilDate(iso: String(parts[0]))
    else { return nil }
    let clock = parts[1].dropLast().split(separator: ":", omittingEmptySubsequences: false)
    let numbers = clock.compactMap { $0.utf8.count == 2 ? Int64($0) : nil }
    guard clock.count == 3, numbers.count == 3, (0..<24).contains(numbers[0]),
      (0..<60).contains(numbers[1]), (0..<60).contains(numbers[2])
    else { return nil }
    self.init(
      seconds: Int64(day.number) * 86_400 + numbers[0] * 3600 + numbers[1] * 60 + numbers[2])
  }
}

extension Int64 {
  fileprivate func modulo(_ divisor: Int64) -> Int64 {
    let rest = self % divisor
    return rest < 0 ? rest + divisor : rest
  }

  fileprivate func floorDivided(by divisor: Int64) -> Int64 {
    (self - modulo(divisor)) / divisor
  }
}
