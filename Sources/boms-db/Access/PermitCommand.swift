import ArgumentParser
import Shared

/// `boms-db permit`: a role may do more.
struct PermitCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "permit", "Let a role run a command.",
    examples: [
      "boms-db permit property boms-bill 'notice'",
      "boms-db permit leasing boms-export export journal",
      "boms-db permit leasing boms-export reveal",
    ],
    discussion: """
      Commands are written as they are typed: 'request run'. A tool without commands has one that is \
      called as the tool is: boms-export export, boms-import import; they take a register or a view.
      """)

  @OptionGroup var change: PermissionChange

  func run() throws {
    try change.run(
      Phrase("permitted", "已允许"), Phrase("the role may do so already", "该角色已有此权限")
    ) {
      try RoleStore.permit($0, $1)
    }
  }
}

/// `boms-db forbid`: a role may do less.
struct ForbidCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "forbid", "Take from a role what 'boms-db permit' gives.",
    examples: ["boms-db forbid viewer boms-export export"],
    discussion: """
      It takes away the very row that 'boms-db roles --permissions' shows. Admins may do everything.
      """)

  @OptionGroup var change: PermissionChange

  func validate() throws {
    if change.role == .admin { throw ValidationError("an admin may do everything") }
  }

  func run() throws {
    try change.run(
      Phrase("forbidden", "已禁止"), Phrase("there is no such permission", "没有这项权限")
    ) {
      try RoleStore.forbid($0, $1)
    }
  }
}

/// What both have in common.
struct PermissionChange: ParsableArguments {
  @Argument(help: "The role.")
  var role: Role

  @Argument(help: "The program.")
  var tool: String

  @Argument(help: ArgumentHelp("Its command, or reveal.", valueName: "command"))
  var action: String

  @Argument(help: ArgumentHelp("The register or view ('*': all).", valueName: "register|view"))
  var register = Permission.any

  @Flag(help: "Do everything and roll it back.")
  var dryRun = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func run(
    _ done: Phrase, _ unchanged: Phrase,
    _ change: (Permission, BooksConnection) throws -> Bool
  ) throws {
    let context = say.context()
    let books = try context.books(database, .writing)
    let permission = Permission(role, tool, action, register)
    let isChanged = try books.write(dryRun: dryRun) { db in
      try RoleStore.requireKnown(permission, db)
      return try change(permission, db)
    }
    var summary = Summary((done, isChanged ? 1 : 0))
    if !isChanged { summary.note(unchanged) }
    if dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}
