import ArgumentParser
import Shared

/// `boms-collect unclaimed`: payments of which nobody knows whose they are (待认领).
struct UnclaimedCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "unclaimed", Phrase("List the payments that belong to no tenant yet.", "列出尚无租户的待认领收款。"),
    examples: [
      "boms-collect unclaimed --format table",
      "boms-collect unclaimed --property XH01 --headings zh --bom > 待认领.csv",
    ],
    discussion: Phrase(
      """
      A run matches what it can; what is listed here is for 'boms-collect claim'. Accounts are \
      masked without --reveal. The exit code is 0 whether there are any or not.
      """,
      """
      核销时会匹配能匹配的，此处列出的须用 'boms-collect claim' 认领。未加 --reveal 时账号打\
      码。不论有无，退出码都是 0。
      """))

  @Option(help: .boms("Only payments of this property.", "只列此项目的收款。", valueName: "no"))
  var property: String?

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var revealing: RevealOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    let books = try context.books(database, revealing.use)
    let writer = output.writer(
      UnclaimedStore.fields.map { Column($0) }, context.environment,
      titled: Phrase("unclaimed", "待认领收款"))
    let sum = try books.read { db in
      if let property { try KnownNumber.require("property", property, "项目", db) }
      return try UnclaimedStore.write(db, asOf: day, property: property, writer)
    }
    try writer.finish()
    var summary = Summary((Phrase("unclaimed", "待认领"), sum.count))
    summary.note(Phrase("amount \(sum.amount.grouped)", "金额 \(sum.amount.grouped)"))
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    context.console.say(summary)
  }
}
