import ArgumentParser
import Shared

/// `boms-collect deposit collect`: money that is there is a deposit (收取押金).
struct DepositCollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "collect", "Put money on account on the deposit that a contract asks for.",
    examples: [
      "boms-collect deposit collect HT-001 --reason 租户指定",
      "boms-collect deposit collect HT-001 --payment SK000009 --reason 租户指定",
    ],
    discussion: """
      What is left of the payment, or else of all that the tenant has on account for the property, \
      oldest first, pays the open demands of the contract. The night pays them too, in the order of \
      due days.
      """)

  @OptionGroup var options: DepositOptions

  @Option(help: ArgumentHelp("Only what is left of this payment.", valueName: "no"))
  var payment: String?

  @OptionGroup var decision: Decision
  @OptionGroup var output: OutputOptions

  func run() throws {
    try DepositDecisionRun(decision: decision, output: output)
      .run(options, done: Phrase("collected", "收取")) { try $0.collect(payment: payment) }
  }
}
