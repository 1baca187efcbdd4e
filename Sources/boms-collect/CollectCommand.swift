import ArgumentParser
import Shared

/// Brings payments to tenants and to the charges that they pay.
@main
struct CollectCommand: Tool {
  static let configuration = CommandConfiguration.boms(
    "boms-collect", "Set payments and credits against what tenants owe, by the order of the law.",
    examples: [
      "boms-collect run --as-of 2026-11-22",
      "boms-collect unclaimed --format table",
      "boms-collect deposit list HT-001 --format table",
      "boms-collect claim SK000009 T0042 --reason 租户来电确认",
    ],
    subcommands: [
      CollectRunCommand.self, UnclaimedCommand.self, ClaimCommand.self, ReconcileCommand.self,
      DepositCommand.self,
    ])

  static let exits: [ExitStatus] = [
    .some, .badData, .noInput, .inputOutput, .busy, .settings,
  ]
}
