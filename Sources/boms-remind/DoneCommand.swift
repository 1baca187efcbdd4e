import ArgumentParser
import Shared

/// `boms-remind done`: an obligation is seen to (办结).
struct DoneCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "done",
    Phrase("Record that an obligation is done, and when it falls due again.", "登记到期事项已办结，以及下次到期日。"),
    examples: [
      "boms-remind done ZZ-002 --next 2027-11-30 --reason 已续保",
      "boms-remind done ZZ-004 --reason 复查通过",
    ],
    discussion: Phrase(
      """
      It is done as it fell due; with --next the register has the new day, and its reminders begin \
      anew. Without --next it is reminded of no more. To import the register with a later day does \
      the same as --next.
      """,
      """
      办结的是本次到期；给出 --next 时登记表更新为新的到期日，重新开始提醒。未给出 --next 则不\
      再提醒。以更晚的到期日导入登记表，效果与 --next 相同。
      """))

  @Argument(help: .boms("The obligation's number.", "事项编号。", valueName: "obligation"))
  var obligation: String

  @Option(
    help: .boms("When it falls due again.", "下次到期日。", valueName: "YYYY-MM-DD"),
    transform: CivilDate.parse)
  var next: CivilDate?

  @OptionGroup var decision: Decision

  func run() throws {
    let (context, day, books) = try decision.open(changing: ["obligation"])
    let changed = try books.write(dryRun: decision.dryRun) { db in
      let store = try ObligationDoneStore(db)
      let registered = try store.registered(obligation)
      guard let dueOn = try store.dueOn(obligation, from: registered, asOf: day) else {
        return false
      }
      if dueOn == next { return false }
      if let next, next <= dueOn {
        throw ValueError(
          "obligation.next-due",
          Phrase(
            "the next day \(next) is not after \(dueOn), on which it falls due",
            "新的到期日 \(next) 不晚于现到期日 \(dueOn)"),
          hint: Phrase("give a later day with --next", "请用 --next 指定更晚的日期"))
      }
      try store.record(obligation, dueOn: dueOn, next: next, on: day, reason: decision.reason)
      return true
    }
    var summary = Summary((Phrase("done", "办结"), changed ? 1 : 0), (.unchanged, changed ? 0 : 1))
    if let next { summary.note(Phrase("due again on \(next)", "下次到期 \(next)")) }
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if decision.dryRun { summary.note(.dryRun) }
    context.console.say(summary)
  }
}
