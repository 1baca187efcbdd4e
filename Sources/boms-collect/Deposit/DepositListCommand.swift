import ArgumentParser
import Shared

/// `boms-collect deposit list`: what became of a contract's deposits (押金台账明细).
struct DepositListCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "list", "List what was collected, used and given back of a contract's deposits.",
    examples: [
      "boms-collect deposit list HT-001 --format table",
      "boms-collect deposit list HT-001 --as-of 2026-10-31 --headings zh",
    ],
    discussion: """
      By fee item and company, day by day, with what is held after it. A deposit stays with the \
      tenant when a contract is renewed: the contracts that this one follows are in the list, and \
      the balance runs through them.
      """)

  @Argument(help: ArgumentHelp("The contract's number.", valueName: "contract"))
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
