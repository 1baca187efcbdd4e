import ArgumentParser
import Shared

/// `boms-db grant`: somebody gets a role.
struct GrantCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "grant", "Give a user of this system a role, for all properties or for some.",
    examples: [
      "boms-db grant zhang finance",
      "boms-db grant li leasing --property XH01 --property XH02",
    ],
    discussion: """
      What a role may do: 'boms-db roles --permissions'. Somebody with several roles may do what any \
      of them allows. A role for some properties shows the rows of those only, and changes nothing \
      but them.
      """)

  @Argument(help: ArgumentHelp("The name with which the user logs in.", valueName: "user"))
  var user: String

  @Argument(help: "The role.")
  var role: Role

  @Option(help: ArgumentHelp("Only for this property; may be given again.", valueName: "no"))
  var property: [String] = []

  @Flag(help: "Do everything and roll it back.")
  var dryRun = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if user.isEmpty { throw ValidationError("which user?") }
    if role == .admin, !property.isEmpty {
      throw ValidationError("an admin is one for all properties")
    }
  }

  func run() throws {
    let context = say.context()
    let books = try context.books(database, .writing)
    let grants = property.isEmpty ? [Grant(role)] : property.map { Grant(role, property: $0) }
    let new = try books.write(dryRun: dryRun) { db in
      for number in property { try KnownNumber.require("property", number, "项目", db) }
      return try grants.count { try RoleStore.add($0, to: user, db) }
    }
    if !context.environment.hasUser(user) {
      context.console.warn(
        Phrase("this system has no user '\(user)'", "本系统没有用户“\(user)”"),
        hint: Phrase("see whether the name is right", "请核对用户名"))
    }
    var summary = Summary(
      (Phrase("granted", "已授权"), new), (.unchanged, grants.count - new))
    if dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}

extension Role: ExpressibleByArgument {}
