import ArgumentParser
import Shared

/// `boms-bill straight-line`: the schedule of a lease.
struct StraightLineCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "straight-line",
    Phrase("Show a lease's income month by month, from first to last.", "逐月显示一份租约的收入，从头到尾。"),
    examples: [
      "boms-bill straight-line HT-2024-0001 --format table",
      "boms-bill straight-line HT-2024-0001 --headings zh --bom > 直线法.csv",
    ],
    discussion: Phrase(
      """
      Rent over time, net of tax: what is charged for the month, straight-line income, their \
      difference, and its balance, which ends at zero. Months that are accrued stand as they were \
      booked; the others as they will be if the contract stays as it is.
      """,
      """
      随时间计收的租金，不含税：当月计收额、直线法收入、两者之差及其余额，余额最终归零。已确认\
      的月份按账上金额显示，其余月份按合同不变时的预计显示。
      """))

  @Argument(help: .boms("The contract's number.", "合同编号。", valueName: "contract"))
  var contract: String

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  static let fields: [Field] = [
    .code("contract_no", "合同编号"), .code("company_no", "收款主体"), .code("item", "项目代码"),
    .month("month", "所属月份"), .money("earned", "合同应计"), .money("income", "直线法收入"),
    .money("straight", "差额"), .money("balance", "累计差额"), .money("recorded", "已确认收入"),
    .text("explain", "计算说明"),
  ]

  func run() throws {
    let context = say.context()
    let books = try context.books(database, .reading)
    let rows = try books.read { db in
      try BillStore.requireKnown(property: nil, contract: contract, db)
      return try StraightLineSchedule.rows(of: contract, context.language, db)
    }
    let writer = output.writer(
      StraightLineCommand.fields.map { Column($0) }, context.environment)
    for row in rows {
      writer.text(contract)
      writer.text(row.group.companyNo)
      writer.text(row.group.item)
      writer.cell(.text(row.month.description))
      writer.integer(row.sums.earned.fen)
      writer.integer(try row.sums.income().fen)
      writer.integer(row.sums.straight.fen)
      writer.integer(row.balance.fen)
      writer.cell(Cell(row.recorded))
      writer.text(row.explain)
      try writer.endRow()
    }
    try writer.finish()
    if rows.isEmpty {
      context.console.note(
        Phrase("contract '\(contract)' has no rent to spread", "合同“\(contract)”没有需按直线法分摊的租金"))
    }
  }
}
