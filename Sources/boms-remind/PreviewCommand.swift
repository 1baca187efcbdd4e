import ArgumentParser
import Shared

/// `boms-remind preview`: the words, before they go out.
struct PreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration.boms(
    "preview",
    Phrase("Show messages as they would be sent, or as they were sent.", "预览将发送或已发送的消息。"),
    examples: [
      "boms-remind preview",
      "boms-remind preview 17",
      "boms-remind preview --channel mail --digest --lang en",
      "BOMS_TEMPLATES=/etc/boms/templates boms-remind preview --sample overdue",
    ],
    discussion: Phrase(
      """
      What waits to be sent by the day of --as-of: headings, an empty line, the text; addresses are \
      masked. --raw shows it exactly as 'boms-remind deliver' hands it on, to who may reveal. --sample shows a kind's text with made-up \
      values, for whoever changes a template. Texts are Chinese unless --lang or BOMS_LANG says \
      otherwise.
      """,
      """
      显示截至 --as-of 待发送的消息：消息头、空行、正文，地址打码。--raw 按 \
      'boms-remind deliver' 交出的原样显示，须有查看敏感信息的权限。--sample 用虚构的值显示某\
      种类的文本，供修改模板时使用。文本为中文，除非 --lang 或 BOMS_LANG 另有指定。
      """))

  @Argument(
    help: .boms("Only these reminders, sent or not.", "只预览这些提醒，不论是否已发送。", valueName: "number"))
  var numbers: [Int64] = []

  @Option(help: .boms("Only reminders of this kind.", "只处理此种类的提醒。", valueName: "kind"))
  var kind: ReminderKind?

  @Option(help: .boms("Only by this channel.", "只处理此渠道的提醒。", valueName: "channel"))
  var channel: ReminderChannel?

  @Option(help: .boms("Only matters of this property.", "只处理此项目的事项。", valueName: "no"))
  var property: String?

  @Flag(help: .boms("One message for each recipient.", "每个收件人合为一条消息。"))
  var digest = false

  @Flag(
    help: .boms(
      "In the form of the channel (JSON, a web form), with addresses.", "按渠道的格式（JSON、网页表单）显示，含地址。"))
  var raw = false

  @Option(
    help: .boms("The text of this kind with made-up values.", "用虚构的值显示此种类的文本。", valueName: "kind"))
  var sample: ReminderKind?

  @OptionGroup var tolerance: ToleranceOption
  @OptionGroup var asOf: AsOfOption
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var say: SayOptions

  func run() throws {
    let context = say.context()
    let day = asOf.day(context.environment)
    let packer = Packer(
      try TemplateFolder(path: context.environment["BOMS_TEMPLATES"]), say.letters(), today: day)
    let output = ByteOutput()
    var count = 0
    func show(_ text: String) {
      if count > 0 { output.append("\n────────\n\n") }
      output.append(text.hasSuffix("\n") ? text : text + "\n")
      count += 1
    }
    if let sample {
      show(try text(packer.sample(sample, channel ?? .mail), packer))
    } else {
      let run = RemindRun(
        asOf: day, property: property, tolerance: try tolerance.amount(context.environment))
      let books = try context.books(database, raw ? .revealing : .reading)
      try books.read { db in
        try showSent(db, show)
        let outbox = try Outbox(
          run.plan(db),
          .init(
            channel: channel, kind: kind, numbers: numbers, again: true, isDigest: digest,
            seesMasks: !raw), db)
        for parcel in outbox.parcels {
          show(try text(parcel, packer))
        }
        if !outbox.withoutAddress.isEmpty { warn(outbox.withoutAddress.count, context.console) }
      }
    }
    try output.flush()
    var summary = Summary((Phrase("messages", "消息"), count))
    summary.note(Phrase("as of \(day)", "截至 \(day)"))
    context.console.say(summary)
  }

  private func text(_ parcel: Outbox.Parcel, _ packer: Packer) throws -> String {
    try packer.message(parcel, isBare: !raw).text(hidesAddress: !raw)
  }

  private func showSent(_ db: BooksConnection, _ show: (String) -> Void) throws {
    let outbox = try OutboxStore(db)
    for number in numbers {
      let reminder = try ReminderStore(db).reminder(number)
      guard let message = try outbox.message(of: reminder.id) else { continue }
      show("Subject: \(message.subject)\nSent-At: \(message.sentAt)\n\n\(message.body)")
    }
  }

  private func warn(_ count: Int, _ console: Console) {
    console.warn(
      Phrase("\(count) reminders have no address", "\(count) 条提醒没有地址"),
      hint: Phrase(
        "'boms-remind list --state no_address' shows them",
        "可用 'boms-remind list --state no_address' 查看"))
  }
}

extension Packer {
  /// A kind's message with the examples of its fields.
  func sample(_ kind: ReminderKind, _ channel: ReminderChannel) -> Outbox.Parcel {
    var facts: Matter.Facts = [:]
    for field in TextFields.common + TextFields.own(kind) { facts[field.name] = field.example }
    let dueOn = CivilDate(number: 20_772)
    let matter = Matter(kind: kind, subject: "-", dueOn: dueOn, facts: facts)
    let recipient = ReminderRecipient(kind: .owner, name: "-")
    let reminder = RecordedReminder(
      id: 0,
      thread: ReminderThread(
        kind: kind, subject: "-", dueOn: dueOn, recipient: recipient, channel: channel),
      level: 0, state: .queued)
    let addresses: [ReminderChannel: String] = [
      .mail: "a@example.com", .sms: "13800000000", .webhook: "https://example.com/robot?key=1",
    ]
    return Outbox.Parcel(
      address: addresses[channel] ?? "", recipientName: facts["recipient"]?.text(.zh) ?? "",
      channel: channel, isTenant: true,
      waiting: [
        .init(
          reminder: reminder, matter: matter,
          tries: .init(failed: 0, next: nil, isPending: true))
      ])
  }
}
