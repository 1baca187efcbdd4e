import ArgumentParser
import Shared

/// The formats of records, and that of the journal for another program.
enum ExportFormat: String, CaseIterable, ExpressibleByArgument {
  case csv, json, jsonl, table, hledger

  /// The format of records; nil: it is not for records.
  var records: OutputFormat? { OutputFormat(rawValue: rawValue) }
}

/// How an export goes out: as records go out everywhere, and the journal for hledger.
struct ExportOutput: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How to write records; table on a terminal and csv in a pipe if not given. hledger is for the "
        + "journal.",
      valueName: "format"))
  var format: ExportFormat?

  @Option(
    help: ArgumentHelp(
      "The language of headings in CSV and tables (default: en; zh for vouchers).",
      valueName: "language"))
  var headings: Language?

  @Flag(help: "Begin CSV with a byte order mark, for Excel.")
  var bom = false

  func validate() throws {
    if bom, let format, format != .csv {
      throw ValidationError("--bom is for CSV; it cannot stand with --format \(format.rawValue)")
    }
  }

  /// - Parameter own: the language of headings if none is asked for.
  func writer(
    _ columns: [Column], _ environment: Environment, headings own: Language = .en
  ) -> RecordWriter {
    RecordWriter(
      format?.records ?? (environment.isOutputTerminal ? .table : .csv), columns,
      headings: headings ?? own, bom: bom, width: environment.terminalWidth)
  }
}
