import Foundation
import GRDB
import TestSupport
import Testing

@testable import Shared

/// What is seen through a lens of books in which every table has rows with values that are to be
/// found again by a plain search.
struct LensTests {
  /// Digits that stand in every planted value.
  private static let planted = "55511122"

  private static func value(_ form: String) -> String {
    switch form {
    case "email", "invoice_email", "recipient", "owner": "\(planted)@example.com"
    case "webhook": "https://example.com/\(planted)"
    case "contact": "王\(planted)"
    case "tax_no", "id_no", "invoice_tax_no": "33\(planted)00000017"
    case "text", "note": "电话 \(planted)99，账号6214\(planted)0000"
    default: "138\(planted)9"
    }
  }

  /// One row in each table, without regard to what rows mean.
  private func books() throws -> (Workspace, Books) {
    let workspace = try Workspace()
    _ = try Migration.apply(to: workspace.file("m.db"), creating: true, wait: 10)
    let books = try Books.open(workspace.file("m.db"), wait: 10, keyFile: nil)
    try books.withConnection { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
      for name in try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
      {
        try db.execute(sql: "DROP TRIGGER \(name)")
      }
      for table in Belonging.tables.keys.sorted() where table != "seal" {
        let columns = try Row.fetchAll(
          db, sql: "SELECT name, type FROM pragma_table_info(?)", arguments: [table])
        let names = columns.map { "\"\($0["name"] as String)\"" }
        let values: [DatabaseValue] = columns.map { column in
          let name: String = column["name"]
          if let sensitive = SensitiveColumn.of(table, name), column["type"] != "BLOB" {
            return LensTests.value(sensitive.form).databaseValue
          }
          switch column["type"] as String {
          case "INTEGER": return 1.databaseValue
          case "BLOB": return Data([1]).databaseValue
          default: return (name.hasSuffix("property_no") ? "P1" : "X").databaseValue
          }
        }
        try db.execute(
          sql: """
            INSERT OR REPLACE INTO \(table) (\(names.joined(separator: ", ")))
            VALUES (\(values.map { _ in "?" }.joined(separator: ", ")))
            """, arguments: StatementArguments(values))
      }
    }
    return (workspace, books)
  }

  private func everything(_ books: Books) throws -> [String: [String]] {
    try books.read { db in
      let names = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
      var found: [String: [String]] = [:]
      for name in names where name != "file_content" {
        found[name] = try Row.fetchAll(db, sql: "SELECT * FROM \"\(name)\"").map { "\($0)" }
      }
      return found
    }
  }

  @Test func aMaskingLensShowsNoSensitiveValueInAnyTableOrView() throws {
    let (workspace, books) = try books()
    defer { withExtendedLifetime(workspace) {} }
    let clear = try everything(books)
    #expect(clear.values.joined().contains { $0.contains(LensTests.planted) })
    try books.withConnection { try Lens(properties: nil, reveals: false).put(on: $0) }
    for (name, rows) in try everything(books) {
      #expect(rows.count == clear[name]?.count, "\(name)")
      #expect(!rows.contains { $0.contains(LensTests.planted) }, "\(name)")
    }
    try books.withConnection { try Lens(properties: nil, reveals: true).put(on: $0) }
    #expect(try everything(books) == clear)
  }

  @Test func whoIsLimitedToAnotherPropertySeesNoRowThatBelongsToOne() throws {
    let (workspace, books) = try books()
    defer { withExtendedLifetime(workspace) {} }
    let mine = Lens(properties: ["P1"], reveals: true)
    let other = Lens(properties: ["P2"], reveals: true)
    try books.withConnection { try other.put(on: $0) }
    let everybodys = Belonging.tables.filter { $0.value.condition == nil }.keys
    for (name, rows) in try everything(books) where Belonging.tables[name] != nil {
      #expect(rows.isEmpty || everybodys.contains(name), "\(name)")
    }
    try books.withConnection { try mine.put(on: $0) }
    let seen = try everything(books)
    for name in ["contract", "bill", "payment", "asset", "reminder", "property"] {
      #expect(seen[name]?.count == 1, "\(name)")
    }
    #expect(seen["number_series"] == [])
  }

  @Test func nothingCanBeWrittenThroughALens() throws {
    let (workspace, books) = try books()
    defer { withExtendedLifetime(workspace) {} }
    try books.withConnection { try Lens(properties: ["P1"], reveals: false).put(on: $0) }
    #expect(throws: BooksError.self) {
      try books.write { try $0.run("DELETE FROM contract") }
    }
  }

  @Test func theSameNumbersStandBehindEqualMasks() throws {
    #expect(
      Masking.mask("电话：138 0000 0000，账号6214830000001234", field: "text")
        == "电话：****0000，账号****1234")
    #expect(
      Masking.mask("2026-11-01 2026-11-30 XH-202611-0003 1234567.00", field: "text")
        == "2026-11-01 2026-11-30 XH-202611-0003 1234567.00")
    #expect(
      Masking.mask("tenant;owner;a@example.com;13800000000", field: "recipient")
        == "tenant;owner;a***@example.com;138****0000")
    #expect(Masking.mask("91330106MA2B0CDE1X", field: "tax_no") == "91330106MA2B0CDE1X")
    #expect(Masking.mask("330106199003071236", field: "tax_no") == "3301**********1236")
    // Credit codes with seventeen digits: whose invoice it is follows from them.
    #expect(Masking.mask("91330000142942095H", field: "tax_no") == "91330000142942095H")
    let digits = "91330000142942"
    let code = (100...999).lazy.map { "\(digits)\($0)" }
      .first { CreditCode.expectedCheck(of: $0 + "0")?.isNumber == true }
    let check = code.flatMap { CreditCode.expectedCheck(of: $0 + "0") }
    if let code, let check {
      #expect(Masking.mask("\(code)\(check)", field: "tax_no") == "\(code)\(check)")
    }
  }

  @Test func aMaskOfAMaskIsTheSame() {
    for column in SensitiveColumn.all where column.form != SensitiveColumn.wholeFile {
      let once = Masking.mask(LensTests.value(column.form), field: column.form)
      #expect(Masking.mask(once, field: column.form) == once, "\(column.form)")
      #expect(Masking.isMask(once, field: column.form), "\(column.form)")
      #expect(!Masking.isMask(LensTests.value(column.form), field: column.form))
    }
  }
}
