import ArgumentParser
import Shared

/// `boms-invoice request withdraw`: nothing will be issued on these.
struct RequestWithdrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "withdraw",
    Phrase("Take back requests on which nothing was and will be issued.", "撤回尚未开票、也不会再开票的申请。"),
    examples: [
      "boms-invoice request withdraw CQ-KP2611-0001 --reason 未提交税务局",
      "boms-invoice request withdraw CQ-KP2611-0001 --reason 重复 --dry-run",
    ],
    discussion: Phrase(
      """
      For a request that was exported and that the tax bureau does not have: what was issued is taken \
      back by a red invoice. Red requests that take it back are withdrawn with it. What the charges \
      are worth is asked for anew by the next run.
      """,
      """
      用于已导出而税务局没有的申请；已开票的须用红字发票冲回。冲回它的红字申请一并撤回。费用的\
      应开金额由下次申请重新处理。
      """))

  @Argument(help: .boms("The requests' numbers.", "申请的流水号。", valueName: "request"))
  var numbers: [String]

  @OptionGroup var decision: Decision
  @OptionGroup var output: OutputOptions

  func run() throws {
    let (context, day, books) = try decision.open()
    let writer = output.writer(
      RequestRecordsStore.fields.map { Column($0) }, context.environment)
    let records = try books.write(dryRun: decision.dryRun) { try withdraw($0, on: day) }
    for record in records { try writer.row(record) }
    try writer.finish()
    var summary = Summary((Phrase("withdrawn", "撤回"), records.count))
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }

  private func withdraw(_ db: BooksConnection, on day: CivilDate) throws -> [[Cell]] {
    let store = try RequestStore(db)
    var withdrawn: Set<Int64> = []
    for number in numbers {
      let id = try RequestRecordsStore.id(of: number, db)
      // Red ones go before the blue one that they take back.
      for request in try store.standing(with: id) {
        if request.state == .issued {
          throw ValueError(
            "request.issued",
            Phrase(
              "the invoice of request '\(request.number)' is issued", "开票申请“\(request.number)”已开具发票"
            ),
            hint: Phrase(
              "'boms-invoice request red' takes an invoice back",
              "已开具的发票请用 'boms-invoice request red' 冲红"))
        }
        try store.add(.withdrawn, to: request.id, on: day, reason: decision.reason)
        withdrawn.insert(request.id)
      }
    }
    var selection = RequestRecordsStore.Selection()
    selection.after = (.max, withdrawn)
    var records: [[Cell]] = []
    try RequestRecordsStore(db: db).forEach(selection) { records.append($1) }
    return records
  }
}
