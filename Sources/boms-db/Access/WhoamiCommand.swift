import ArgumentParser
import Shared

/// `boms-db whoami`: as whom the books see somebody; anybody may ask.
struct WhoamiCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "whoami", Phrase("Show as whom the books see you, and your roles.", "显示您在账套中的身份和角色。"),
    examples: ["boms-db whoami --db mall.db"],
    discussion: Phrase("No property: the role is for all of them.", "没有项目即角色用于全部项目。"))

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let (user, grants) = try context.whoami(database)
    let writer = output.writer(RoleStore.grantFields.map { Column($0) }, context.environment)
    for grant in grants {
      try writer.row([.text(user.name), .text(grant.role.rawValue), Cell(grant.propertyNo)])
    }
    try writer.finish()
    var summary = Summary()
    summary.note(
      user.name == user.account
        ? Phrase("user '\(user.name)'", "用户“\(user.name)”")
        : Phrase(
          "user '\(user.name)', by sudo as '\(user.account)'",
          "用户“\(user.name)”（经 sudo 以“\(user.account)”运行）"))
    if user.isRoot {
      summary.note(
        Phrase("root may do everything: it can read the file anyway", "root 不受限制：它本来就能读写该文件"))
    } else if grants.isEmpty {
      summary.note(Phrase("no role", "没有角色"))
    }
    context.console.say(summary)
  }
}
