import ArgumentParser
import Shared

/// `boms-db revoke`: somebody loses a role.
struct RevokeCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "revoke", "Take a role away from a user, or all of them.",
    examples: [
      "boms-db revoke li leasing --property XH02",
      "boms-db revoke zhang finance",
      "boms-db revoke wang --all",
    ],
    discussion: "The last admin stays: somebody else has to be one first.")

  @Argument(help: ArgumentHelp("The name with which the user logs in.", valueName: "user"))
  var user: String

  @Argument(help: "The role.")
  var role: Role?

  @Flag(help: "All roles of the user.")
  var all = false

  @Option(help: ArgumentHelp("Only for this property; may be given again.", valueName: "no"))
  var property: [String] = []

  @Flag(help: "Do everything and roll it back.")
  var dryRun = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if (role == nil) != all { throw ValidationError("give the role, or --all") }
    if all, !property.isEmpty { throw ValidationError("--all takes no --property") }
  }

  func run() throws {
    let context = say.context()
    let books = try context.books(database, .writing)
    let revoked = try books.write(dryRun: dryRun) { db in
      try RoleStore.remove(role, properties: property, from: user, db)
    }
    var summary = Summary((Phrase("revoked", "已撤销"), revoked))
    if revoked == 0 {
      summary.note(Phrase("user '\(user)' has no such role", "用户“\(user)”没有该角色"))
    }
    if dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}
