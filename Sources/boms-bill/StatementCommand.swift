import ArgumentParser
import Shared

/// `boms-bill statement`: what a tenant was billed, has paid, and owes.
struct StatementCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "statement",
    Phrase("Write a statement of account (对账单) of a tenant or a contract.", "生成租户或合同的对账单。"),
    examples: [
      "boms-bill statement T0001 --as-of 2026-11-22 > statement.html",
      "boms-bill statement HT-2024-0001 --from 2026-09-01 --to 2026-11-30",
      "boms-bill statement T0001 --from 2026-09-01 --to 2026-11-30 --format csv",
    ],
    discussion: Phrase(
      """
      Without --from and --to the month before --as-of. The opening balance, the bills and the money \
      booked in these days, the closing balance, which is the opening one of the day after; a sheet \
      for each company. Payments stand with the company that got them, once 'boms-collect run' has \
      entered them and their tenant is known; what pays another company's charges goes over to its \
      sheet. In the statement of a contract stands what paid its charges. A number that is a \
      tenant's and a contract's is the tenant's. Pages are Chinese unless --lang or BOMS_LANG says \
      otherwise; with --format, records.
      """,
      """
      未指定 --from 和 --to 时为 --as-of 的上一个月。列出期初余额、期间的账单和款项、期末余额\
      （即次日的期初余额）；每个收款主体一张。收款经 'boms-collect run' 登记且已知租户后，列在\
      收款的主体下；用于支付其他主体费用的部分转到该主体的对账单。合同的对账单列出支付其费用的\
      款项。编号既是租户又是合同的，按租户处理。页面为中文，除非 --lang 或 BOMS_LANG 另有指\
      定；指定 --format 时写出记录。
      """))

  @Argument(
    help: .boms("A tenant's or a contract's number.", "租户编号或合同编号。", valueName: "tenant|contract"))
  var number: String

  @Option(
    help: .boms("The first day.", "第一天。", valueName: "YYYY-MM-DD"), transform: CivilDate.parse)
  var from: CivilDate?

  @Option(
    help: .boms("The last day.", "最后一天。", valueName: "YYYY-MM-DD"), transform: CivilDate.parse)
  var to: CivilDate?

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var place: PlaceOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if (from == nil) != (to == nil) {
      throw ValidationError("--from and --to stand together", "--from 与 --to 须同时给出")
    }
    if let from, let to, to < from {
      throw ValidationError("--to is before --from", "--to 早于 --from")
    }
    if output.format != nil, case .folder = place.place {
      throw ValidationError(
        "records go to one file: --out FILE, not a folder", "记录只写入一个文件：用 --out FILE，不能是目录")
    }
  }

  func run() throws {
    let context = say.context()
    let lastMonth = asOf.day(context.environment).month.adding(-1)
    let span = Period(from ?? lastMonth.first, to ?? lastMonth.last)
    let books = try context.books(database, .sending)
    let statement = try books.read { try StatementStore.statement(number, span, $0) }
    if statement.sections.isEmpty {
      context.console.note(
        Phrase(
          "'\(number)' has no bills and no payments up to \(span.to)",
          "截至 \(span.to)，“\(number)”没有账单和收款"))
      if output.format == nil || place.out != nil { return }
    }
    if output.format != nil {
      try place.place.write("") { output in
        let writer = self.output.writer(
          StatementRecords.fields.map { Column($0) }, context.environment, to: output)
        try StatementRecords.write(statement, writer)
        try writer.finish()
      }
    } else {
      try writePage(statement)
    }
    tell(statement, context.console)
  }

  private func writePage(_ statement: Statement) throws {
    let language = say.letters()
    if case .folder(let folder) = place.place { try OutputFile.makeFolder(folder) }
    var names = FileNames()
    let span = statement.span
    let name = names.name("\(statement.number)-\(span.from)-\(span.to)", ending: ".html")
    try place.place.write(name) { output in
      let title = "\(Statement.title.text(language)) \(statement.number)"
      try HTMLPage.write(title: title, language, to: output) { html in
        for section in statement.sections {
          StatementPage.write(statement, section, html, language)
        }
      }
    }
  }

  private func tell(_ statement: Statement, _ console: Console) {
    guard let place = place.place.summary else { return }
    var summary = Summary(
      (Phrase("companies", "收款主体"), statement.sections.count),
      (
        Phrase("entries", "往来"), statement.sections.reduce(0) { $0 + $1.entries.count }
      ))
    for section in statement.sections {
      summary.note(
        Phrase(
          "\(section.payee.companyNo) closes with \(section.closing.grouped)",
          "\(section.payee.companyNo) 期末 \(section.closing.grouped)"))
    }
    summary.note(place)
    console.say(summary)
  }
}
