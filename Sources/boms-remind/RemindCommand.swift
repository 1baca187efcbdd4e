import ArgumentParser
import Shared

/// Everything that is due, for those who should know, once each.
@main
struct RemindCommand: Tool {
  static let configuration = CommandConfiguration.boms(
    "boms-remind", "Record what is due as reminders, once each, and deliver them.",
    examples: ["boms-remind run"],
    subcommands: [])

  static let exits: [ExitStatus] = [
    .some, .badData, .noInput, .unavailable, .inputOutput, .busy, .settings,
  ]
}
