import Shared
import TestSupport
import Testing

@testable import boms_bill
@testable import boms_collect
@testable import boms_db
@testable import boms_depreciate
@testable import boms_export
@testable import boms_import
@testable import boms_invoice
@testable import boms_remind

/// The permissions with which a database begins, against the programs.
struct PermissionSeedTests {
  private static let tools: [any Tool.Type] = [
    DBCommand.self, ImportCommand.self, ExportCommand.self, BillCommand.self, CollectCommand.self,
    InvoiceCommand.self, DepreciateCommand.self, RemindCommand.self,
  ]

  /// Commands without books, and the one that everybody may run.
  private static let free: Set<String> = [
    "boms-bill compute", "boms-depreciate compute", "boms-invoice rules", "boms-db whoami",
  ]

  private static let commands = tools.flatMap { tool in
    tool.commands.map { "\(tool.configuration.commandName ?? "") \($0)" }
  }

  @Test func everyCommandIsPermittedByItsNameAndNoOtherIs() throws {
    let named = try Workspace(Prepared.small).rows(
      "SELECT DISTINCT tool || ' ' || action FROM permission WHERE tool <> '*'")
    let wanted = Set(PermissionSeedTests.commands).subtracting(PermissionSeedTests.free)
    #expect(wanted.subtracting(named).sorted() == [], "commands that nobody may run")
    #expect(Set(named).subtracting(wanted).sorted() == [], "permissions for what is not there")
  }

  @Test func everyRegisterInThePermissionsIsOne() throws {
    let named = try Workspace(Prepared.small).rows(
      "SELECT DISTINCT tool || ' ' || register FROM permission WHERE register <> '*'")
    let known =
      Exports.all.map { "boms-export \($0.name)" }
      + Catalogue.registers.map { "boms-import \($0.name)" }
    #expect(Set(named).subtracting(known).sorted() == [])
  }

  /// Seen from a command's file alone: whatever opens the books does so through the door. The commands of
  /// the key name their key file first, and are admitted then.
  @Test func noCommandOpensTheBooksByItself() throws {
    for tool in PermissionSeedTests.tools {
      let name = try #require(tool.configuration.commandName)
      let run = try Workspace().shell(
        """
        grep -rlE 'Books\\.(open|openUnchecked)' '\(Repository.path("Sources/\(name)"))' |
          xargs -r grep -L '\\.admitting(' || true
        """)
      #expect(run.out == "", "\(name)")
    }
  }
}

extension Workspace {
  fileprivate func rows(_ sql: String) throws -> [String] {
    try TestDatabase.texts(sql, file("m.db"))
  }
}
