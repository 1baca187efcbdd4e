import ArgumentParser
import Shared

/// `boms-invoice unmatch`: an invoice is not for what it was taken for.
struct UnmatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "unmatch",
    Phrase("Say that an invoice is not for what it is matched to.", "取消匹配：指明发票与所匹配的单据无关。"),
    examples: ["boms-invoice unmatch 26332000000000000017 --reason 对应错租户"],
    discussion: Phrase(
      """
      Its charges are not invoiced any more, its request waits for its invoice again, and 'match' does \
      not put the two together again by itself. In the books it counts in the first open month. What \
      is matched to nothing is left as it is.
      """,
      """
      其费用恢复为未开票，申请重新等待发票，'match' 不会再自动匹配两者。账上计入第一个未结账的\
      月份。没有匹配的保持不变。
      """))

  @Argument(help: .boms("The invoice's number.", "发票号码。", valueName: "number"))
  var number: String

  @OptionGroup var decision: Decision

  func run() throws {
    let (context, day, books) = try decision.open()
    let rows = try books.write(dryRun: decision.dryRun) {
      try MatchByHand(number: number, asOf: day).unmatch(reason: decision.reason, $0)
    }
    var summary = Summary(
      (Phrase("unmatched", "取消匹配"), rows.count), (.unchanged, rows.isEmpty ? 1 : 0))
    for row in rows {
      if let target = row.target {
        summary.note(Phrase("it was for \(target)", "原匹配 \(target)"))
      }
    }
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}
