import ArgumentParser
import Shared

/// `boms-invoice deduct undo`: a tick or a deduction that was recorded wrongly.
struct DeductUndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "undo", "Take back what was recorded as selected or deducted.",
    examples: [
      "boms-invoice deduct undo 26332000000000000104 --reason 误导入"
    ],
    discussion: """
      It changes what the pool says, and nothing at the tax bureau. What is neither selected nor \
      deducted is left as it is.
      """)

  @Argument(help: ArgumentHelp("The numbers of the invoices.", valueName: "number"))
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
