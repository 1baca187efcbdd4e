import ArgumentParser
import Shared

/// `boms-bill compute`: the law as a filter, without a database.
struct ComputeCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "compute",
    Phrase(
      "Read contracts as JSON Lines and write their charges; no database.",
      "读取 JSON Lines 格式的合同，写出其费用；不用数据库。"),
    examples: [
      "boms-bill compute --as-of 2026-12-31 < contracts.jsonl > charges.csv",
      "boms-bill compute --as-of 2026-12-31 --from 2026-09-01 contracts.jsonl",
    ],
    discussion: Phrase(
      """
      One contract a line, with its units, terms, price_steps, rent_free, turnovers, \
      turnover_tiers, meters, tariffs and readings. Charges come contract by contract in the order \
      of the input, then by line, period and kind. Shared costs, late fees and adjustments are not \
      computed: they need more than one contract, payments, or what is recorded. A bad line is \
      reported with its number and left out; the exit code is then 1.
      """,
      """
      每行一份合同，带 units、terms、price_steps、rent_free、turnovers、turnover_tiers、\
      meters、tariffs 和 readings。费用按输入顺序逐份合同写出，再按条款、期间和种类排序。不计\
      算公摊、违约金和调整：它们涉及多份合同、收款或已有记录。有错的行报出行号并跳过，退出码\
      为 1。
      """))

  @Argument(
    help: .boms("The files; none or '-' is standard input.", "文件；不给或“-”为标准输入。", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(
    help: .boms("Nothing due before this day.", "不含此日之前应收的费用。", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var from: CivilDate?

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var output: OutputOptions
  @OptionGroup var errors: ErrorOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    try Environment.current.requireInput(files)
  }

  func run() throws {
    let context = say.context()
    let findings = errors.writer(context.console)
    let writer = output.writer(ComputedCharges.fields.map { Column($0) }, context.environment)
    let filter = ChargeFilter(
      asOf: asOf.day(context.environment), from: from, writer: writer, findings: findings)
    let lines = ObjectLines(findings)
    try lines.read(files, filter.take)
    try writer.finish()
    try lines.finish(
      unknownKeys: filter.unknownKeys, written: (Phrase("charges", "费用"), writer.rows),
      context.console)
  }
}
