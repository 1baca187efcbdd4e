import ArgumentParser

/// How records go out.
package struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How to write records; table on a terminal and csv in a pipe if not given.",
      valueName: "format"))
  package var format: OutputFormat?

  @Option(help: ArgumentHelp("The language of headings in CSV and tables.", valueName: "language"))
  package var headings = Language.en

  @Flag(help: "Begin CSV with a byte order mark, for Excel.")
  package var bom = false

  @Flag(
    help: "As --bom, and codes that Excel would take for numbers as =\"…\", so that they stay.")
  package var excel = false

  package init() {}

  package func validate() throws {
    if bom || excel, let format, format != .csv {
      let flag = excel ? "--excel" : "--bom"
      throw ValidationError("\(flag) is for CSV; it cannot stand with --format \(format.rawValue)")
    }
  }

  /// The writer of those columns to stdout, or to another place.
  package func writer(
    _ columns: [Column], _ environment: Environment, to output: ByteOutput = ByteOutput()
  ) -> RecordWriter {
    RecordWriter(
      format ?? (environment.isOutputTerminal && !excel ? .table : .csv), columns,
      headings: headings, bom: bom || excel, excel: excel, width: environment.terminalWidth,
      to: output)
  }
}
