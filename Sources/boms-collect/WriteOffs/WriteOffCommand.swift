import ArgumentParser
import Shared

/// `boms-collect write-off`: what nobody will pay is given up (坏账核销).
struct WriteOffCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "write-off",
    Phrase("Give up what is open of a bill's charges, or take that back.", "坏账核销：核销账单的未付金额，或冲回核销。"),
    examples: [
      "boms-collect write-off CQ-202611-000017 --reason 租户破产",
      "boms-collect write-off CQ-202611-000017 --item rent --amount 9 --reason 和解",
      "boms-collect write-off CQ-202611-000017 --reverse --reason 租户补缴",
    ],
    discussion: Phrase(
      """
      The charges are given up in the order in which money would pay them. The claim stays listed \
      in 'boms-export write_offs', and its tax stays due. Late fees end on that day. A deposit is \
      not written off: it is no debt. Before a late payment is collected, --reverse takes back \
      what was written off of the bill; then late fees run as if it had never been given up.
      """,
      """
      按收款核销的顺序核销费用。债权仍列在 'boms-export write_offs' 中，税款仍须缴纳。违约金计\
      到当日为止。押金不是欠款，不能核销。收回已核销的款项之前，先用 --reverse 冲回；违约金随\
      即如同从未核销般计算。
      """))

  @Argument(help: .boms("The bill's number.", "账单编号。", valueName: "bill"))
  var bill: String

  @Option(help: .boms("Only charges of this fee item.", "只核销此收费项目的费用。", valueName: "item"))
  var item: String?

  @Option(
    help: .boms(
      "How much, in yuan (default: all that is open).", "金额，元（默认：全部未付金额）。", valueName: "yuan"),
    transform: Money.parse)
  var amount: Money?

  @Flag(help: .boms("Take back what was written off.", "冲回已核销的金额。"))
  var reverse = false

  @OptionGroup var decision: Decision
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let amount, amount <= .zero {
      throw ValidationError("--amount must be above zero", "--amount 应大于 0")
    }
    if amount != nil, reverse {
      throw ValidationError(
        "--reverse takes back whole rows: it takes no --amount", "--reverse 按整行冲回，不能与 --amount 同用")
    }
  }

  func run() throws {
    let (context, day, books) = try decision.open()
    let writer = output.writer(WriteOffStore.fields.map { Column($0) }, context.environment)
    let run = WriteOffRun(billNo: bill, item: item, asOf: day, reason: decision.reason)
    let outcome = try books.write(dryRun: decision.dryRun) { db in
      reverse ? try run.reverse(db) : try run.writeOff(amount, db)
    }
    for record in outcome.records { try writer.row(record) }
    try writer.finish()
    if outcome.deposit > .zero {
      context.console.warn(
        Phrase(
          "\(outcome.deposit.grouped) of deposits stay open: they are not written off",
          "押金 \(outcome.deposit.grouped) 不核销，仍未付"))
    }
    var summary = Summary((Phrase("charges", "费用"), outcome.records.count))
    let sum = outcome.amount.grouped
    summary.note(
      reverse
        ? Phrase("taken back \(sum)", "冲回 \(sum)") : Phrase("written off \(sum)", "核销 \(sum)"))
    if outcome.records.isEmpty {
      summary.note(
        reverse
          ? Phrase("nothing is written off", "没有可冲回的坏账核销")
          : Phrase("nothing is open", "没有未付金额"))
    }
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}
