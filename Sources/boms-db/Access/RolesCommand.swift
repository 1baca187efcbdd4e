import ArgumentParser
import Shared

/// `boms-db roles`: who has which role, and what a role may do.
struct RolesCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "roles",
    Phrase(
      "List who has which role; with --permissions, what each role may do.",
      "列出谁有哪些角色；加 --permissions 列出各角色的权限。"),
    examples: [
      "boms-db roles --format table",
      "boms-db roles --permissions --role leasing",
    ],
    discussion: Phrase(
      """
      In the permissions '*' stands for every tool, every command (but reveal, which shows what is \
      sensitive) and every register or view.
      """,
      """
      权限中的 '*' 表示全部程序、全部命令（不含 reveal，即显示敏感信息）、全部登记表或视图。
      """))

  @Flag(help: .boms("What the roles may do.", "列出各角色的权限。"))
  var permissions = false

  @Option(help: .boms("Only this role.", "只列此角色。"))
  var role: Role?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let books = try context.books(database, .inspecting)
    let fields = permissions ? RoleStore.permissionFields : RoleStore.grantFields
    let writer = output.writer(fields.map { Column($0) }, context.environment)
    try books.read { db in
      try permissions
        ? RoleStore.writePermissions(of: role, db, writer)
        : RoleStore.writeGrants(of: role, db, writer)
    }
    try writer.finish()
  }
}
