import ArgumentParser
import Shared

/// `boms-remind deliver`: what waits goes out.
struct DeliverCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "deliver",
    Phrase("Hand the reminders that wait to a program that sends them.", "把待发送的提醒交给发送程序。"),
    examples: [
      "boms-remind deliver --channel mail --via boms-deliver-mail",
      "boms-remind deliver --channel mail --digest --via boms-deliver-mail",
      "boms-remind deliver --channel sms --via boms-deliver-sms --limit 100",
      "boms-remind deliver --channel webhook --via 'cat >> out.txt' --dry-run",
    ],
    discussion: Phrase(
      """
      What is no longer due is withdrawn first. The command is a line of shell; it gets each message \
      on standard input (headings, an empty line, the text) and says by its status what became of \
      it: 0 sent; 65, 67, 68 refused, never tried again; 64, 78, 126, 127 it cannot run, and nothing \
      counts as tried; anything else failed, tried again after ten minutes, then twice as long each \
      time up to a day, given up after the tenth time. Three failures in a row end the run. A \
      message whose sending was interrupted is sent again under the same number (Message-No). The \
      reminders that were tried go to stdout; the exit code is 1 if any failed.
      """,
      """
      先撤回已不必提醒的。发送程序为一行 shell 命令，从标准输入得到每条消息（消息头、空行、正\
      文），用退出码报告结果：0 已发送；65、67、68 被拒绝，不再重试；64、78、126、127 程序无法\
      运行，不计为尝试；其他为失败，十分钟后重试，间隔逐次加倍，最长一天，十次后放弃。连续三次\
      失败则结束本次运行。发送中断的消息以同一编号（Message-No）重发。尝试过的提醒写到标准输\
      出；有失败时退出码为 1。
      """))

  @Option(help: .boms("Which messages.", "发送哪个渠道的消息。", valueName: "channel"))
  var channel: ReminderChannel

  @Option(help: .boms("The program that sends a message.", "发送消息的程序。", valueName: "command"))
  var via: String?

  @Flag(help: .boms("One message for each recipient.", "每个收件人合为一条消息。"))
  var digest = false

  @Option(help: .boms("At most so many messages.", "最多发送多少条。", valueName: "number"))
  var limit: Int?

  @Option(help: .boms("How long the program may take.", "发送程序最长运行多久。", valueName: "seconds"))
  var timeout = 60

  @Flag(
    help: .boms(
      "Also what was given up, and what is not yet to be tried again.", "也包括已放弃的和未到重试时间的。"))
  var again = false

  @Option(help: .boms("Only matters of this property.", "只处理此项目的事项。", valueName: "no"))
  var property: String?

  @Option(
    help: .boms(
      "The moment to work at, in UTC (default: now).", "按哪一时刻处理，UTC（默认：现在）。",
      valueName: "YYYY-MM-DDTHH:MM:SSZ"),
    transform: DeliverCommand.instant)
  var at: Instant?

  @Flag(
    help: .boms("Show which would be sent; nothing is sent and nothing stored.", "显示将发送哪些，不发送也不写入。")
  )
  var dryRun = false

  @OptionGroup var tolerance: ToleranceOption
  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var say: SayOptions

  private static func instant(_ text: String) throws -> Instant {
    guard let instant = Instant(iso: text) else {
      throw ValidationError(
        "a moment, written YYYY-MM-DDTHH:MM:SSZ, is expected", "应为时刻，写作 YYYY-MM-DDTHH:MM:SSZ")
    }
    return instant
  }

  func validate() throws {
    if via == nil, !dryRun {
      throw ValidationError("--via says which program sends a message", "--via 应给出发送消息的程序")
    }
    if let limit, limit < 1 {
      throw ValidationError("--limit takes a number above zero", "--limit 应为大于 0 的数字")
    }
    if !(1...86_400).contains(timeout) {
      throw ValidationError("--timeout takes seconds from 1 to 86400", "--timeout 应为 1 至 86400 的秒数")
    }
  }

  func run() throws {
    let context = say.context()
    let environment = context.environment
    let run = RemindRun(
      asOf: asOf.day(environment), property: property,
      tolerance: try tolerance.amount(environment))
    let path = try database.path(environment)
    let books = try context.books(database, .writing)
    let lock = dryRun ? nil : try DeliveryLock(beside: path)
    defer { withExtendedLifetime(lock) {} }
    let packer = Packer(
      try TemplateFolder(path: environment["BOMS_TEMPLATES"]), say.letters(), today: run.asOf)
    try packer.check()
    let now = { at ?? environment.now }
    let (plan, outbox) = try books.write(dryRun: dryRun) { db in
      let plan = try run.plan(db)
      try run.record(plan, makesNew: false, db)
      let look = Outbox.Look(channel: channel, now: now(), again: again, isDigest: digest)
      return (plan, try Outbox(plan, look, db))
    }
    let parcels = Array(outbox.parcels.prefix(limit ?? .max))
    var outcome = Delivery.Outcome()
    if dryRun {
      outcome.touched = parcels.flatMap(\.ids)
      outcome.left = outcome.touched.count
    } else {
      outcome = try Delivery(
        books: books, packer: packer, program: OutsideProgram(via ?? "", timeout: timeout),
        asOf: run.asOf, now: now
      ).deliver(parcels)
    }
    let writer = output.writer(ReminderListStore.fields.map { Column($0) }, environment)
    _ = try books.read { db in
      try ReminderListStore(db).write(.init(numbers: outcome.touched), asOf: run.asOf, writer)
    }
    try writer.finish()
    outcome.left += outbox.parcels.dropFirst(parcels.count).reduce(0) { $0 + $1.waiting.count }
    try tell(outcome, outbox, withdrawn: plan.withdrawn.count, run.asOf, context.console)
  }

  private func tell(
    _ outcome: Delivery.Outcome, _ outbox: Outbox, withdrawn: Int, _ day: CivilDate,
    _ console: Console
  ) throws {
    for failure in outcome.failures.prefix(20) {
      let numbers = failure.reminders.map(String.init)
      console.fail(
        Failure(
          .some,
          Phrase(
            "reminder \(numbers.joined(separator: ", ")) to \(failure.to): \(failure.reason)",
            "提醒 \(numbers.joined(separator: "、")) 发往 \(failure.to)：\(failure.reason)")))
    }
    var summary = Summary(
      (Phrase("sent", "已发送"), outcome.sent), (Phrase("failed", "失败"), outcome.failed),
      (Phrase("given up", "放弃"), outcome.givenUp), (Phrase("left", "待发送"), outcome.left),
      (Phrase("to try later", "稍后重发"), outbox.later),
      (Phrase("no address", "无地址"), outbox.withoutAddress.count), (.withdrawn, withdrawn))
    if outbox.givenUp > 0 { summary.add(Phrase("given up before", "此前已放弃"), outbox.givenUp) }
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    if dryRun { summary.note(.dryRun) }
    console.say(summary)
    if outcome.failed + outcome.givenUp > 0 { throw ExitStatus.some }
  }
}
