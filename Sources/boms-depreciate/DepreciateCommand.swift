import ArgumentParser
import Shared

/// Fixed assets: what they lose in value month by month.
@main
struct DepreciateCommand: Tool {
  static let configuration = CommandConfiguration.boms(
    "boms-depreciate", "Record the depreciation of fixed assets, month by month.",
    examples: ["boms-depreciate run --month 2026-11"],
    subcommands: [])

  static let exits: [ExitStatus] = [
    .some, .badData, .noInput, .inputOutput, .busy, .settings,
  ]
}
