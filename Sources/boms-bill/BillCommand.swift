import ArgumentParser
import Shared

/// Turns leases into charges and bills.
package struct BillCommand: Tool {
  package static let configuration = CommandConfiguration.boms(
    "boms-bill",
    Phrase("Charge what leases owe: wanted minus recorded, appended.", "计算租约应收的费用：应有的减去已记录的，只追加。"),
    examples: [
      "boms-bill run --as-of 2026-11-22",
      "boms-bill run --dry-run --contract HT-2024-0001",
      "boms-bill explain HT-2024-0001 --lang zh",
      "boms-bill notice --month 2026-11 --out notices/",
      "boms-bill statement T0001 --as-of 2026-11-22 --out T0001.html",
      "boms-bill compute --as-of 2026-12-31 < contracts.jsonl",
      "boms-bill missing --month 2026-10 --format table",
      "boms-bill accrue --month 2026-10",
    ],
    subcommands: [
      RunCommand.self, NoticeCommand.self, StatementCommand.self, ExplainCommand.self,
      MissingCommand.self, VoidCommand.self, AccrueCommand.self, StraightLineCommand.self,
      CloseCommand.self, ReopenCommand.self,
      AcceptCommand.self, HoldCommand.self, ReleaseCommand.self, WaiveCommand.self,
      TerminateCommand.self, RenewCommand.self, AmendCommand.self, ComputeCommand.self,
    ])

  package static let exits: [ExitStatus] = [
    .some, .badData, .noInput, .cannotCreate, .inputOutput, .busy, .noPermission, .settings,
  ]

  package init() {}
}
