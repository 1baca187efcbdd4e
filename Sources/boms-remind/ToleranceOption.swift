import ArgumentParser
import Shared

/// What is too little for a reminder.
struct ToleranceOption: ParsableArguments {
  @Option(
    help: .boms(
      "Amounts up to this are no matter (default: BOMS_REMIND_TOLERANCE, else 0).",
      "不超过此金额的不提醒（默认：BOMS_REMIND_TOLERANCE，未设置时为 0）。",
      valueName: "yuan"),
    transform: Money.parse)
  var tolerance: Money?

  func amount(_ environment: Environment) throws -> Money {
    if let tolerance { return tolerance }
    guard let text = environment["BOMS_REMIND_TOLERANCE"] else { return .zero }
    do {
      return try Money.parse(text)
    } catch {
      throw Failure(
        .usage,
        Phrase(
          "BOMS_REMIND_TOLERANCE is '\(text)', not an amount in yuan",
          "BOMS_REMIND_TOLERANCE 的值“\(text)”不是金额"))
    }
  }
}

extension ReminderKind: ExpressibleByArgument {}

extension ReminderChannel: ExpressibleByArgument {}
