import ArgumentParser
import Shared

/// `boms-collect deposit deduct`: a deposit pays bills (押金抵扣).
struct DepositDeductCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "deduct", Phrase("Let a contract's deposit pay what is open on bills.", "用合同的押金抵扣账单的未付金额。"),
    examples: [
      "boms-collect deposit deduct HT-001 --bill CQ-202611-000017 --reason 退租结算",
      "boms-collect deposit deduct HT-001 --bill B1,B2 --amount 5000 --reason 协商",
    ],
    discussion: Phrase(
      """
      The bills are of the same tenant and property, and of the company that holds the deposit. The \
      oldest deposit is used first, on what payments would pay first; a demand for a deposit is \
      never paid.
      """,
      """
      账单须属于同一租户和项目，以及持有押金的收款主体。先用最早的押金，按收款核销的顺序支付；\
      押金的应收不能用押金支付。
      """))

  @OptionGroup var options: DepositOptions

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
      throw ValidationError("--bill names the bills to pay", "--bill 应给出要支付的账单")
    }
  }

  func run() throws {
    try DepositDecisionRun(decision: decision, output: output)
      .run(options, done: Phrase("deducted", "抵扣")) { try $0.deduct(bills: billNos) }
  }
}
