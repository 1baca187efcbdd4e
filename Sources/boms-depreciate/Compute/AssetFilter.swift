import Shared

/// An asset in, its months out.
final class AssetFilter {
  var unknownKeys: Set<String> { reader.unknownKeys }

  private let reader = AssetReader()
  private let through: CivilMonth?
  private let allMonths: Bool
  private let language: Language
  private let writer: RecordWriter

  static let fields: [Field] = [
    .code("asset_no", "资产编号"), .month("month", "月份"), .money("amount", "本月折旧"),
    .money("accumulated", "累计折旧"), .money("net_value", "账面净值"),
    .choice("reason", "说明", Choice.depreciationReasons), .text("explain", "计算说明"),
  ]

  init(through: CivilMonth?, allMonths: Bool, language: Language, writer: RecordWriter) {
    self.through = through
    self.allMonths = allMonths
    self.language = language
    self.writer = writer
  }

  func take(_ node: JSONNode) throws {
    let asset = try reader.asset(node)
    let months = try Depreciation.months(of: asset, through: through, withRest: allMonths).months
    for month in months where allMonths || month.reason.isCharge {
      try AssetFilter.write(month, of: asset.assetNo, language, to: writer)
    }
  }

  /// The columns of `fields`.
  static func write(
    _ month: DepreciationMonth, of assetNo: String, _ language: Language, to writer: RecordWriter
  ) throws {
    writer.text(assetNo)
    writer.text(month.month.description)
    writer.integer(month.amount.fen)
    writer.integer(month.accumulated.fen)
    writer.integer(month.net.fen)
    writer.text(month.reason.rawValue)
    writer.text(month.explanation(language))
    try writer.endRow()
  }
}
