import ArgumentParser
import Shared

/// `boms-bill run`: what the night does.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "run",
    Phrase(
      "Record every charge that is to be billed by a day and is not recorded yet.",
      "出账：记录截至某日应出账而尚未记录的全部费用。"),
    examples: [
      "boms-bill run",
      "boms-bill run --as-of 2026-11-22 --format table",
      "boms-bill run --dry-run --property XH01",
      "boms-bill run --all",
    ],
    discussion: Phrase(
      """
      The new charges go to stdout, the summary to stderr. A contract that cannot be computed is \
      reported and left out; the others go through, and the exit code is 1. A second run on the \
      same day adds nothing.
      """,
      """
      新费用写到标准输出，汇总写到标准错误。无法计算的合同会报出并跳过，其余照常出账，退出码\
      为 1。同一天再次执行不会重复。
      """))

  @Flag(
    help: .boms(
      "Look at every contract, without the index of what changed or is due.", "逐份检查全部合同，不用变动和到期的索引。"
    ))
  var all = false

  @Option(help: .boms("Only contracts of this property.", "只处理此项目的合同。", valueName: "no"))
  var property: String?

  @Option(help: .boms("Only this contract.", "只处理此合同。", valueName: "no"))
  var contract: String?

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let asOf = asOf.day(context.environment)
    let books = try context.books(database, .writing)
    let run = BillRun(asOf: asOf, ignoresIndex: all, property: property, contract: contract)
    let writer = output.writer(NewCharges.fields.map { Column($0) }, context.environment)
    let progress = Progress(context.console, Phrase("contracts", "合同"))
    let outcome = try NewCharges.record(in: books, dryRun: dryRun, writer, posted: \.posted) {
      db in
      try BillStore.requireKnown(property: property, contract: contract, db)
      return try run.run(db) { progress.step() }
    }
    progress.finish()
    try tell(outcome, asOf, context.console)
  }

  private func tell(_ outcome: BillRun.Outcome, _ asOf: CivilDate, _ console: Console) throws {
    for failed in outcome.failed {
      console.fail(
        Failure(
          .some,
          Phrase(
            "\(failed.subject.en) is left out: \(failed.reason.en)",
            "\(failed.subject.zh)未出账：\(failed.reason.zh)")))
    }
    if outcome.held > 0 {
      console.warn(
        Phrase(
          "\(outcome.held) metered \(outcome.held == 1 ? "charge waits" : "charges wait") for an "
            + "implausible reading to be accepted",
          "\(outcome.held) 笔抄表费用因用量异常待确认，暂不计费"),
        hint: Phrase(
          "'boms-bill missing' lists them; 'boms-bill accept METER DATE' lets one through",
          "可用 'boms-bill missing' 查看，用 'boms-bill accept 表号 日期' 确认"))
    }
    let posted = outcome.posted
    var summary = Summary(
      (Phrase("contracts", "合同"), outcome.looked), (Phrase("charges", "费用"), posted.charges),
      (Phrase("adjustments", "其中调整"), outcome.adjustments),
      (Phrase("bills", "账单"), posted.bills), (Phrase("credit notes", "冲减单"), posted.creditNotes))
    summary.note(
      Phrase("amount \(posted.amounts.amount.grouped)", "金额 \(posted.amounts.amount.grouped)"))
    if !outcome.failed.isEmpty {
      summary.add(Phrase("failed", "失败"), outcome.failed.count)
    }
    summary.note(Phrase("as of \(asOf)", "截至 \(asOf)"))
    if dryRun { summary.note(.dryRun) }
    console.say(summary)
    if !outcome.failed.isEmpty { throw ExitStatus.some }
  }
}
