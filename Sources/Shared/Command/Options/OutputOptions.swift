import ArgumentParser

/// How records go out.
package struct OutputOptions: ParsableArguments {
  @Option(
    help: .boms(
      "How to write records; table on a terminal and csv in a pipe if not given.",
      "记录的输出格式；未指定时终端为 table，管道为 csv。",
      valueName: "format"))
  package var format: OutputFormat?

  @Option(
    name: .customLong("headings"),
    help: .boms(
      "The language of headings: if not given that of messages in a table, zh in xlsx, else en.",
      "表头的语言；未指定时 table 同提示信息，xlsx 为 zh，其他为 en。",
      valueName: "language"))
  package var askedHeadings: Language?

  @Flag(
    help: .boms("Begin CSV with a byte order mark, for Excel.", "在 CSV 开头写入字节顺序标记（BOM），供 Excel 识别。")
  )
  package var bom = false

  @Flag(
    help: .boms(
      "As --bom, and codes that Excel would take for numbers as =\"…\", so that they stay.",
      "同 --bom，并把会被 Excel 当作数字的编号写作 =\"…\"，以免变样。"))
  package var excel = false

  package init() {}

  /// The language of headings if none is asked for: people read tables and workbooks, programs the rest.
  package static func headings(in format: OutputFormat, _ language: Language) -> Language {
    switch format {
    case .table: language
    case .xlsx: .zh
    case .csv, .json, .jsonl: .en
    }
  }

  package func validate() throws {
    try OutputOptions.requireFile(for: format)
    if bom || excel, let format, format != .csv {
      let flag = excel ? "--excel" : "--bom"
      throw ValidationError(
        "\(flag) is for CSV; it cannot stand with --format \(format.rawValue)",
        "\(flag) 只用于 CSV，不能与 --format \(format.rawValue) 同用")
    }
  }

  /// Refuses to write a workbook to somebody's terminal; before anything is done, and so without
  /// knowing more of `--out` than that it is there.
  package static func requireFile(for format: OutputFormat?) throws {
    let hasPlace = CommandLine.arguments.contains { $0 == "--out" || $0.hasPrefix("--out=") }
    if format == .xlsx, !hasPlace, Environment.current.isOutputTerminal {
      throw ValidationError(
        "a workbook is not for a terminal: write it to a file, as in '… --format xlsx > FILE.xlsx'",
        "工作簿不能输出到终端，请写入文件，如 '… --format xlsx > FILE.xlsx'")
    }
  }

  /// The writer of those columns to stdout, or to another place.
  /// - Parameter title: what the rows are, for the sheet of a workbook.
  package func writer(
    _ columns: [Column], _ environment: Environment, titled title: Phrase? = nil,
    to output: ByteOutput = ByteOutput()
  ) -> RecordWriter {
    let format = format ?? (environment.isOutputTerminal && !excel ? .table : .csv)
    let headings = askedHeadings ?? OutputOptions.headings(in: format, environment.language)
    return RecordWriter(
      format, columns,
      headings: headings, bom: bom || excel, excel: excel, width: environment.terminalWidth,
      title: title?.text(headings) ?? Program.name, made: environment.today,
      noRows: format == .table ? environment.noRows : nil, to: output)
  }
}
