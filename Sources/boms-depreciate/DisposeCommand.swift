import ArgumentParser
import Shared

/// `boms-depreciate dispose`: an asset leaves the books.
struct DisposeCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "dispose",
    Phrase(
      "Record that an asset is sold, scrapped, lost, damaged or given away.",
      "登记资产处置：出售、报废、丢失、毁损或捐赠。"),
    examples: [
      "boms-depreciate dispose GD00006 --way scrap --proceeds 300 --reason 损坏",
      "boms-depreciate dispose GD00006 --way sale --on 2026-10-09 --reason 出售",
      "boms-depreciate dispose GD00006 --undo --reason 录入有误",
    ],
    discussion: Phrase(
      """
      Writes the event and says what is gained or lost against the net value; the run of the month \
      books it: a sale to 资产处置损益, everything else to 营业外收入 or 营业外支出. With --undo the event is \
      taken out again, and the next run books it back.
      """,
      """
      登记处置事项，并显示相对净值的损益；由当月的计提入账：出售计入资产处置损益，其他计入营业\
      外收入或营业外支出。加 --undo 则撤销该事项，下次计提时冲回。
      """))

  enum Way: String, ExpressibleByArgument, CaseIterable {
    case sale, scrap, loss, damage, donate
  }

  @Argument(help: .boms("The asset's number.", "资产编号。", valueName: "asset"))
  var asset: String

  @Option(help: .boms("How it leaves.", "处置方式。"))
  var way: Way?

  @Option(
    help: .boms(
      "What it brought, without VAT, less the costs of the disposal.", "处置收入，不含增值税，已扣除处置费用。",
      valueName: "yuan"),
    transform: Money.parse)
  var proceeds: Money?

  @Option(
    help: .boms(
      "The day (default: that of --as-of).", "处置日期（默认：同 --as-of）。", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var on: CivilDate?

  @Flag(help: .boms("Take the disposal out again.", "撤销处置。"))
  var undo = false

  @OptionGroup var decision: Decision
  @OptionGroup var output: OutputOptions

  static let fields: [Field] = [
    .code("asset_no", "资产编号"), .date("on", "日期"),
    .choice("way", "处置方式", Choice.disposalWays), .money("cost", "原值"),
    .money("accumulated", "累计折旧"), .money("impairment", "减值准备"), .money("net_value", "账面净值"),
    .money("proceeds", "处置收入"), .money("gain", "处置损益"), .text("explain", "计算说明"),
  ]

  func validate() throws {
    if undo == (way != nil) { throw ValidationError("give --way, or --undo", "请给出 --way，或 --undo") }
    if undo, on != nil {
      throw ValidationError("--undo takes out the one disposal there is", "--undo 撤销仅有的那次处置")
    }
    if let proceeds, proceeds < .zero {
      throw ValidationError("--proceeds is zero or more", "--proceeds 不能小于 0")
    }
  }

  func run() throws {
    let (context, today, books) = try decision.open(changing: ["asset_event"])
    let day = on ?? today
    let writer = output.writer(DisposeCommand.fields.map { Column($0) }, context.environment)
    let disposal = try books.write(dryRun: decision.dryRun) { db -> AssetMovement in
      try KnownNumber.require("asset", asset, "资产", db)
      let store = try DisposalStore(db)
      if undo {
        let disposal = try law(db)
        try store.remove(of: asset)
        if let disposal { return disposal }
        throw Failure(
          .badData, Phrase("asset '\(asset)' is not disposed of", "资产“\(asset)”未处置"))
      }
      if let there = try store.day(of: asset) {
        throw Failure(
          .badData,
          Phrase("asset '\(asset)' is disposed of on \(there)", "资产“\(asset)”已于 \(there) 处置"),
          hint: Phrase("take that out first, with --undo", "请先用 --undo 撤销"))
      }
      try store.add(
        of: asset, on: day, way: (way ?? .scrap).rawValue, proceeds ?? .zero,
        reason: decision.reason)
      if let disposal = try law(db) { return disposal }
      throw Failure(.bug, Phrase("the disposal is not there", "处置未生效"))
    }
    try write(disposal, writer, context.language)
    try writer.finish()
    if way == .sale, proceeds == nil { warnOfNoProceeds(context.console) }
    tell(disposal, try disposal.gain(), context.console)
  }

  /// The asset's disposal, as the law has it with everything else that happens to the asset.
  private func law(_ db: BooksConnection) throws -> AssetMovement? {
    guard let entry = try AssetCursor(db, .one(asset)).next() else { return nil }
    guard let day = entry.asset.events.first(where: { $0.kind == .dispose })?.on else { return nil }
    if day < entry.asset.acquiredOn {
      throw Failure(
        .badData,
        Phrase(
          "asset '\(asset)' is acquired on \(entry.asset.acquiredOn), after \(day)",
          "资产“\(asset)”于 \(entry.asset.acquiredOn) 取得，晚于 \(day)"),
        hint: Phrase("give the day with --on", "请用 --on 指定日期"))
    }
    return try Depreciation.months(of: entry.asset, through: day.month).movements.last {
      $0.kind == .dispose
    }
  }

  private func write(
    _ disposal: AssetMovement, _ writer: RecordWriter, _ language: Language
  ) throws {
    func left(_ money: Money) -> Cell { .integer(-money.fen) }
    try writer.row([
      .text(asset), Cell(disposal.on), Cell(disposal.way?.rawValue), left(disposal.values.cost),
      left(disposal.values.accumulated), left(disposal.values.impairment),
      left(try disposal.values.net()), Cell(disposal.proceeds), Cell(try disposal.gain()),
      .text(try disposal.explanation().text(language)),
    ])
  }

  private func warnOfNoProceeds(_ console: Console) {
    console.warn(
      Phrase(
        "a sale without --proceeds: the whole net value is lost",
        "出售而未填 --proceeds：净值全部计为损失"),
      hint: Phrase(
        "if it brought something, take it out with --undo and say how much",
        "如有处置收入，请用 --undo 撤销后重新登记"))
  }

  private func tell(_ disposal: AssetMovement, _ gain: Money, _ console: Console) {
    let size = Money(fen: abs(gain.fen)).grouped
    var summary = Summary()
    if undo {
      summary.note(Phrase("taken out: \(asset)", "已撤销处置：\(asset)"))
    } else {
      summary.note(
        gain < .zero
          ? Phrase("\(asset): loss \(size)", "\(asset)：处置损失 \(size)")
          : Phrase("\(asset): gain \(size)", "\(asset)：处置利得 \(size)"))
    }
    summary.note(
      Phrase(
        "booked by 'boms-depreciate run --month \(disposal.on.month)'",
        "由 'boms-depreciate run --month \(disposal.on.month)' 入账"))
    if decision.dryRun { summary.note(.dryRun) }
    console.say(summary)
  }
}
