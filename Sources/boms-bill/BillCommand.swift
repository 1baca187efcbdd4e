import ArgumentParser
import Shared

/// Turns leases into charges and bills.
@main
struct BillCommand: Tool {
  static let configuration = CommandConfiguration.boms(
    "boms-bill", "Charge what leases owe: wanted minus recorded, appended.",
    examples: [
      "boms-bill run --as-of 2026-11-22",
      "boms-bill run --dry-run --contract HT-2024-0001",
      "boms-bill explain HT-2024-0001 --lang zh",
      "boms-bill compute --as-of 2026-12-31 < contracts.jsonl",
    ],
    subcommands: [
      RunCommand.self, ComputeCommand.self, ExplainCommand.self, TerminateCommand.self,
      RenewCommand.self, AmendCommand.self,
    ])

  static let exits: [ExitStatus] = [.some, .badData, .noInput, .inputOutput, .busy, .settings]
}
