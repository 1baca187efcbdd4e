import ArgumentParser
import Shared

/// `boms-collect deposit take-back`: a deposit did not pay after all (撤销押金使用).
struct DepositTakeBackCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "take-back", "Take back what a contract's deposit paid: a slip, a bounced cheque.",
    examples: [
      "boms-collect deposit take-back HT-001 --bill CQ-202611-000017 --reason 误操作"
    ],
    discussion: """
      What was deducted for a bill, or moved to the deposit that a bill of another contract asks \
      for, is held by this contract again, and the bill is open again, as if it had never been \
      paid. Of a forfeit, void the penalty's bill and end its line as well. What went back to the \
      tenant is taken back by 'boms-collect void' with the refund's number.
      """)

  @Argument(
    help: ArgumentHelp("The number of the contract whose deposit paid.", valueName: "contract"))
  var contract: String

  @Option(
    name: .customLong("bill"), parsing: .singleValue,
    help: ArgumentHelp("The bills' numbers, with commas or one by one.", valueName: "bill"))
  var bills: [String]

  @OptionGroup var decision: Decision
  @OptionGroup var output: OutputOptions

  private var billNos: [String] { bills.flatMap { $0.split(separator: ",").map(String.init) } }

  func validate() throws {
    if billNos.isEmpty { throw ValidationError("--bill names the bills that were paid") }
  }

  func run() throws {
    try DepositDecisionRun(decision: decision, output: output)
      .run(contract, done: Phrase("taken back", "撤销")) { try $0.takeBack(bills: billNos) }
  }
}
