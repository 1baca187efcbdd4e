import ArgumentParser
import Shared

/// `boms-invoice request red`: a red invoice is asked for before the books change.
struct RequestRedCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "red",
    Phrase("Ask for the red invoice of a whole bill or of a whole invoice.", "为整张账单或整张发票申请红字发票。"),
    examples: [
      "boms-invoice request red CQ-202611-000017 --reason 01",
      "boms-invoice request red 26332000000123456789 --reason 03 --dry-run",
    ],
    discussion: Phrase(
      """
      A bill that is invoiced can be taken back by 'boms-bill void' once its red invoice is asked for. \
      What is left of it on requests that were exported or issued is taken back; a request that was \
      not exported needs no red one: 'request run' withdraws it. While the red request waits, its \
      charges are not asked for anew; when the red invoice is there and they still stand, they are.
      """,
      """
      已开票的账单，申请红字发票后即可用 'boms-bill void' 作废。已导出或已开具的申请，冲回其余\
      额；未导出的申请不需要红字，由 'request run' 撤回。红字申请未完成前，其费用不会重新申\
      请；红字发票到达后费用仍在的，重新申请。
      """))

  @Argument(
    help: .boms("The number of a bill or of an invoice.", "账单编号或发票号码。", valueName: "number"))
  var number: String

  @Option(
    help: .boms(
      "Why: \(RedReason.list.en).", "原因：\(RedReason.list.zh)。", valueName: "01|02|03|04"))
  var reason: RedReason

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    let books = try context.books(database, .writing)
    let writer = output.writer(
      RequestRecordsStore.fields.map { Column($0) }, context.environment)
    let outcome = try books.write(dryRun: dryRun) { try ask($0, on: day) }
    for record in outcome.records { try writer.row(record) }
    try writer.finish()
    if outcome.isOpen {
      context.console.warn(
        Phrase(
          "requests of bill '\(number)' that were not exported need no red one",
          "账单“\(number)”未导出的申请无需冲红"),
        hint: Phrase(
          "'boms-invoice request run' withdraws them when the bill is void",
          "账单作废后由 'boms-invoice request run' 撤回"))
    }
    var summary = Summary((Phrase("red requests", "红字申请"), outcome.records.count))
    if outcome.records.isEmpty, !outcome.isOpen {
      summary.note(
        Phrase("nothing is left to take back", "没有可冲红的金额"))
    }
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }

  private func ask(
    _ db: BooksConnection, on day: CivilDate
  ) throws -> (records: [[Cell]], isOpen: Bool) {
    let reds = RequestRedStore(db: db)
    let store = try RequestStore(db)
    let last = try store.last()
    var blues: [(id: Int64, backs: [RequestStore.Back])] = []
    for left in try reds.left(of: number) {
      let back = RequestStore.Back(charge: left.charge, amounts: left.amounts)
      if blues.last?.id == left.blue {
        blues[blues.count - 1].backs.append(back)
      } else {
        blues.append((left.blue, [back]))
      }
    }
    for blue in blues {
      try store.appendRed(of: blue.id, blue.backs, reason, byHand: true, on: day)
    }
    try store.save()
    var selection = RequestRecordsStore.Selection()
    selection.after = (last, [])
    var records: [[Cell]] = []
    try RequestRecordsStore(db: db).forEach(selection) { records.append($1) }
    return (records, try reds.isOpen(bill: number))
  }
}
