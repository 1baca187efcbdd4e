import ArgumentParser
import Shared

/// `boms-invoice show`: all that is known of one invoice.
struct InvoiceShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "show",
    Phrase(
      "Show one invoice: values, lines, findings, files, events, and where it stands.",
      "显示一张发票：内容、明细、检查结果、文件、事件和状态。"),
    examples: [
      "boms-invoice show 26332000000000000101",
      "boms-invoice show 033002000211-83089647 --headings zh",
      "boms-invoice show 26332000000000000101 --format json | jq .events",
    ],
    discussion: Phrase(
      """
      A page to read; with --format json one object, in which lines, extras, findings, files, \
      events, and the reds or the blue invoice are arrays. Phones, accounts and the numbers of \
      identity cards are masked without --reveal; 'boms-invoice extract' gives the file as it came.
      """,
      """
      供阅读的页面；加 --format json 则为一个对象，其中明细、附加信息、检查结果、文件、事件以\
      及红字发票或蓝字发票为数组。未加 --reveal 时电话、账号和身份证号打码；\
      'boms-invoice extract' 取出原件。
      """))

  @Argument(
    help: .boms(
      "20 digits, or CODE-NUMBER of an old one.", "20 位数字；旧版发票为 CODE-NUMBER（代码-号码）。",
      valueName: "number"))
  var number: String

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var revealing: RevealOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if let format = output.format, format != .table, format != .json {
      throw ValidationError(
        "an invoice with all its parts is written as table or json", "完整的发票只能写作 table 或 json")
    }
    if output.bom {
      throw ValidationError(
        "--bom is for CSV, which 'show' does not write", "--bom 用于 CSV，'show' 不输出 CSV")
    }
  }

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    let books = try context.books(database, revealing.use)
    let detail = try books.read { db in
      let known = try KnownInvoiceStore.require(number, db)
      guard
        let detail = try InvoiceDetailStore.detail(
          known.number, known.id, db, asOf: day, context.language)
      else { throw KnownInvoiceStore.notYet(known.number, day) }
      return detail
    }
    if let damage = detail.damage { context.console.warn(damage.message, hint: damage.hint) }
    if output.format == .json {
      try ShowPage.json(detail)
    } else {
      try ShowPage.page(
        detail, headings: output.askedHeadings ?? context.language,
        width: context.environment.terminalWidth)
    }
  }
}
