import GRDB
import Shared

extension CheckStore {
  /// Of every asset that did not change since it was booked, the ledgers are what the law says.
  static func depreciation(_ db: Database) throws -> [Found] {
    var found: [Found] = []
    let store = try DepreciationStore(db)
    let open = try OpenMonths(db, ofAssets: true)
    let cursor = try AssetCursor(db, .all)
    while let entry = try cursor.next() {
      if entry.isChanged { continue }
      func add(_ message: Phrase) {
        found.append(
          Found(rule: "depreciation.law", subject: entry.asset.assetNo, message: message))
      }
      do {
        let missing = try DepreciationRun.missing(ofBooked: entry, store, open)
        for (row, _, _) in missing.months {
          add(
            Phrase(
              "the depreciation of \(row.month) is off by \(row.amount.grouped)",
              "\(row.month) 的折旧相差 \(row.amount.grouped)"))
        }
        for (row, _, _, _) in missing.movements {
          add(
            Phrase(
              "what happened on \(row.movement.on) (\(row.movement.kind.rawValue)) is not booked so",
              "\(row.movement.on) 的变动（\(row.movement.kind.rawValue)）与账上不符"))
        }
      } catch let error as ValueError {
        add(Phrase("cannot be computed: \(error.message.en)", "无法计算：\(error.message.zh)"))
      }
    }
    return found
  }
}
