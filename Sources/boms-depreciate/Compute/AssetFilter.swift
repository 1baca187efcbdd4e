import Shared

/// Assets in, months out, one after the other.
final class AssetFilter {
  private(set) var assets = 0
  private(set) var bad = 0
  var unknownKeys: Set<String> { reader.unknownKeys }

  private let reader = AssetReader()
  private let through: CivilMonth?
  private let allMonths: Bool
  private let language: Language
  private let writer: RecordWriter
  private let findings: FindingWriter

  static let fields: [Field] = [
    .code("asset_no", "资产编号"), .month("month", "月份"), .money("amount", "本月折旧"),
    .money("accumulated", "累计折旧"), .money("net_value", "账面净值"),
    .choice("reason", "说明", Choice.depreciationReasons), .text("explain", "计算说明"),
  ]

  init(
    through: CivilMonth?, allMonths: Bool, language: Language, writer: RecordWriter,
    findings: FindingWriter
  ) {
    self.through = through
    self.allMonths = allMonths
    self.language = language
    self.writer = writer
    self.findings = findings
  }

  func read(_ source: InputSource) throws {
    try JSONLines.read(
      source,
      report: { [self] finding in
        bad += 1
        findings.write(finding)
      }
    ) { node, line in
      do {
        let asset = try reader.asset(node)
        let months = try Depreciation.months(of: asset, through: through, withRest: allMonths)
          .months
        assets += 1
        for month in months where allMonths || month.reason.isCharge {
          try AssetFilter.write(month, of: asset.assetNo, language, to: writer)
        }
      } catch let problem as ObjectReader.Problem {
        bad += 1
        findings.write(problem.finding(source.name, line))
      } catch let error as ValueError {
        bad += 1
        findings.write(
          Finding(
            rule: error.rule, file: source.name, line: line, message: error.message,
            hint: error.hint))
      }
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
