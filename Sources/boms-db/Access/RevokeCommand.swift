import ArgumentParser
import Shared

/// `boms-db revoke`: somebody loses a role.
struct RevokeCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "revoke", Phrase("Take a role away from a user, or all of them.", "撤销用户的一个或全部角色。"),
    examples: [
      "boms-db revoke li leasing --property XH02",
      "boms-db revoke zhang finance",
      "boms-db revoke wang --all",
    ],
    discussion: Phrase(
      "The last admin stays: somebody else has to be one first.", "最后一个管理员不能撤销：须先有其他管理员。"))

  @Argument(help: .boms("The name with which the user logs in.", "用户的登录名。", valueName: "user"))
  var user: String

  @Argument(help: .boms("The role.", "角色。"))
  var role: Role?

  @Flag(help: .boms("All roles of the user.", "撤销用户的全部角色。"))
  var all = false

  @Option(
    help: .boms("Only for this property; may be given again.", "只用于此项目；可重复。", valueName: "no"))
  var property: [String] = []

  @Flag(help: .boms("Do everything and roll it back.", "试运行：照常执行，最后撤销。"))
  var dryRun = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if (role == nil) != all { throw ValidationError("give the role, or --all", "请给出角色，或 --all") }
    if all, !property.isEmpty {
      throw ValidationError("--all takes no --property", "--all 不能与 --property 同用")
    }
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
