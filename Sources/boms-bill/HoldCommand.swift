import ArgumentParser
import Shared

/// `boms-bill hold`: a bill is in dispute (争议挂起).
struct HoldCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "hold", "Put bills on hold: while they are, they bear no late fee.",
    examples: ["boms-bill hold CQ-202611-000017 --reason 租户对面积有异议"],
    discussion: """
      A bill is on hold from the day of --as-of to the day before its release. The days between \
      never bear a late fee; the bill stays owed.
      """)

  @Argument(help: ArgumentHelp("The bills' numbers.", valueName: "bill"))
  var bills: [String]

  @OptionGroup var decision: Decision

  func run() throws {
    try HoldChange(event: "hold", counted: Phrase("put on hold", "已挂起"), bills: bills)
      .run(decision)
  }
}
