import ArgumentParser
import Shared

/// `boms-collect deposit collect`: money that is there is a deposit (收取押金).
struct DepositCollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "collect",
    Phrase("Put money on account on the deposit that a contract asks for.", "用账上款项支付合同要求的押金。"),
    examples: [
      "boms-collect deposit collect HT-001 --reason 租户指定",
      "boms-collect deposit collect HT-001 --payment SK000009 --reason 租户指定",
    ],
    discussion: Phrase(
      """
      What is left of the payment, or else of all that the tenant has on account for the property, \
      oldest first, pays the open demands of the contract. The night pays them too, in the order of \
      due days.
      """,
      """
      用该收款的余额，未指定时用租户在此项目的全部余款（先收先用），支付合同未付的押金。夜间任\
      务也会按应收日顺序支付押金。
      """))

  @OptionGroup var options: DepositOptions

  @Option(help: .boms("Only what is left of this payment.", "只用此收款的余额。", valueName: "no"))
  var payment: String?

  @OptionGroup var decision: Decision
  @OptionGroup var output: OutputOptions

  func run() throws {
    try DepositDecisionRun(decision: decision, output: output)
      .run(options, done: Phrase("collected", "收取")) { try $0.collect(payment: payment) }
  }
}
