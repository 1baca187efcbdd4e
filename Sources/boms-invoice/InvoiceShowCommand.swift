import ArgumentParser
import Shared

/// `boms-invoice show`: all that is known of one invoice.
struct InvoiceShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "show", "Show one invoice: values, lines, findings, files, events, and where it stands.",
    examples: [
      "boms-invoice show 26332000000000000101",
      "boms-invoice show 033002000211-83089647 --headings zh",
      "boms-invoice show 26332000000000000101 --format json | jq .events",
    ],
    discussion: """
      A page to read; with --format json one object, in which lines, extras, findings, files, \
      events, and the reds or the blue invoice are arrays. Phones, accounts and the numbers of \
      identity cards are masked without --reveal; 'boms-invoice extract' gives the file as it came.
      """)

  @Argument(help: ArgumentHelp("20 digits, or CODE-NUMBER of an old one.", valueName: "number"))
  var number: String

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var revealing: RevealOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if let format = output.format, format != .table, format != .json {
      throw ValidationError("an invoice with all its parts is written as table or json")
    }
    if output.bom { throw ValidationError("--bom is for CSV, which 'show' does not write") }
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
