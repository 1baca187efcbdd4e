import ArgumentParser
import Shared

/// `boms-depreciate compute`: the law as a filter, without a database.
struct ComputeCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "compute", "Read assets as JSON Lines and write their depreciation; no database.",
    examples: [
      "boms-depreciate compute < assets.jsonl > depreciation.csv",
      "boms-depreciate compute --through 2026-12 --format jsonl assets.jsonl",
    ],
    discussion: """
      One asset a line, with the fields of register 'asset' and the arrays 'events' and 'usage', \
      whose objects have the fields of 'asset_event' and 'asset_usage'. Months come asset by asset \
      in the order of the input, for the whole life or through a month. A bad line is reported with \
      its number and left out; the exit code is then 1.
      """)

  @Argument(
    help: ArgumentHelp("The files; none or '-' is standard input.", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(
    help: ArgumentHelp("Through this month (default: the whole life).", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var through: CivilMonth?

  @Flag(help: "Also the months without a charge, with the reason.")
  var allMonths = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var errors: ErrorOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    try Environment.current.requireInput(files)
  }

  func run() throws {
    let context = say.context()
    let findings = errors.writer(context.console)
    let writer = output.writer(AssetFilter.fields.map { Column($0) }, context.environment)
    let filter = AssetFilter(
      through: through, allMonths: allMonths, language: context.language, writer: writer)
    let lines = ObjectLines(findings)
    try lines.read(files) { node, _, _ in try filter.take(node) }
    try writer.finish()
    try lines.finish(
      unknownKeys: filter.unknownKeys, written: (Phrase("months", "月份"), writer.rows),
      context.console)
  }
}
