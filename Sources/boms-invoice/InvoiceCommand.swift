import ArgumentParser
import Shared

/// 数电票: takes digital invoices in, checks them, and keeps what became of each.
package struct InvoiceCommand: Tool {
  package static let configuration = CommandConfiguration.boms(
    "boms-invoice",
    Phrase(
      "Take in digital invoices, check them, and keep what became of each.", "数电票的接收、检查和后续处理。"),
    examples: [
      "boms-invoice check *.xml",
      "boms-invoice import 10月发票/",
      "boms-invoice list --month 2026-10 --format table",
      "boms-invoice show 26332000000000000101",
      "boms-invoice request run --as-of 2026-11-30",
    ],
    subcommands: [
      InvoiceImportCommand.self, InvoiceListCommand.self, InvoiceShowCommand.self,
      InvoiceExtractCommand.self, InvoiceResolveCommand.self, CheckCommand.self, RulesCommand.self,
      VerifyCommand.self, DeductCommand.self, UseCommand.self, TransferOutCommand.self,
      PostCommand.self, UnpostCommand.self, InvoiceExportCommand.self, RequestCommand.self,
      MatchCommand.self, UnmatchCommand.self,
    ])

  package static let exits: [ExitStatus] = [
    .some, .badData, .noInput, .cannotCreate, .inputOutput, .busy, .noPermission, .settings,
  ]

  package init() {}
}
