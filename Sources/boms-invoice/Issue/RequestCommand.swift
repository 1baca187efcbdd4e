import ArgumentParser
import Shared

/// `boms-invoice request`: what the tax bureau is asked to issue.
struct RequestCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "request",
    Phrase(
      "Ask for invoices on what is charged, and follow each request to its invoice.",
      "为费用申请开票，并跟踪每份申请直至开出发票。"),
    examples: [
      "boms-invoice request run --as-of 2026-11-30",
      "boms-invoice request list --status requested --format table",
      "boms-invoice request export --xlsx issue.xlsx",
      "boms-invoice request import failures.csv",
      "boms-invoice request red CQ-202611-000017 --reason 01",
    ],
    subcommands: [
      RequestRunCommand.self, RequestListCommand.self, RequestShowCommand.self,
      RequestExportCommand.self, RequestImportCommand.self, RequestRedCommand.self,
      RequestWithdrawCommand.self,
    ])
}
