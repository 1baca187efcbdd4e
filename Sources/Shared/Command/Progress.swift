import Glibc

/// A line on the terminal that says how far a long run is. It shows itself only to someone who
/// looks on, and only after a second; a step costs an addition, the clock is read every 1,024th.
/// A tool that streams records to the same terminal makes none: the records are the progress there.
package final class Progress {
  private static let between = 1024
  /// In nanoseconds: when the line first shows, and how often it changes.
  private static let patience: UInt64 = 1_000_000_000
  private static let interval: UInt64 = 200_000_000

  private let console: Console
  private let label: Phrase
  private let total: Int?
  private let clock: () -> UInt64
  private var count = 0
  private var next: UInt64

  /// - Parameters:
  ///   - label: what is being done, `reading tenants.csv`.
  ///   - total: how many steps there will be, if that is known.
  package convenience init(_ console: Console, _ label: Phrase, total: Int? = nil) {
    self.init(console, label, total: total, clock: Progress.monotonic)
  }

  init(_ console: Console, _ label: Phrase, total: Int?, clock: @escaping () -> UInt64) {
    self.console = console
    self.label = label
    self.total = total
    self.clock = clock
    next = console.isTerminal && !console.isQuiet ? clock() + Progress.patience : .max
  }

  @inline(__always)
  package func step() {
    count &+= 1
    if count % Progress.between == 0 { look() }
  }

  /// Several steps at once; the clock is read.
  package func step(_ steps: Int) {
    count += steps
    look()
  }

  /// Takes the line away.
  package func finish() {
    next = .max
    console.status(nil)
  }

  private func look() {
    guard next != .max else { return }
    let now = clock()
    guard now >= next else { return }
    next = now + Progress.interval
    console.status("\(label.text(console.language)) \(grouped(count))" + ofTotal)
  }

  private var ofTotal: String {
    guard let total, total > 0 else { return "" }
    return " / \(grouped(total)) (\(min(count * 100 / total, 100))%)"
  }

  private func grouped(_ count: Int) -> String {
    Decimals.grouped(Int64(count), places: 0, atLeast: 0)
  }

  private static func monotonic() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
