import Foundation
import Shared
import TestSupport
import Testing

/// Files of invoices that are not any more what came.
struct KeptFileTests {
  private static let numbers = (1...4).map { "2633200000000000070\($0)" }

  /// Four invoices and a PDF that was sent under two numbers; nothing is damaged yet.
  private func books(isSealed: Bool) throws -> Workspace {
    let workspace = try Workspace()
    try expectDone(workspace.run("boms-db", "init", "--db", "m.db", "-q"))
    if isSealed {
      try expectDone(
        workspace.run(
          "boms-db", "key", "create", "--file", "key", "--understood", "--db", "m.db", "-q"))
    }
    for number in ["26332000000000000708", "26332000000000000709"] {
      try workspace.write("in/dzfp_\(number)_x.pdf", "%PDF-1.4 the same")
    }
    for number in KeptFileTests.numbers {
      try workspace.write("in/\(number).xml", EInvoiceText(number: number).xml)
    }
    try expectDone(run(workspace, "boms-invoice", "import", "in"))
    return workspace
  }

  private func run(_ workspace: Workspace, _ arguments: String...) throws -> Workspace.Run {
    try workspace.run(
      arguments[0], arguments.dropFirst() + ["--db", "m.db", "--lang", "en"],
      environment: workspace.exists("key") ? ["BOMS_KEY_FILE": "key"] : [:])
  }

  private func expectDone(_ run: Workspace.Run) throws {
    #expect(run.status == 0, "\(run)")
  }

  private func damage(_ workspace: Workspace, _ number: String, _ change: String) throws {
    try TestDatabase.run(
      """
      DROP TRIGGER IF EXISTS file_content_update;
      UPDATE file_content SET bytes = \(change) WHERE id = (SELECT f.content_id
        FROM invoice_file f JOIN invoice i ON i.id = f.invoice_id WHERE i.invoice_no = '\(number)')
      """, workspace.file("m.db"))
  }

  @Test(arguments: [false, true])
  func areNamedByTheCheckEachByItsInvoiceAndNeverGivenOut(isSealed: Bool) throws {
    let workspace = try books(isSealed: isSealed)
    try expectDone(run(workspace, "boms-db", "check"))
    // One is cut, one has other bytes in its middle, one is that of another.
    let (cut, changed, other) = (
      KeptFileTests.numbers[0], KeptFileTests.numbers[1], KeptFileTests.numbers[2]
    )
    try damage(workspace, cut, "substr(bytes, 1, length(bytes) - 9)")
    try damage(
      workspace, changed,
      "CAST(substr(bytes, 1, 99) || x'21' || substr(bytes, 101) AS BLOB)")
    try damage(
      workspace, other, "(SELECT bytes FROM file_content ORDER BY id DESC LIMIT 1)")
    try damage(
      workspace, "26332000000000000709", "substr(bytes, 1, length(bytes) - 2)")
    let check = try run(workspace, "boms-db", "check", "--format", "csv")
    #expect(check.status == 1)
    let found = check.lines.dropFirst().map {
      $0.split(separator: ",")[..<2].joined(separator: " ")
    }
    let damaged = [cut, changed, other, "26332000000000000708", "26332000000000000709"]
    #expect(found.sorted() == damaged.map { "invoice.content \($0)" }.sorted())
    for number in damaged {
      let extract = try run(workspace, "boms-invoice", "extract", number)
      #expect(extract.status == 74)
      #expect(extract.out == "")
      #expect(extract.err.contains("of invoice '\(number)' is damaged"))
      let show = try run(workspace, "boms-invoice", "show", number)
      #expect(show.status == 0)
      #expect(show.out.contains(number))
      #expect(show.err.contains("is damaged"))
    }
    let whole = KeptFileTests.numbers[3]
    let extract = try run(workspace, "boms-invoice", "extract", whole)
    #expect(extract.out == EInvoiceText(number: whole).xml)
    #expect(try run(workspace, "boms-invoice", "show", whole).err == "")
  }
}
