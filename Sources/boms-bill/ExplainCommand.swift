import ArgumentParser
import Shared

/// `boms-bill explain`: how every amount arose.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "explain",
    Phrase(
      "Explain every amount of a contract or a bill, segment by segment.", "逐段说明合同或账单的每笔金额怎么来的。"),
    examples: [
      "boms-bill explain HT-2024-0001",
      "boms-bill explain CQ-202611-000001 --lang en",
      "boms-bill explain HT-2024-0001 --format csv --headings zh --bom > 说明.csv",
    ],
    discussion: Phrase(
      """
      On a terminal, and without --format, a page to read; with --format one record per segment. \
      What is recorded is shown as it was recorded; where the contract says something else by now, \
      that is said too.
      """,
      """
      在终端且未指定 --format 时是供阅读的页面；指定 --format 时每段一条记录。已记录的按记录时\
      的内容显示；合同现已不同的，一并说明。
      """))

  @Argument(
    help: .boms("A contract's or a bill's number.", "合同编号或账单编号。", valueName: "contract|bill"))
  var number: String

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let books = try context.books(database, .reading)
    let explained = try books.read { try ExplainStore.explain(number, $0) }
    if output.format != nil {
      try ExplainedPage.records(explained, output, context)
    } else {
      try ExplainedPage.page(explained, context.language)
    }
  }
}
