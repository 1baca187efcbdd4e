import ArgumentParser
import Shared

/// Brings payments to tenants and to the charges that they pay.
package struct CollectCommand: Tool {
  package static let configuration = CommandConfiguration.boms(
    "boms-collect",
    Phrase(
      "Set payments and credits against what tenants owe, by the order of the law.",
      "按法定顺序，用收款和冲减核销租户的欠款。"),
    examples: [
      "boms-collect run --as-of 2026-11-22",
      "boms-collect unclaimed --format table",
      "boms-collect deposit list HT-001 --format table",
      "boms-collect claim SK000009 T0042 --reason 租户来电确认",
      "boms-collect receipt --month 2026-11 --out receipts/",
      "boms-collect refund T0042 --amount 1200.00 --reason 多付退回",
      "boms-collect void SK000009 --reason 支票退票",
    ],
    subcommands: [
      CollectRunCommand.self, UnclaimedCommand.self, ClaimCommand.self, ReconcileCommand.self,
      ReceiptCommand.self, RefundCommand.self, VoidCommand.self, WriteOffCommand.self,
      DepositCommand.self,
    ])

  package static let exits: [ExitStatus] = [
    .some, .badData, .noInput, .cannotCreate, .inputOutput, .busy, .noPermission, .settings,
  ]

  package init() {}
}
