/// When a message that failed is tried again: after ten minutes, then twice as long each time, at
/// most a day; after the last try it is given up.
enum BackOff {
  static let first = 600
  static let longest = 86_400
  static let tries = 10

  /// Seconds to wait after so many failed tries; nil: it is given up.
  static func wait(after failed: Int) -> Int? {
    guard failed < tries else { return nil }
    var wait = first
    for _ in 1..<max(failed, 1) { wait = min(wait * 2, longest) }
    return wait
  }
}
