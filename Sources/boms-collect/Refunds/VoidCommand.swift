import ArgumentParser
import Shared

/// `boms-collect void`: a payment never was, or a refund came back (作废).
struct VoidCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "void",
    Phrase(
      "Take back a payment that never was, or a refund that came back.", "作废一笔并不存在的收款，或被退回的退款。"),
    examples: [
      "boms-collect void SK000009 --reason 支票退票",
      "boms-collect void SK000009 --reason 录入错误 --dry-run --format table",
      "boms-collect void CQ-TK-202611-0001 --reason 账号有误银行退回",
    ],
    discussion: Phrase(
      """
      What a payment had paid is open again from the day on which it was paid, as if the payment had \
      never come: the next 'boms-bill run' asks for the late fees. Nothing is deleted: each \
      allocation is balanced by a row of the opposite amount, in the first open month. A refund is \
      balanced by one below zero, and its money is there again. A payment of which something went \
      back is void only after its refund. What is void already is left as it is.
      """,
      """
      收款所支付的费用自付款日起恢复未付，如同从未收到：下次 'boms-bill run' 会计收违约金。不\
      删除任何记录：每笔核销由第一个未结账月份的一行相反金额冲平。退款由一笔负数冲平，款项恢复\
      可用。已部分退款的收款，须先作废退款才能作废。已作废的保持不变。
      """))

  @Argument(help: .boms("The payment's or the refund's number.", "收款单号或退款单号。", valueName: "number"))
  var number: String

  @OptionGroup var decision: Decision
  @OptionGroup var output: OutputOptions

  func run() throws {
    let (context, day, books) = try decision.open()
    let writer = output.writer(VoidRun.fields.map { Column($0) }, context.environment)
    let run = VoidRun(number: number, asOf: day, reason: decision.reason)
    let outcome = try books.write(dryRun: decision.dryRun) { try run.run($0) }
    for record in outcome.records { try writer.row(record) }
    try writer.finish()
    var summary = Summary(
      (Phrase("void", "作废"), outcome.isNew ? 1 : 0), (.unchanged, outcome.isNew ? 0 : 1),
      (Phrase("rows taken back", "冲回记录"), outcome.records.count))
    summary.note(Phrase("amount \(outcome.amount.grouped)", "金额 \(outcome.amount.grouped)"))
    if let receiptNo = outcome.receiptNo {
      summary.note(Phrase("receipt \(receiptNo) is void", "收据 \(receiptNo) 一并作废"))
    }
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}
