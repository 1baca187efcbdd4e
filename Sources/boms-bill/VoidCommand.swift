import ArgumentParser
import Shared

/// `boms-bill void`: a bill, or a shared cost, was wrong as a whole.
struct VoidCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "void",
    Phrase("Take bills back, or what was charged of a pool of shared costs.", "作废账单，或作废一项公摊的费用。"),
    examples: [
      "boms-bill void CQ-202611-000017 --reason 重复出账",
      "boms-bill void --pool GT-202609 --period 2026-09 --reason 金额有误 --dry-run",
    ],
    discussion: Phrase(
      """
      Every charge on the bill is balanced, with all its adjustments, by a row on a credit note. \
      Nothing is deleted. What the contracts still say is billed anew by the next run: to bill \
      something else, correct the contract first. A pool is divided again by the next run.
      """,
      """
      账单上的每笔费用连同其调整，由冲减单上的一行全额冲平，不删除任何记录。合同仍约定的费用在\
      下次出账时重新出账：要出不同的账，请先更正合同。公摊在下次出账时重新分摊。
      """))

  @Argument(help: .boms("The bills' numbers.", "账单编号。", valueName: "bill"))
  var bills: [String] = []

  @Option(help: .boms("A pool of shared costs.", "公摊编号。", valueName: "no"))
  var pool: String?

  @Option(
    help: .boms("The month of the pool.", "公摊的月份。", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var period: CivilMonth?

  @OptionGroup var decision: Decision
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard bills.isEmpty != (pool == nil) else {
      throw ValidationError("give the bills, or --pool and --period", "请给出账单编号，或 --pool 和 --period")
    }
    guard (pool == nil) == (period == nil) else {
      throw ValidationError("--pool and --period belong together", "--pool 与 --period 须同时给出")
    }
  }

  func run() throws {
    let (context, asOf, books) = try decision.open()
    let writer = output.writer(NewCharges.fields.map { Column($0) }, context.environment)
    let run = VoidRun(asOf: asOf, reason: decision.reason)
    let outcome = try NewCharges.record(
      in: books, dryRun: decision.dryRun, writer, posted: \.posted
    ) {
      db in
      if let pool, let period { return try run.run(pool: pool, month: period, db) }
      return try run.run(bills: bills, db)
    }
    for subject in outcome.already {
      context.console.warn(
        pool == nil
          ? Phrase("bill '\(subject)' is void already", "账单“\(subject)”此前已作废")
          : Phrase(
            "pool '\(subject)' has no division that stands", "公摊“\(subject)”没有有效的分摊"))
    }
    let posted = outcome.posted
    var summary = Summary(
      (Phrase("charges taken back", "作废费用"), posted.charges),
      (Phrase("bills", "账单"), posted.bills), (Phrase("credit notes", "冲减单"), posted.creditNotes))
    summary.note(
      Phrase("amount \(posted.amounts.amount.grouped)", "金额 \(posted.amounts.amount.grouped)"))
    summary.note(Phrase("as of \(asOf)", "截至 \(asOf)"))
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}
