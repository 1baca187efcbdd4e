import ArgumentParser
import Shared

/// `boms-depreciate schedule`: the whole life of an asset.
struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "schedule",
    Phrase("Show an asset's depreciation month by month, from first to last.", "逐月显示一项资产的折旧，从头到尾。"),
    examples: [
      "boms-depreciate schedule GD00001 --format table",
      "boms-depreciate schedule GD00001 --headings zh --bom > 折旧计划.csv",
    ],
    discussion: Phrase(
      """
      As it is known now, with its events; 'recorded' is what is booked for the month so far. By \
      units it ends with the last month whose units are known.
      """,
      """
      按目前已知的情况及其变动计算；'recorded' 为该月目前已入账的金额。按工作量计提的，到已知\
      工作量的最后一个月为止。
      """))

  @Argument(help: .boms("The asset's number.", "资产编号。", valueName: "asset"))
  var asset: String

  @Flag(help: .boms("Also the months without a charge, with the reason.", "也写出不计提的月份及原因。"))
  var allMonths = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  static let fields: [Field] =
    AssetFilter.fields.dropLast() + [.money("recorded", "已计提"), .text("explain", "计算说明")]

  func run() throws {
    let context = say.context()
    let books = try context.books(database, .reading)
    let (months, recorded) = try books.read { db in
      try KnownNumber.require("asset", asset, "资产", db)
      let months = try AssetCursor(db, .one(asset)).next().map { entry in
        try Depreciation.months(of: entry.asset, through: nil).months
      }
      return (months ?? [], try DepreciationStore(db).recordedMonths(of: asset))
    }
    var booked: [CivilMonth: Money] = [:]
    for row in recorded { booked[row.month] = try (booked[row.month] ?? .zero) + row.amount }
    let writer = output.writer(
      ScheduleCommand.fields.map { Column($0) }, context.environment,
      titled: Phrase("schedule", "折旧计划"))
    for month in months where allMonths || month.reason.isCharge {
      try writer.row([
        .text(asset), .text(month.month.description), Cell(month.amount), Cell(month.accumulated),
        Cell(month.net), .text(month.reason.rawValue), Cell(booked[month.month]),
        .text(month.explanation(context.language)),
      ])
    }
    try writer.finish()
  }
}
