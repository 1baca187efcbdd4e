import ArgumentParser
import Shared

/// Fixed assets: what they lose in value month by month.
package struct DepreciateCommand: Tool {
  package static let configuration = CommandConfiguration.boms(
    "boms-depreciate",
    Phrase("Record the depreciation of fixed assets, month by month.", "按月计提固定资产折旧。"),
    examples: [
      "boms-depreciate run --month 2026-11",
      "boms-depreciate schedule GD00001 --format table",
      "boms-depreciate report --month 2026-11 --headings zh --bom > 折旧.csv",
      "boms-depreciate report --month 2026-11 --roll-forward --by category",
      "boms-depreciate dispose GD00006 --way scrap --reason 损坏",
      "boms-depreciate count --list --headings zh --bom > 盘点表.csv",
      "boms-depreciate compute --through 2026-12 < assets.jsonl",
    ],
    subcommands: [
      RunCommand.self, ScheduleCommand.self, ReportCommand.self, CardCommand.self,
      DisposeCommand.self, CountCommand.self, CloseCommand.self, ComputeCommand.self,
    ])

  package static let exits: [ExitStatus] = [
    .some, .badData, .noInput, .cannotCreate, .inputOutput, .busy, .noPermission, .settings,
  ]

  package init() {}
}
