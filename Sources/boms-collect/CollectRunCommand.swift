import ArgumentParser
import Shared

/// `boms-collect run`: what the night does.
struct CollectRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "run",
    Phrase(
      "Record what payments and credits pay as of a day and is not recorded yet.",
      "核销：记录截至某日收款和冲减应核销而尚未记录的部分。"),
    examples: [
      "boms-collect run",
      "boms-collect run --as-of 2026-11-22 --format table",
      "boms-collect run --dry-run --property XH01",
    ],
    discussion: Phrase(
      """
      Payments without a tenant are matched by the payer's account, then by the payer's name; then \
      everything that is left of payments, credit notes and prepaid money is used on what is open. \
      The new allocations go to stdout, the summary to stderr. An account that cannot be computed is \
      reported and left out, and the exit code is 1. A second run on the same day adds nothing.
      """,
      """
      没有租户的收款先按付款账号、再按付款人名称匹配；然后收款、冲减单和预收款的余额用于支付未\
      付的费用。新的核销写到标准输出，汇总写到标准错误。无法计算的租户账户会报出并跳过，退出码\
      为 1。同一天再次执行不会重复。
      """))

  @Option(
    help: .boms("Only payments and charges of this property.", "只处理此项目的收款和费用。", valueName: "no"))
  var property: String?

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
    let run = CollectRun(asOf: day, property: property)
    let writer = output.writer(NewAllocations.fields.map { Column($0) }, context.environment)
    let progress = Progress(context.console, Phrase("accounts", "账户"))
    let outcome = try NewAllocations.record(in: books, dryRun: dryRun, writer, context.language) {
      db in
      if let property { try KnownNumber.require("property", property, "项目", db) }
      return try run.run(db) { progress.step() }
    }
    progress.finish()
    try tell(outcome, day, context.console)
  }

  private func tell(_ outcome: CollectRun.Outcome, _ day: CivilDate, _ console: Console) throws {
    for failed in outcome.failed {
      console.fail(
        Failure(
          .some,
          Phrase(
            "tenant '\(failed.tenantNo)' in property '\(failed.propertyNo)' is left out: "
              + failed.reason.en,
            "租户“\(failed.tenantNo)”（项目“\(failed.propertyNo)”）未核销：\(failed.reason.zh)")))
    }
    var summary = Summary(
      (Phrase("accounts", "账户"), outcome.accounts), (Phrase("entered", "新入账"), outcome.entered),
      (Phrase("matched", "新匹配"), outcome.matched),
      (Phrase("payments", "收款"), outcome.payments),
      (Phrase("allocations", "核销"), outcome.allocations),
      (Phrase("receipts", "收据"), outcome.receipts))
    summary.note(
      Phrase("allocated \(outcome.allocated.grouped)", "核销金额 \(outcome.allocated.grouped)"))
    summary.note(Phrase("credit left \(outcome.left.grouped)", "余款 \(outcome.left.grouped)"))
    summary.note(
      Phrase(
        "unclaimed \(outcome.unclaimed.count) with \(outcome.unclaimed.amount.grouped)",
        "待认领 \(outcome.unclaimed.count) 笔 \(outcome.unclaimed.amount.grouped)"))
    if !outcome.failed.isEmpty { summary.add(Phrase("failed", "失败"), outcome.failed.count) }
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if dryRun { summary.note(.dryRun) }
    console.say(summary)
    if !outcome.failed.isEmpty { throw ExitStatus.some }
  }
}
