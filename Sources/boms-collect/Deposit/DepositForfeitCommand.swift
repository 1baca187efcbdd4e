import ArgumentParser
import Shared

/// `boms-collect deposit forfeit`: the tenant does not get it back (没收押金).
struct DepositForfeitCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "forfeit", Phrase("Charge a penalty and let the deposit pay it.", "没收押金：计收违约金，并用押金支付。"),
    examples: [
      "boms-collect deposit forfeit HT-001 --reason 提前退租违约",
      "boms-collect deposit forfeit HT-001 --amount 20000 --reason 协议部分没收",
    ],
    discussion: Phrase(
      """
      The penalty becomes a line of the contract that charges once on the day, with the tax of its \
      fee item, and is billed and paid in one step; it works for contracts that have ended. A second \
      time it takes what is still held, and is refused if that is nothing.
      """,
      """
      违约金成为合同的一次性收费条款，按其收费项目计税，当日出账并付清；合同已终止的也可以。再\
      次执行时没收剩余的押金，已无押金则拒绝。
      """))

  @OptionGroup var options: DepositOptions

  @Option(
    help: .boms(
      "The penalty's fee item; the only one of kind penalty if not given.",
      "违约金的收费项目；未指定时取唯一的违约金类项目。", valueName: "item"))
  var penalty: String?

  @OptionGroup var decision: Decision
  @OptionGroup var output: OutputOptions

  func run() throws {
    try DepositDecisionRun(decision: decision, output: output)
      .run(options, done: Phrase("forfeited", "没收")) { try $0.forfeit(penaltyItem: penalty) }
  }
}
