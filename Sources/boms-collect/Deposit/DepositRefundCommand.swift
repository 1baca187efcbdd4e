import ArgumentParser
import Shared

/// `boms-collect deposit refund`: a deposit goes back to the tenant (退还押金).
struct DepositRefundCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "refund", Phrase("Give a contract's deposit back to the tenant.", "把合同的押金退还租户。"),
    examples: [
      "boms-collect deposit refund HT-001 --reason 退租结清",
      "boms-collect deposit refund HT-001 --amount 5000 --early --reason 协议减少押金",
    ],
    discussion: Phrase(
      """
      Refused while bills of the tenant are open for the property and the company that holds the \
      deposit: deduct them first. While the contract lasts, or goes on as another, only what its \
      demand was lowered by goes back, unless --early is said. One refund for each company.
      """,
      """
      租户在此项目对持有押金的收款主体仍有未付账单时拒绝退还，请先抵扣。合同未终止或已续签的，\
      只退还押金应收调低的部分，除非指定 --early。每个收款主体一笔退款。
      """))

  @OptionGroup var options: DepositOptions

  @Flag(help: .boms("Give it back before the contract has ended.", "合同终止之前即退还。"))
  var early = false

  @Option(
    help: .boms("How it is paid: \(methods.en).", "付款方式：\(methods.zh)。", valueName: "method"),
    completion: .list(Choice.paymentMethods.map(\.code)),
    transform: DepositRefundCommand.method)
  var method: String?

  @Option(help: .boms("The bank's reference.", "银行流水号。", valueName: "text"))
  var reference: String?

  @OptionGroup var decision: Decision
  @OptionGroup var output: OutputOptions

  private static let methods = Phrase(
    Choice.paymentMethods.map(\.code).joined(separator: ", "),
    Choice.paymentMethods.map(\.code).joined(separator: "、"))

  private static func method(_ text: String) throws -> String {
    if let choice = Choice.paymentMethods.first(where: { $0.code == text || $0.zh == text }) {
      return choice.code
    }
    throw ValidationError("one of \(methods.en) is expected", "应为以下之一：\(methods.zh)")
  }

  func run() throws {
    let (context, day, books) = try decision.open()
    let writer = output.writer(DepositRefund.fields.map { Column($0) }, context.environment)
    let outcome = try books.write(dryRun: decision.dryRun) { db in
      let store = try DepositStore(db, options.contract, item: options.item, on: day)
      return try DepositRefund(
        store: store, asked: options.amount, isEarly: early, method: method, reference: reference,
        reason: decision.reason
      ).apply()
    }
    for row in outcome.rows { try row.write(to: writer) }
    try writer.finish()
    for warning in outcome.warnings { context.console.warn(warning) }
    var summary = Summary((Phrase("refunds", "退款"), Set(outcome.rows.map(\.refundNo)).count))
    summary.note(
      Phrase("refunded \(outcome.amount.grouped)", "退还 \(outcome.amount.grouped)"))
    summary.note(Phrase("held \(outcome.held.grouped)", "结存 \(outcome.held.grouped)"))
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}
