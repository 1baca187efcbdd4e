import ArgumentParser
import Shared

/// `boms-db permit`: a role may do more.
struct PermitCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "permit", Phrase("Let a role run a command.", "允许角色执行一个命令。"),
    examples: [
      "boms-db permit property boms-bill 'notice'",
      "boms-db permit leasing boms-export export journal",
      "boms-db permit leasing boms-export reveal",
    ],
    discussion: Phrase(
      """
      Commands are written as they are typed: 'request run'. A tool without commands has one that is \
      called as the tool is: boms-export export, boms-import import; they take a register or a view.
      """,
      """
      命令按输入时的写法，如 'request run'。没有子命令的程序，命令与程序同名：boms-export \
      export、boms-import import；它们还须给出登记表或视图。
      """))

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
    "forbid",
    Phrase("Take from a role what 'boms-db permit' gives.", "收回 'boms-db permit' 授予角色的权限。"),
    examples: ["boms-db forbid viewer boms-export export"],
    discussion: Phrase(
      """
      It takes away the very row that 'boms-db roles --permissions' shows. Admins may do everything.
      """,
      """
      收回的正是 'boms-db roles --permissions' 显示的那一行。管理员有全部权限。
      """))

  @OptionGroup var change: PermissionChange

  func validate() throws {
    if change.role == .admin { throw ValidationError("an admin may do everything", "管理员有全部权限") }
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
  @Argument(help: .boms("The role.", "角色。"))
  var role: Role

  @Argument(help: .boms("The program.", "程序。"))
  var tool: String

  @Argument(help: .boms("Its command, or reveal.", "程序的命令，或 reveal。", valueName: "command"))
  var action: String

  @Argument(
    help: .boms("The register or view ('*': all).", "登记表或视图（'*' 为全部）。", valueName: "register|view"))
  var register = Permission.any

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
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
