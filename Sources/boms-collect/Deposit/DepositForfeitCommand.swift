import ArgumentParser
import Shared

/// `boms-collect deposit forfeit`: the tenant does not get it back (没收押金).
struct DepositForfeitCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "forfeit", "Charge a penalty and let the deposit pay it.",
    examples: [
      "boms-collect deposit forfeit HT-001 --reason 提前退租违约",
      "boms-collect deposit forfeit HT-001 --amount 20000 --reason 协议部分没收",
    ],
    discussion: """
      The penalty becomes a line of the contract that charges once on the day, with the tax of its \
      fee item, and is billed and paid in one step; it works for contracts that have ended. A second \
      time it takes what is still held, and is refused if that is nothing.
      """)

  @OptionGroup var options: DepositOptions

  @Option(
    help: ArgumentHelp(
      "The penalty's fee item; the only one of kind penalty if not given.", valueName: "item"))
  var penalty: String?

  @OptionGroup var decision: Decision
  @OptionGroup var output: OutputOptions

  func run() throws {
    try DepositDecisionRun(decision: decision, output: output)
      .run(options, done: Phrase("forfeited", "没收")) { try $0.forfeit(penaltyItem: penalty) }
  }
}
