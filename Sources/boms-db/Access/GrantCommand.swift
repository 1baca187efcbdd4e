import ArgumentParser
import Shared

/// `boms-db grant`: somebody gets a role.
struct GrantCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "grant",
    Phrase(
      "Give a user of this system a role, for all properties or for some.", "授予系统用户角色，用于全部或部分项目。"),
    examples: [
      "boms-db grant zhang finance",
      "boms-db grant li leasing --property XH01 --property XH02",
    ],
    discussion: Phrase(
      """
      What a role may do: 'boms-db roles --permissions'. Somebody with several roles may do what any \
      of them allows. A role for some properties shows the rows of those only, and changes nothing \
      but them.
      """,
      """
      角色的权限见 'boms-db roles --permissions'。有多个角色的用户，任一角色允许即可。限于部分\
      项目的角色只能看到、只能修改这些项目的内容。
      """))

  @Argument(help: .boms("The name with which the user logs in.", "用户的登录名。", valueName: "user"))
  var user: String

  @Argument(help: .boms("The role.", "角色。"))
  var role: Role

  @Option(
    help: .boms("Only for this property; may be given again.", "只用于此项目；可重复。", valueName: "no"))
  var property: [String] = []

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if user.isEmpty { throw ValidationError("which user?", "应给出用户") }
    if role == .admin, !property.isEmpty {
      throw ValidationError("an admin is one for all properties", "管理员须用于全部项目")
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
