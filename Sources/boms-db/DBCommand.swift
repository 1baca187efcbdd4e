import ArgumentParser
import Shared

/// Makes the database, brings it to the newest schema, checks the books, copies them and brings
/// a copy back.
package struct DBCommand: Tool {
  package static let configuration = CommandConfiguration.boms(
    "boms-db",
    Phrase(
      "Make, migrate, check, back up and restore the database; say who may do what.",
      "数据库的建立、升级、检查、备份和恢复，以及权限管理。"),
    examples: [
      "boms-db init --db mall.db",
      "boms-db check --db mall.db",
      "BOMS_DB=mall.db boms-db info",
      "boms-db backup mall-2026-11-29.db --db mall.db",
      "boms-db grant li leasing --property XH01",
    ],
    subcommands: [
      InitCommand.self, MigrateCommand.self, CheckCommand.self, InfoCommand.self,
      BackupCommand.self, RestoreCommand.self, JobCommand.self, GrantCommand.self,
      RevokeCommand.self, RolesCommand.self, WhoamiCommand.self, PermitCommand.self,
      ForbidCommand.self, AuditCommand.self, KeyCommand.self,
    ])

  package static let exits: [ExitStatus] = [
    .some, .noInput, .cannotCreate, .inputOutput, .busy, .noPermission, .settings,
  ]

  package init() {}
}
