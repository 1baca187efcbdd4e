import ArgumentParser
import Shared

/// `boms-bill statement`: what a tenant was billed, has paid, and owes.
struct StatementCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "statement", "Write a statement of account (对账单) of a tenant or a contract.",
    examples: [
      "boms-bill statement T0001 --as-of 2026-11-22 > statement.html",
      "boms-bill statement HT-2024-0001 --from 2026-09-01 --to 2026-11-30",
      "boms-bill statement T0001 --from 2026-09-01 --to 2026-11-30 --format csv",
    ],
    discussion: """
      Without --from and --to the month before --as-of. The opening balance, the bills and the money \
      booked in these days, the closing balance, which is the opening one of the day after; a sheet \
      for each company. Payments stand with the company that got them, once 'boms-collect run' has \
      entered them and their tenant is known; what pays another company's charges goes over to its \
      sheet. In the statement of a contract stands what paid its charges. A number that is a \
      tenant's and a contract's is the tenant's. Pages are Chinese unless --lang or BOMS_LANG says \
      otherwise; with --format, records.
      """)

  @Argument(help: ArgumentHelp("A tenant's or a contract's number.", valueName: "tenant|contract"))
  var number: String

  @Option(
    help: ArgumentHelp("The first day.", valueName: "YYYY-MM-DD"), transform: CivilDate.parse)
  var from: CivilDate?

  @Option(
    help: ArgumentHelp("The last day.", valueName: "YYYY-MM-DD"), transform: CivilDate.parse)
  var to: CivilDate?

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var place: PlaceOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if (from == nil) != (to == nil) {
      throw ValidationError("--from and --to stand together")
    }
    if let from, let to, to < from {
      throw ValidationError("--to is before --from")
    }
    if output.format != nil, case .folder = place.place {
      throw ValidationError("records go to one file: --out FILE, not a folder")
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
