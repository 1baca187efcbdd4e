import ArgumentParser
import Shared

/// `boms-invoice deduct`: 抵扣勾选, from the bureau's lists and back to them.
struct DeductCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "deduct",
    Phrase(
      "Compare the tax bureau's lists, propose what to tick, report what is deducted.",
      "比对税务局清单、建议勾选、汇总抵扣。"),
    examples: [
      "boms-invoice deduct import 抵扣勾选.csv --encoding auto",
      "boms-invoice deduct select --month 2026-11 --record --headings zh --bom",
      "boms-invoice deduct import 统计确认.csv --confirmed --period 2026-11",
      "boms-invoice deduct report --month 2026-11 --format table",
    ],
    subcommands: [
      DeductImportCommand.self, DeductSelectCommand.self, DeductReportCommand.self,
      DeductUndoCommand.self,
    ])
}
