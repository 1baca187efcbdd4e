import GRDBSQLite
import TestSupport
import Testing

@testable import Shared

/// The maps of what belongs to whom and of what is sensitive, against the schema.
struct BelongingTests {
  private func books() throws -> (Workspace, Books) {
    let workspace = try Workspace()
    _ = try Migration.apply(to: workspace.file("m.db"), creating: true, wait: 10)
    return (workspace, try Books.open(workspace.file("m.db"), wait: 10, keyFile: nil))
  }

  @Test func everyTableOfTheSchemaBelongsToSomebody() throws {
    let (workspace, _) = try books()
    let tables = try TestDatabase.texts(
      "SELECT name FROM sqlite_schema WHERE type = 'table'", workspace.file("m.db"))
    let missing = Set(tables).subtracting(Belonging.tables.keys)
    #expect(missing.isEmpty, "a new table needs an entry in Belonging.tables")
    #expect(Set(Belonging.tables.keys).subtracting(tables).isEmpty)
  }

  @Test func everySensitiveColumnIsOfTheSchema() throws {
    let (workspace, _) = try books()
    for column in SensitiveColumn.all {
      let names = try TestDatabase.texts(
        "SELECT name FROM pragma_table_info('\(column.table)')", workspace.file("m.db"))
      #expect(names.contains(column.column), "\(column.table).\(column.column)")
      for key in column.key { #expect(names.contains(key), "\(column.table).\(key)") }
    }
  }

  /// SQLite says which columns a view reads when it is asked for.
  @Test func theViewsThatReadWhatIsSensitiveAreKnown() throws {
    let (workspace, _) = try books()
    let views = try TestDatabase.texts(
      "SELECT name FROM sqlite_schema WHERE type = 'view'", workspace.file("m.db"))
    var connection: OpaquePointer?
    #expect(sqlite3_open(workspace.file("m.db"), &connection) == SQLITE_OK)
    defer { sqlite3_close(connection) }
    let reads = Reads()
    sqlite3_set_authorizer(
      connection,
      { reads, action, table, column, _, _ in
        if action == SQLITE_READ, let reads, let table, let column {
          Unmanaged<Reads>.fromOpaque(reads).takeUnretainedValue().columns.insert(
            "\(String(cString: table)).\(String(cString: column))")
        }
        return SQLITE_OK
      }, Unmanaged.passUnretained(reads).toOpaque())
    let sensitive = Set(SensitiveColumn.all.map { "\($0.table).\($0.column)" })
    for view in views {
      reads.columns = []
      var statement: OpaquePointer?
      #expect(
        sqlite3_prepare_v2(connection, "SELECT * FROM \(view)", -1, &statement, nil) == SQLITE_OK)
      sqlite3_finalize(statement)
      let isSensitive = !reads.columns.isDisjoint(with: sensitive)
      #expect(isSensitive == SensitiveColumn.views.contains(view), "\(view)")
    }
  }

  private final class Reads {
    var columns: Set<String> = []
  }

  /// Columns that are called as sensitive ones are, and why they are not.
  private static let notSensitive = [
    "company.bank_account": "our own, printed on every notice", "company.phone": "our own",
    "payment.our_account": "our own", "contact.owner": "a name, by which others refer to it",
    "depreciation.expense_account": "of the books", "asset.expense_account": "of the books",
    "invoice_entry.account": "of the books",
    "contract.note": "about the contract", "purchase.note": "about what was bought",
    "asset_event.note": "about a thing", "count_surplus.note": "about a thing",
    "tenant.credit_code": "of a company: public", "company.credit_code": "public",
    "purchase.supplier_tax_no": "of a company: public",
    "reminder.recipient_kind": "a word", "audit.account": "a user of the system",
  ]

  @Test func whatIsCalledAPhoneAnAccountOrAnAddressIsSensitive() throws {
    let (workspace, _) = try books()
    let columns = try TestDatabase.texts(
      """
      SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c
      WHERE t.type = 'table' AND (c.name LIKE '%phone%' OR c.name LIKE '%account' OR
        c.name LIKE '%mail%' OR c.name LIKE 'id_no' OR c.name LIKE '%tax_no' OR
        c.name LIKE '%credit_code' OR c.name LIKE '%webhook%' OR c.name LIKE 'recipient%' OR
        c.name LIKE 'contact' OR c.name LIKE 'note' OR c.name LIKE 'remark' OR c.name LIKE 'owner'
        OR c.name LIKE 'body' OR c.name LIKE 'bytes')
      """, workspace.file("m.db"))
    let known = Set(SensitiveColumn.all.map { "\($0.table).\($0.column)" })
    let unknown = columns.filter {
      !known.contains($0) && BelongingTests.notSensitive[$0] == nil
    }
    #expect(unknown == [])
  }
}
