import ArgumentParser
import Shared

/// `boms-depreciate compute`: the law as a filter, without a database.
struct ComputeCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "compute",
    Phrase(
      "Read assets as JSON Lines and write their depreciation; no database.",
      "读取 JSON Lines 格式的资产，写出其折旧；不用数据库。"),
    examples: [
      "boms-depreciate compute < assets.jsonl > depreciation.csv",
      "boms-depreciate compute --through 2026-12 --format jsonl assets.jsonl",
    ],
    discussion: Phrase(
      """
      One asset a line, with the fields of register 'asset' and the arrays 'events' and 'usage', \
      whose objects have the fields of 'asset_event' and 'asset_usage'. Months come asset by asset \
      in the order of the input, for the whole life or through a month. A bad line is reported with \
      its number and left out; the exit code is then 1.
      """,
      """
      每行一项资产，带登记表 'asset' 的字段以及数组 'events' 和 'usage'，其中对象的字段同 \
      'asset_event' 和 'asset_usage'。各月按输入顺序逐项资产写出，可至寿命结束或至某月为止。有\
      错的行报出行号并跳过，退出码为 1。
      """))

  @Argument(
    help: .boms("The files; none or '-' is standard input.", "文件；不给或“-”为标准输入。", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(
    help: .boms(
      "Through this month (default: the whole life).", "计算到此月（默认：至寿命结束）。", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var through: CivilMonth?

  @Flag(help: .boms("Also the months without a charge, with the reason.", "也写出不计提的月份及原因。"))
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
