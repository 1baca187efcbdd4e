import ArgumentParser
import Shared

/// `boms-collect deposit transfer`: a deposit goes over to another contract (押金转移).
struct DepositTransferCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "transfer",
    Phrase(
      "Let a contract's deposit pay the deposit that another one asks for.", "用一份合同的押金支付另一合同要求的押金。"),
    examples: ["boms-collect deposit transfer HT-001 HT-002 --reason 换铺"],
    discussion: Phrase(
      """
      Both are contracts of one tenant in one property, and the deposits of one company. What is \
      held beyond the demand stays where it is. A contract that goes on as another keeps its \
      deposit, and 'boms-bill renew --deposit' asks for the increase: nothing is to be moved there.
      """,
      """
      两份合同须属于同一租户、同一项目，押金属于同一收款主体。超出应收的结存留在原处。续签的合\
      同保留原押金，'boms-bill renew --deposit' 只收取增加的部分，无须转移。
      """))

  @OptionGroup var options: DepositOptions

  @Argument(help: .boms("The contract that asks for it.", "要求押金的合同。", valueName: "new-contract"))
  var new: String

  @Flag(
    help: .boms(
      "A renewed contract asks for the whole deposit again: move it all the same.",
      "续签合同又要求全额押金时，仍然转移。"))
  var wholeDemand = false

  @OptionGroup var decision: Decision
  @OptionGroup var output: OutputOptions

  func run() throws {
    try DepositDecisionRun(decision: decision, output: output)
      .run(options, done: Phrase("moved", "转移")) {
        try $0.transfer(to: new, isWhole: wholeDemand)
      }
  }
}
