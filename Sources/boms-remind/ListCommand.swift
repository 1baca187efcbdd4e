import ArgumentParser
import Shared

/// `boms-remind list`: what was made, and what became of it.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "list", Phrase("List reminders with their state as of a day.", "列出截至某日的提醒及其状态。"),
    examples: [
      "boms-remind list --format table",
      "boms-remind list --state no_address --headings zh --bom > 无地址.csv",
      "boms-remind list --kind overdue --tenant T0132",
      "boms-remind list --state given_up",
    ],
    discussion: Phrase(
      """
      States: queued (waits to be sent), no_address (waits, and there is nowhere to send it: the \
      register tenant or contact lacks it), failed (is tried again), given_up, sent, withdrawn, \
      acked. Addresses are masked without --reveal. The exit code is 0 whether there are any or not.
      """,
      """
      状态：queued 待发送，no_address 待发送而没有地址（登记表 tenant 或 contact 中缺少），\
      failed 待重试，given_up 已放弃，sent 已发送，withdrawn 已撤回，acked 已知悉。未加 \
      --reveal 时地址打码。不论有无，退出码都是 0。
      """))

  @Option(help: .boms("Only reminders of this kind.", "只处理此种类的提醒。", valueName: "kind"))
  var kind: ReminderKind?

  @Option(
    help: .boms("Only reminders in this state.", "只列此状态的提醒。", valueName: "state"),
    completion: .list(ReminderListStore.states.map(\.code)))
  var state: String?

  @Option(help: .boms("Only matters of this property.", "只处理此项目的事项。", valueName: "no"))
  var property: String?

  @Option(help: .boms("Only matters of this tenant.", "只列此租户的事项。", valueName: "no"))
  var tenant: String?

  @Option(
    help: .boms("Only of this bill, contract, obligation …", "只列此账单、合同、证照等的提醒。", valueName: "no"))
  var subject: String?

  @Option(help: .boms("Only by this channel.", "只处理此渠道的提醒。", valueName: "channel"))
  var channel: ReminderChannel?

  @OptionGroup var asOf: AsOfOption
  @OptionGroup var revealing: RevealOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  func validate() throws {
    if let state, !ReminderListStore.states.contains(where: { $0.code == state }) {
      let states = ReminderListStore.states.map(\.code)
      throw ValidationError(
        "--state is one of \(states.joined(separator: ", "))",
        "--state 应为以下之一：\(states.joined(separator: "、"))")
    }
  }

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    let books = try context.books(database, revealing.use)
    let writer = output.writer(
      ReminderListStore.fields.map { Column($0) }, context.environment,
      titled: Phrase("reminders", "提醒"))
    let count = try books.read { db in
      if let property { try KnownNumber.require("property", property, "项目", db) }
      if let tenant { try KnownNumber.require("tenant", tenant, "租户", db) }
      return try ReminderListStore(db, reveals: revealing.reveal).write(
        .init(
          kind: kind, state: state, property: property, tenant: tenant, channel: channel,
          subject: subject), asOf: day, writer)
    }
    try writer.finish()
    var summary = Summary((Phrase("reminders", "提醒"), count))
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    context.console.say(summary)
  }
}
