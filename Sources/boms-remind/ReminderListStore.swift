import GRDB
import Shared

/// Reminders as people see them, as of a day.
struct ReminderListStore {
  static let states = [
    Choice("queued", "待发送"), Choice("no_address", "无地址"), Choice("failed", "待重发"),
    Choice("given_up", "已放弃"), Choice("sent", "已发送"), Choice("withdrawn", "已撤回"),
    Choice("acked", "已知悉"),
  ]

  static let fields: [Field] = [
    .integer("reminder_no", "提醒号", 0...Int.max),
    .choice("kind", "提醒类型", Choice.reminderKinds), .code("property_no", "项目编号"),
    .code("subject", "事项编号"), .code("tenant_no", "租户编号"), .date("due_on", "到期日"),
    .integer("level", "提醒天数", Int.min...Int.max), .money("amount", "金额"),
    .choice(
      "recipient_kind", "接收人类型",
      [Choice("tenant", "租户"), Choice("owner", "责任人"), Choice("address", "地址")]),
    .text("recipient", "接收人"), .choice("channel", "渠道", Choice.reminderChannels),
    .date("made_on", "生成日"), .choice("state", "状态", states), .date("state_on", "状态日"),
    .integer("failed", "失败次数", 0...Int.max), .text("next_try_at", "下次重发"),
    .text("reason", "原因"),
  ]

  /// Which reminders; what is nil does not narrow.
  struct Selection {
    var kind: ReminderKind?
    var state: String?
    var property: String?
    var tenant: String?
    var channel: ReminderChannel?
    var subject: String?
    /// Only those numbered so or above.
    var from: Int64?
    var numbers: [Int64]?
  }

  private let db: Database
  private let addresses: AddressStore
  /// Whether addresses are shown as they are.
  private let reveals: Bool

  init(_ db: Database, reveals: Bool = false) throws {
    self.db = db
    self.reveals = reveals
    addresses = try AddressStore(db, seesMasks: true)
  }

  /// - Returns: how many there are.
  @discardableResult
  func write(
    _ selection: Selection, asOf: CivilDate, _ writer: RecordWriter
  ) throws -> Int {
    let rows = try SQLStatement(
      db,
      """
      SELECT r.id, r.kind, r.property_no, r.subject, r.tenant_no, r.due_on, r.level, r.amount_fen,
        r.recipient_kind, r.recipient, r.channel, r.made_on,
        CASE WHEN e.event = 'failed' AND e.next_try_at IS NULL THEN 'given_up' ELSE e.event END,
        e.done_on,
        (SELECT count(*) FROM reminder_event f
          WHERE f.reminder_id = r.id AND f.event = 'failed' AND f.done_on <= ?1),
        e.next_try_at, e.reason
      FROM reminder r JOIN reminder_event e ON e.id = (SELECT max(n.id) FROM reminder_event n
        WHERE n.reminder_id = r.id AND n.done_on <= ?1)
      WHERE (?2 IS NULL OR r.kind = ?2) AND (?3 IS NULL OR r.property_no = ?3)
        AND (?4 IS NULL OR r.tenant_no = ?4) AND (?5 IS NULL OR r.channel = ?5)
        AND (?6 IS NULL OR r.subject = ?6) AND r.id >= ?7
        AND (?8 IS NULL OR r.id IN (SELECT value FROM json_each(?8)))
      ORDER BY r.id
      """)
    rows.bind(1, asOf)
    rows.bind(2, selection.kind?.rawValue)
    rows.bind(3, selection.property)
    rows.bind(4, selection.tenant)
    rows.bind(5, selection.channel?.rawValue)
    rows.bind(6, selection.subject)
    rows.bind(7, selection.from ?? 0)
    rows.bind(8, selection.numbers.map { "[\($0.map(String.init).joined(separator: ","))]" })
    var count = 0
    while try rows.step() {
      let state = try state(rows)
      if let wanted = selection.state, wanted != state { continue }
      for column in 0..<ReminderListStore.fields.count {
        switch column {
        case 9: writer.text(reveals ? rows.text(9) : ReminderListStore.shown(rows))
        case 12: writer.text(state)
        default: rows.write(column, to: writer)
        }
      }
      try writer.endRow()
      count += 1
    }
    return count
  }

  /// What has yet to go out and has nowhere to go is in a state of its own.
  private func state(_ row: SQLStatement) throws -> String {
    let state = row.text(12)
    guard RecordedReminder.State(rawValue: state)?.isPending == true,
      let recipient = ReminderListStore.recipient(row),
      let channel = ReminderChannel(rawValue: row.text(10)),
      try addresses.look(recipient, channel).address == nil
    else { return state }
    return "no_address"
  }

  private static func recipient(_ row: SQLStatement) -> ReminderRecipient? {
    ReminderRecipient.Kind(rawValue: row.text(8)).map {
      ReminderRecipient(kind: $0, name: row.text(9))
    }
  }

  /// Names as they are, addresses masked: those who write see them in the clear.
  private static func shown(_ row: SQLStatement) -> String {
    let name = row.text(9)
    guard let channel = ReminderChannel(rawValue: row.text(10)),
      ReminderAddress.isOne(name, of: channel.rawValue), row.text(8) != "tenant"
    else { return name }
    return ReminderAddress.masked(name, channel)
  }
}
