import ArgumentParser
import Shared

/// The formats of records, and that of the journal for another program.
enum ExportFormat: String, CaseIterable, ExpressibleByArgument {
  case csv, json, jsonl, table, xlsx, hledger

  /// The format of records; nil: it is not for records.
  var records: OutputFormat? { OutputFormat(rawValue: rawValue) }
}

/// How an export goes out: as records go out everywhere, and the journal for hledger.
struct ExportOutput: ParsableArguments {
  @Option(
    help: .boms(
      "How to write records; table on a terminal and csv in a pipe if not given. hledger is for the "
        + "journal.", "记录的输出格式；未指定时终端为 table，管道为 csv。hledger 用于 journal。",
      valueName: "format"))
  var format: ExportFormat?

  @Option(
    help: .boms(
      "The language of headings: if not given that of messages in a table, zh in xlsx and for "
        + "vouchers, else en.", "表头的语言；未指定时 table 同提示信息，xlsx 和凭证为 zh，其他为 en。",
      valueName: "language"))
  var headings: Language?

  @Flag(
    help: .boms("Begin CSV with a byte order mark, for Excel.", "在 CSV 开头写入字节顺序标记（BOM），供 Excel 识别。")
  )
  var bom = false

  @Flag(
    help: .boms(
      "As --bom, and codes that Excel would take for numbers as =\"…\", so that they stay.",
      "同 --bom，并把会被 Excel 当作数字的编号写作 =\"…\"，以免变样。"))
  var excel = false

  func validate() throws {
    try OutputOptions.requireFile(for: format?.records)
    if bom || excel, let format, format != .csv {
      let flag = excel ? "--excel" : "--bom"
      throw ValidationError(
        "\(flag) is for CSV; it cannot stand with --format \(format.rawValue)",
        "\(flag) 只用于 CSV，不能与 --format \(format.rawValue) 同用")
    }
  }

  /// - Parameters:
  ///   - title: what the rows are, for the sheet of a workbook.
  ///   - own: the language of headings if none is asked for, whatever the format.
  func writer(
    _ columns: [Column], _ environment: Environment, titled title: Phrase,
    headings own: Language? = nil
  ) -> RecordWriter {
    let format = format?.records ?? (environment.isOutputTerminal && !excel ? .table : .csv)
    let headings = headings ?? own ?? OutputOptions.headings(in: format, environment.language)
    return RecordWriter(
      format, columns,
      headings: headings, bom: bom || excel, excel: excel, width: environment.terminalWidth,
      title: title.text(headings), made: environment.today,
      noRows: format == .table ? environment.noRows : nil)
  }
}
