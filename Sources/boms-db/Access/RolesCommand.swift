import ArgumentParser
import Shared

/// `boms-db roles`: who has which role, and what a role may do.
struct RolesCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "roles", "List who has which role; with --permissions, what each role may do.",
    examples: [
      "boms-db roles --format table",
      "boms-db roles --permissions --role leasing",
    ],
    discussion: """
      In the permissions '*' stands for every tool, every command (but reveal, which shows what is \
      sensitive) and every register or view.
      """)

  @Flag(help: "What the roles may do.")
  var permissions = false

  @Option(help: "Only this role.")
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
