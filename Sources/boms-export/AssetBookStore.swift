import GRDB
import Shared

enum AssetBookStore {
  static func write(
    _ db: Database, on day: CivilDate, _ fields: [Field], _ selection: Selection,
    _ writer: RecordWriter
  ) throws {
    try ExportStore.write(
      db, from: "(\(AssetBook.rows)) WHERE 1", on: day, order: "asset_no, property_no, department",
      fields, selection, writer)
  }
}
