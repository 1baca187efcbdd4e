import ArgumentParser
import Shared

/// `boms-collect deposit list`: what became of a contract's deposits (押金台账明细).
struct DepositListCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "list",
    Phrase(
      "List what was collected, used and given back of a contract's deposits.", "列出合同押金的收取、使用和退还。"),
    examples: [
      "boms-collect deposit list HT-001 --format table",
      "boms-collect deposit list HT-001 --as-of 2026-10-31 --headings zh",
    ],
    discussion: Phrase(
      """
      By fee item and company, day by day, with what is held after it. A deposit stays with the \
      tenant when a contract is renewed: the contracts that this one follows are in the list, and \
      the balance runs through them.
      """,
      """
      按收费项目和收款主体逐日列出，并显示每笔之后的结存。续签时押金留给租户：此合同所接续的合\
      同也列在内，结存连续计算。
      """))

  @Argument(help: .boms("The contract's number.", "合同编号。", valueName: "contract"))
  var contract: String

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    let books = try context.books(database, .reading)
    let writer = output.writer(DepositListStore.fields.map { Column($0) }, context.environment)
    let found = try books.read { db in
      try KnownNumber.require("contract", contract, "合同", db)
      return try DepositListStore.write(
        db, contracts: ContractStore(db, contract).chain(), on: day, writer)
    }
    try writer.finish()
    var summary = Summary((Phrase("movements", "收付"), found.count))
    summary.note(Phrase("held \(found.held.grouped)", "结存 \(found.held.grouped)"))
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    context.console.say(summary)
  }
}
