import ArgumentParser
import Shared

/// `boms-bill hold`: a bill is in dispute (争议挂起).
struct HoldCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "hold", Phrase("Put bills on hold: while they are, they bear no late fee.", "挂起账单：挂起期间不计违约金。"),
    examples: ["boms-bill hold CQ-202611-000017 --reason 租户对面积有异议"],
    discussion: Phrase(
      """
      A bill is on hold from the day of --as-of to the day before its release. The days between \
      never bear a late fee; the bill stays owed.
      """,
      """
      账单自 --as-of 当日起挂起，至解除的前一天为止。其间的天数永不计违约金；账单仍然应付。
      """))

  @Argument(help: .boms("The bills' numbers.", "账单编号。", valueName: "bill"))
  var bills: [String]

  @OptionGroup var decision: Decision

  func run() throws {
    try HoldChange(event: "hold", counted: Phrase("put on hold", "已挂起"), bills: bills)
      .run(decision)
  }
}
