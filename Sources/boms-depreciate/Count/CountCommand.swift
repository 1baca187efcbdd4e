import ArgumentParser
import Shared

/// `boms-depreciate count`: 盘点, the books against what is there.
struct CountCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "count",
    Phrase(
      "Count assets: the sheet to take along, its return, what differs (盘点).",
      "资产盘点：生成盘点表、收回盘点结果、列出差异。"),
    examples: [
      "boms-depreciate count --list --headings zh --bom > 盘点表.csv",
      "boms-depreciate count --import 盘点表.csv --encoding auto",
      "boms-depreciate count --report --since 2026-11-01 --format table",
    ],
    discussion: Phrase(
      """
      --list writes every asset that can be touched with where the books say it is. On the way, write \
      'found' (是 or 否), where it really is if that differs, and below the list what no row is for. \
      --import takes the sheet in: rows without 'found' are not counted yet, other numbers and rows \
      without a number are unexpected. --report says found, misplaced, missing, not_counted and \
      unexpected; the exit code is 1 if anything but found is in it.
      """,
      """
      --list 写出全部实物资产及其账面存放地点。盘点时填写 'found'（是或否），实际地点不同的填\
      写实际地点，表末补写表上没有的资产。--import 收回盘点表：未填 'found' 的行视为尚未盘点，\
      账上没有的编号和没有编号的行视为账外。--report 列出 found、misplaced、missing、\
      not_counted 和 unexpected；除 found 外有任何一项时，退出码为 1。
      """))

  @Flag(help: .boms("Write the sheet to take along.", "生成盘点表。"))
  var list = false

  @Option(
    name: .customLong("import"),
    help: .boms("Take in the sheet that came back.", "收回填好的盘点表。", valueName: "file"),
    completion: .file())
  var file: String?

  @Flag(help: .boms("Say what was found and what differs.", "列出盘点结果和差异。"))
  var report = false

  @Option(help: .boms("Only assets of this property.", "只处理此项目的资产。", valueName: "no"))
  var property: String?

  @Option(
    help: .boms(
      "Counts from this day on (default: the first of the month).", "自此日起的盘点（默认：当月第一天）。",
      valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var since: CivilDate?

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var input: InputOptions
  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var errors: ErrorOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if [list, report, file != nil].count(where: { $0 }) != 1 {
      throw ValidationError(
        "give one of --list, --import and --report", "请给出 --list、--import 和 --report 之一")
    }
  }

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    let books = try context.books(
      database, file == nil ? .reading : .writing, changing: ["asset_event"])
    if let file { return try take(file, day, books, context) }
    let fields = list ? CountSheet.fields : CountStore.reportFields
    let writer = output.writer(fields.map { Column($0) }, context.environment)
    let states = try books.read { db -> [CountStore.State: Int] in
      if let property { try KnownNumber.require("property", property, "项目", db) }
      let store = CountStore(db: db, day: day, property: property)
      if list { return try store.writeSheet(writer) }
      return try store.writeReport(since: since ?? day.month.first, writer)
    }
    try writer.finish()
    if list {
      context.console.say(Summary((Phrase("assets", "资产"), writer.rows)))
      return
    }
    var summary = Summary()
    for state in CountStore.State.allCases {
      summary.add(Phrase(state.rawValue, state.zh), states[state] ?? 0)
    }
    context.console.say(summary)
    if states.contains(where: { $0.key != .found && $0.value > 0 }) { throw ExitStatus.some }
  }

  /// All rows of the sheet, or none.
  private func take(
    _ file: String, _ day: CivilDate, _ books: Books, _ context: Context
  ) throws {
    let findings = errors.writer(context.console)
    let rows = try CountSheet.read(file, input, day: day, findings)
    let taken = try books.write(dryRun: dryRun) { db in
      try CountStore(db: db, day: day, property: property).take(rows)
    }
    var summary = Summary(
      (.read, rows.count), (Phrase("counted", "已盘"), taken.counted),
      (Phrase("unexpected", "账外"), taken.unexpected),
      (Phrase("not counted", "未盘"), rows.count - taken.counted - taken.unexpected))
    if dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}
