import ArgumentParser
import Shared

/// `boms-collect deposit transfer`: a deposit goes over to another contract (押金转移).
struct DepositTransferCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "transfer", "Let a contract's deposit pay the deposit that another one asks for.",
    examples: ["boms-collect deposit transfer HT-001 HT-002 --reason 换铺"],
    discussion: """
      Both are contracts of one tenant in one property, and the deposits of one company. What is \
      held beyond the demand stays where it is. A contract that goes on as another keeps its \
      deposit, and 'boms-bill renew --deposit' asks for the increase: nothing is to be moved there.
      """)

  @OptionGroup var options: DepositOptions

  @Argument(help: ArgumentHelp("The contract that asks for it.", valueName: "new-contract"))
  var new: String

  @Flag(help: "A renewed contract asks for the whole deposit again: move it all the same.")
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
