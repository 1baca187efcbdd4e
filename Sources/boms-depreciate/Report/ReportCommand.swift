import ArgumentParser
import Shared

/// `boms-depreciate report`: 折旧明细表, and the roll-forward of the month.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "report",
    Phrase(
      "Show a month: every asset's depreciation, or how the balances moved.", "显示一个月的折旧明细，或余额变动。"),
    examples: [
      "boms-depreciate report --month 2026-10 --format table",
      "boms-depreciate report --month 2026-10 --roll-forward --by property",
      "boms-depreciate report --month 2026-10 --headings zh --bom > 折旧.csv",
    ],
    discussion: Phrase(
      """
      What is booked in the month. Without more, a row for each asset: what it lost, what was made up \
      or corrected of other months, and where it stands; an asset that was not charged says why. With \
      --roll-forward, cost, accumulated depreciation, impairment and net value of each group: \
      opening + additions + depreciation + impairment + transfers − disposals = closing.
      """,
      """
      以该月的账上记录为准。默认每项资产一行：本月折旧、补提或更正其他月份的金额，以及期末情\
      况；未计提的说明原因。加 --roll-forward 则按类列出原值、累计折旧、减值准备和净值：期初 \
      + 增加 + 折旧 + 减值 + 转移 − 处置 = 期末。
      """))

  enum Group: String, ExpressibleByArgument, CaseIterable {
    case category, department, property, company, kind
  }

  @Option(
    help: .boms(
      "The month (default: the last one that is over).", "月份（默认：最近一个已结束的月份）。", valueName: "YYYY-MM"),
    transform: CivilMonth.parse)
  var month: CivilMonth?

  @Flag(
    help: .boms(
      "How cost, accumulated depreciation, impairment and net value moved.", "原值、累计折旧、减值准备和净值的变动。"))
  var rollForward = false

  @Option(help: .boms("What the roll-forward is sorted by.", "余额变动表按什么分类。"))
  var by = Group.category

  @Option(help: .boms("Only assets of this property.", "只处理此项目的资产。", valueName: "no"))
  var property: String?

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let month = month ?? asOf.day(context.environment).next.month.adding(-1)
    let books = try context.books(database, .reading)
    let fields = rollForward ? RollForwardStore.fields(by) : MonthReportStore.fields
    let writer = output.writer(
      fields.map { Column($0) }, context.environment,
      titled: Phrase("depreciation", "折旧报表"))
    let (sum, waiting) = try books.read { db in
      if let property { try KnownNumber.require("property", property, "项目", db) }
      let sum =
        try rollForward
        ? RollForwardStore.write(db, month, by: by, property: property, writer)
        : MonthReportStore.write(
          db, month, property: property, language: context.language, writer)
      return (sum, try MonthReportStore.waiting(db, month, property: property))
    }
    try writer.finish()
    if waiting > 0 {
      // Else nothing would tell a month without depreciation from one that nobody has run.
      context.console.warn(
        Phrase(
          "of \(waiting) assets \(month) is not booked yet", "\(waiting) 项资产 \(month) 尚未计提"),
        hint: Phrase(
          "'boms-depreciate run --month \(month)' books it",
          "请运行 'boms-depreciate run --month \(month)'"))
    }
    var summary = Summary((Phrase("rows", "行"), writer.rows))
    summary.note(Phrase("depreciation \(sum.grouped)", "折旧 \(sum.grouped)"))
    summary.note(Phrase("\(month)", "\(month)"))
    context.console.say(summary)
  }
}
