import ArgumentParser
import Shared

/// `boms-invoice verify`: the round trip of 查验 (验真) with the tax platform.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "verify",
    Phrase(
      "List what the tax platform is to be asked, and take in its answers.", "列出待查验的发票，并导入查验结果。"),
    examples: [
      "boms-invoice verify export --month 2026-11 --headings zh --bom > 查验.csv",
      "boms-invoice verify import 查验结果.csv --encoding auto",
    ],
    subcommands: [VerifyExportCommand.self, VerifyImportCommand.self])
}
