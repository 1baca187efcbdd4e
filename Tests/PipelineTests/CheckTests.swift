import Foundation
import Shared
import TestSupport
import Testing

/// What `boms-db check` says of a file that is damaged: whatever page it is, what was found and not
/// that it could not look.
struct CheckTests {
  @Test(arguments: ["payment", "audit", "role_grant", "charge_bill"])
  func aPageThatIsDamagedIsFound(of table: String) throws {
    let workspace = try Workspace(Prepared.mall)
    let path = workspace.file("m.db")
    let pages = try TestDatabase.texts(
      "SELECT rootpage FROM sqlite_schema WHERE name = '\(table)'", path)
    let page = try #require(pages.first.flatMap(UInt64.init))
    try damage(path, page: page)

    let check = try workspace.run("boms-db", "check", "--db", "m.db", "--lang", "en")
    #expect(check.status == 1, "\(check)")
    #expect(check.out.contains("\ndb.integrity,,\"the file is damaged: "))
    #expect(check.out.contains("\nPage \(page): "), "it does not say where: \(check.out)")
    #expect(check.err.contains("invariants checked 1 · findings"))
  }

  /// Noise where a page was.
  private func damage(_ path: String, page: UInt64) throws {
    let file = try FileHandle(forUpdating: URL(filePath: path))
    try file.seek(toOffset: (page - 1) * 4096)
    try file.write(contentsOf: Data(repeating: 0xA5, count: 4096))
    try file.close()
  }
}
