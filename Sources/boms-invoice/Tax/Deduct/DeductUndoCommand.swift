import ArgumentParser
import Shared

/// `boms-invoice deduct undo`: a tick or a deduction that was recorded wrongly.
struct DeductUndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "undo", Phrase("Take back what was recorded as selected or deducted.", "撤销已勾选或已抵扣的记录。"),
    examples: [
      "boms-invoice deduct undo 26332000000000000104 --reason 误导入"
    ],
    discussion: Phrase(
      """
      It changes what the pool says, and nothing at the tax bureau. What is neither selected nor \
      deducted is left as it is.
      """,
      """
      只改变票池的记录，不涉及税务局。未勾选也未抵扣的保持不变。
      """))

  @Argument(help: .boms("The numbers of the invoices.", "发票号码。", valueName: "number"))
  var numbers: [String]

  @OptionGroup var decision: Decision

  func run() throws {
    let (context, day, books) = try decision.open()
    let undone = try books.write(dryRun: decision.dryRun) { db in
      let pool = try TaxPool(db, asOf: day)
      return try numbers.count { try undo($0, pool, db, on: day) }
    }
    var summary = Summary((Phrase("taken back", "已撤销"), undone))
    summary.add(.unchanged, numbers.count - undone)
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }

  private func undo(
    _ number: String, _ pool: TaxPool, _ db: BooksConnection, on day: CivilDate
  ) throws -> Bool {
    let invoice = try pool.require(number, db)
    let history = invoice.standing.history
    let kind: InvoiceEvent.Kind
    if history.deduction != nil {
      kind = .undeducted
    } else if history.selection != nil {
      kind = .deselected
    } else {
      return false
    }
    try pool.record(InvoiceEvent(kind, on: day, reason: decision.reason), of: invoice)
    return true
  }
}
