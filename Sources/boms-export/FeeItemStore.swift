import GRDB
import Shared

enum FeeItemStore {
  /// The fee items of some kinds: `rent`, `service` …
  static func items(of kinds: [String], _ db: Database) throws -> Set<String> {
    let rows = try SQLStatement(db, "SELECT item, kind FROM fee_item")
    var items: Set<String> = []
    while try rows.step() {
      if kinds.contains(rows.text(1)) { items.insert(rows.text(0)) }
    }
    return items
  }
}
