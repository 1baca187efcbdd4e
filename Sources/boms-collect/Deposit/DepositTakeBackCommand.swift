import ArgumentParser
import Shared

/// `boms-collect deposit take-back`: a deposit did not pay after all (撤销押金使用).
struct DepositTakeBackCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "take-back",
    Phrase(
      "Take back what a contract's deposit paid: a slip, a bounced cheque.", "撤回合同押金的支付，用于误操作或退票。"),
    examples: [
      "boms-collect deposit take-back HT-001 --bill CQ-202611-000017 --reason 误操作"
    ],
    discussion: Phrase(
      """
      What was deducted for a bill, or moved to the deposit that a bill of another contract asks \
      for, is held by this contract again, and the bill is open again, as if it had never been \
      paid. Of a forfeit, void the penalty's bill and end its line as well. What went back to the \
      tenant is taken back by 'boms-collect void' with the refund's number.
      """,
      """
      抵扣账单的，或转给另一合同押金账单的金额，重新由此合同持有，账单恢复未付，如同从未支付。\
      没收的，还须作废违约金账单并截止其条款。已退还租户的，用 'boms-collect void' 加退款单号\
      撤回。
      """))

  @Argument(
    help: .boms(
      "The number of the contract whose deposit paid.", "用其押金支付的合同的编号。", valueName: "contract"))
  var contract: String

  @Option(
    name: .customLong("bill"), parsing: .singleValue,
    help: .boms(
      "The bills' numbers, with commas or one by one.", "账单编号，用逗号分隔或逐个给出。", valueName: "bill"))
  var bills: [String]

  @OptionGroup var decision: Decision
  @OptionGroup var output: OutputOptions

  private var billNos: [String] { bills.flatMap { $0.split(separator: ",").map(String.init) } }

  func validate() throws {
    if billNos.isEmpty {
      throw ValidationError("--bill names the bills that were paid", "--bill 应给出已支付的账单")
    }
  }

  func run() throws {
    try DepositDecisionRun(decision: decision, output: output)
      .run(contract, done: Phrase("taken back", "撤销")) { try $0.takeBack(bills: billNos) }
  }
}
