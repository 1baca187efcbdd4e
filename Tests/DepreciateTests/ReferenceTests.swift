import Foundation
import Shared
import TestSupport
import Testing

@testable import boms_depreciate

/// The law against the reference implementation: assets made by chance, month for month.
@Suite(.enabled(if: Python.isThere))
struct ReferenceTests {
  static let seeds = Repository.testsAll ? Array(1...10) : [1]
  static let perSeed = Repository.testsAll ? 3000 : 1000

  @Test(arguments: seeds)
  func assetsMadeByChanceLoseWhatTheReferenceSays(_ seed: Int) throws {
    let run = try Workspace().run(
      "python3",
      [
        Repository.path("Tests/Reference/reference_depreciation.py"), "--random", "\(seed)",
        "\(ReferenceTests.perSeed)",
      ])
    #expect(run.status == 0, "\(run.err)")
    let reader = AssetReader()
    var (count, charged, refused) = (0, 0, 0)
    for line in run.out.split(separator: "\n") {
      let object = try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let text = String(
        decoding: try JSONSerialization.data(withJSONObject: object["asset"] as Any), as: UTF8.self)
      var found: Result<[DepreciationMonth], any Error>?
      try JSONLines.read(
        InputSource(bytes: Array(text.utf8), name: "asset"),
        report: { Issue.record("\($0.message.en)") }
      ) { node, _ in
        found = Result {
          let asset = try reader.asset(node)
          let months = try Depreciation.months(of: asset, through: nil).months
          try holds(asset, months)
          return months.filter(\.reason.isCharge)
        }
      }
      count += 1
      switch try #require(found) {
      case .failure(let error):
        refused += 1
        #expect((error as? ValueError)?.rule == object["refused"] as? String, "\(text)")
      case .success(let months):
        let rows = months.map {
          [
            "\($0.month)", "\($0.amount.fen)", "\($0.accumulated.fen)", "\($0.net.fen)",
            $0.reason.rawValue,
          ]
        }
        let wanted = (object["rows"] as? [[Any]])?.map { $0.map { "\($0)" } }
        charged += rows.count
        if rows != wanted { Issue.record("\(text)\n\(rows)\n\(String(describing: wanted))") }
      }
    }
    #expect(count == ReferenceTests.perSeed)
    #expect(charged > 10 * count && refused > count / 20)
  }

  /// What holds of every life: never below salvage by depreciation, every month once and in order, and
  /// at the end nothing is left, unless it left the books, or its units do not come.
  private func holds(_ asset: Asset, _ months: [DepreciationMonth]) throws {
    for (month, next) in zip(months, months.dropFirst()) {
      #expect(next.month == month.month.adding(1))
    }
    for month in months where month.reason.isCharge {
      #expect(month.amount >= .zero)
      #expect(month.netBefore.fen - month.amount.fen >= month.salvage.fen)
      #expect(!month.explanation(.zh).isEmpty && !month.explanation(.en).isEmpty)
    }
    let isWhole = asset.events.isEmpty && asset.method != .units && asset.method != .none
    if isWhole, let last = months.last(where: \.reason.isCharge) {
      #expect(last.net == asset.salvage)
      #expect(last.reason == .final)
      let charged = months.reduce(Int64(0)) { $0 + $1.amount.fen }
      #expect(
        charged + asset.openingAccumulated.fen + asset.openingImpairment.fen
          == asset.cost.fen - asset.salvage.fen)
    }
  }
}

private enum Python {
  static let isThere = (try? Workspace().run("python3", "--version").status) == 0
}
