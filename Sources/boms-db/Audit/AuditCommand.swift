import ArgumentParser
import Shared

/// `boms-db audit`: who did what to the books.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "audit",
    Phrase("List who did what, and see that nobody has changed the list.", "列出谁做过什么，并核实记录未被改动。"),
    examples: [
      "boms-db audit list --last 20 --format table",
      "boms-db audit verify --anchor /var/backups/boms/anchors",
    ],
    subcommands: [
      AuditListCommand.self, AuditVerifyCommand.self, AuditAnchorCommand.self,
      AuditPurgeCommand.self,
    ])
}
