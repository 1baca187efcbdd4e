import ArgumentParser
import Shared

/// `boms-remind ack`: somebody took note.
struct AckCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "ack",
    Phrase("Record that somebody took note: the matter is reminded of no more.", "登记已知悉：该事项不再提醒。"),
    examples: ["boms-remind ack 17 18 --reason 租户承诺周五付款"],
    discussion: Phrase(
      """
      It holds for the matter as it is due on that day, to whomever the reminders go: further \
      levels are not made, and what waits is withdrawn by the next run. With a new due day the \
      matter is a new one.
      """,
      """
      对该日到期的事项有效，不论提醒发给谁：不再生成后续级别的提醒，待发送的在下次生成提醒时撤\
      回。到期日改变后视为新的事项。
      """))

  @Argument(help: .boms("Numbers of reminders.", "提醒编号。", valueName: "number"))
  var numbers: [Int64]

  @OptionGroup var decision: Decision
  @OptionGroup var output: OutputOptions

  func run() throws {
    let (context, day, books) = try decision.open()
    let writer = output.writer(ReminderListStore.fields.map { Column($0) }, context.environment)
    var changed = 0
    try books.write(dryRun: decision.dryRun) { db in
      let store = try ReminderStore(db)
      for number in numbers {
        let reminder = try store.reminder(number)
        if reminder.state == .acked { continue }
        if reminder.state == .withdrawn {
          throw ValueError(
            "reminder.withdrawn",
            Phrase("reminder \(number) is withdrawn", "提醒 \(number) 已撤回"),
            hint: Phrase("there is nothing to take note of", "已无需确认知悉"))
        }
        try store.acknowledge(number, on: day, reason: decision.reason)
        changed += 1
      }
      try ReminderListStore(db).write(.init(numbers: numbers), asOf: day, writer)
    }
    try writer.finish()
    var summary = Summary(
      (Phrase("acknowledged", "已知悉"), changed), (.unchanged, numbers.count - changed))
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}
