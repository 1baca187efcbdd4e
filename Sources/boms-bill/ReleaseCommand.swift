import ArgumentParser
import Shared

/// `boms-bill release`: the dispute is over.
struct ReleaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "release",
    Phrase(
      "Release bills from hold: from the day on they bear late fees again.", "解除账单的挂起：自当日起重新计违约金。"),
    examples: ["boms-bill release CQ-202611-000017 --reason 已核实面积"])

  @Argument(help: .boms("The bills' numbers.", "账单编号。", valueName: "bill"))
  var bills: [String]

  @OptionGroup var decision: Decision

  func run() throws {
    try HoldChange(event: "release", counted: Phrase("released", "已解除挂起"), bills: bills)
      .run(decision)
  }
}
