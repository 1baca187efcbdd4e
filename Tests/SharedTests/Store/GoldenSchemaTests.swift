import Foundation
import TestSupport
import Testing

@testable import Shared

/// The whole schema, as SQLite has it, against `Tests/Golden/schema.sql`: a migration shows there
/// what it does. `BOMS_RECORD=1` writes it anew; that run fails.
struct GoldenSchemaTests {
  @Test func theSchemaIsTheRecordedOne() throws {
    let books = try FreshBooks()
    let found =
      try books.texts(
        "SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name"
      ).joined(separator: "\n\n") + "\n"
    let path = Repository.path("Tests/Golden/schema.sql")
    if Repository.records {
      try found.write(toFile: path, atomically: true, encoding: .utf8)
      Issue.record("recorded; run again without BOMS_RECORD")
      return
    }
    let recorded = try String(contentsOfFile: path, encoding: .utf8)
    let isSame = found == recorded
    #expect(isSame, "see Tests/Golden/schema.sql; BOMS_RECORD=1 records it anew")
  }

  @Test func everyTableIsStrict() throws {
    let books = try FreshBooks()
    let loose = try books.texts(
      """
      SELECT name FROM pragma_table_list
      WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'
      """)
    #expect(loose == [])
  }
}
