import GRDB
import Shared

/// The ledger of reminders and of what became of them.
final class ReminderStore {
  private let db: Database
  private let ofThread: SQLStatement
  private let insert: SQLStatement
  private let event: SQLStatement

  init(_ db: Database) throws {
    self.db = db
    ofThread = try SQLStatement(
      db,
      """
      SELECT \(ReminderStore.columns) FROM \(ReminderStore.withState)
      WHERE r.kind = ? AND r.subject = ? AND r.due_on = ? AND r.recipient_kind = ?
        AND r.recipient = ? AND r.channel = ?
      """)
    let recipient = try SensitiveColumn.of("reminder", "recipient")?
      .sealing("?5", key: ["?1", "?2", "?3", "?4", "?6", "?7"], in: db)
    insert = try SQLStatement(
      db,
      """
      INSERT INTO main.reminder (kind, subject, due_on, recipient_kind, recipient, channel, level,
        property_no, tenant_no, amount_fen, made_on)
      VALUES (?1, ?2, ?3, ?4, \(recipient ?? "?5"), ?6, ?7, ?8, ?9, ?10, ?11)
      """)
    event = try SQLStatement(
      db,
      """
      INSERT INTO main.reminder_event (reminder_id, event, done_on, done_at, reason, next_try_at,
        message_id)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
  }

  // MARK: Reading

  private static let withState =
    """
    reminder r JOIN reminder_event e ON e.id = (
      SELECT max(n.id) FROM reminder_event n WHERE n.reminder_id = r.id)
    """
  private static let columns =
    """
    r.id, r.kind, r.subject, r.due_on, r.recipient_kind, r.recipient, r.channel, r.level,
      CASE WHEN e.event = 'failed' AND e.next_try_at IS NULL THEN 'given_up' ELSE e.event END
    """

  private func read(_ row: SQLStatement) throws -> RecordedReminder {
    guard let kind = ReminderKind(rawValue: row.text(1)),
      let recipientKind = ReminderRecipient.Kind(rawValue: row.text(4)),
      let channel = ReminderChannel(rawValue: row.text(6)),
      let state = RecordedReminder.State(rawValue: row.text(8))
    else {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT, message: "reminder \(row.integer(0)) is none")
    }
    return RecordedReminder(
      id: row.integer(0),
      thread: ReminderThread(
        kind: kind, subject: row.text(2), dueOn: try row.date(3),
        recipient: ReminderRecipient(kind: recipientKind, name: row.text(5)), channel: channel),
      level: Int(row.integer(7)), state: state)
  }

  func reminders(of thread: ReminderThread) throws -> [RecordedReminder] {
    ofThread.bind(1, thread.kind.rawValue)
    ofThread.bind(2, thread.subject)
    ofThread.bind(3, thread.dueOn)
    ofThread.bind(4, thread.recipient.kind.rawValue)
    ofThread.bind(5, thread.recipient.name)
    ofThread.bind(6, thread.channel.rawValue)
    defer { ofThread.reset() }
    var found: [RecordedReminder] = []
    while try ofThread.step() { found.append(try read(ofThread)) }
    return found
  }

  /// Those that have yet to go out, or were given up.
  /// - Parameter property: nil: of all properties, and of none.
  func pending(property: String?) throws -> [RecordedReminder] {
    let rows = try SQLStatement(
      db,
      """
      SELECT \(ReminderStore.columns) FROM \(ReminderStore.withState)
      WHERE e.event IN ('queued', 'failed') AND (?1 IS NULL OR r.property_no = ?1) ORDER BY r.id
      """)
    rows.bind(1, property)
    var found: [RecordedReminder] = []
    while try rows.step() { found.append(try read(rows)) }
    return found
  }

  /// What somebody took note of.
  func known() throws -> Set<ReminderSubtraction.Known> {
    let rows = try SQLStatement(
      db,
      """
      SELECT \(ReminderStore.columns) FROM \(ReminderStore.withState)
      WHERE r.id IN (SELECT reminder_id FROM reminder_event WHERE event = 'acked')
      """)
    var known: Set<ReminderSubtraction.Known> = []
    while try rows.step() { known.insert(ReminderSubtraction.Known(try read(rows).thread)) }
    return known
  }

  /// - Throws: `Failure` 66 if there is none.
  func reminder(_ number: Int64) throws -> RecordedReminder {
    let row = try SQLStatement(
      db, "SELECT \(ReminderStore.columns) FROM \(ReminderStore.withState) WHERE r.id = ?")
    row.bind(1, number)
    guard try row.step() else {
      throw Failure(
        .noInput, Phrase("there is no reminder \(number)", "提醒“\(number)”不存在"),
        hint: Phrase("'boms-remind list' lists them", "可用 'boms-remind list' 查看"))
    }
    return try read(row)
  }

  func last() throws -> Int64 { try Int64.fetchOne(db, sql: "SELECT max(id) FROM reminder") ?? 0 }

  // MARK: Recording

  func make(_ reminder: WantedReminder, on day: CivilDate) throws {
    let thread = reminder.thread
    insert.bind(1, thread.kind.rawValue)
    insert.bind(2, thread.subject)
    insert.bind(3, thread.dueOn)
    insert.bind(4, thread.recipient.kind.rawValue)
    insert.bind(5, thread.recipient.name)
    insert.bind(6, thread.channel.rawValue)
    insert.bind(7, reminder.level)
    insert.bind(8, reminder.matter.propertyNo)
    insert.bind(9, reminder.matter.tenantNo)
    insert.bind(10, reminder.matter.amount?.fen)
    insert.bind(11, day)
    try insert.run()
    try queue(insert.lastInsertedRowID, on: day)
  }

  func queue(_ id: Int64, on day: CivilDate) throws { try add("queued", to: id, on: day) }

  func withdraw(_ id: Int64, on day: CivilDate, reason: String) throws {
    try add("withdrawn", to: id, on: day, reason: reason)
  }

  func acknowledge(_ id: Int64, on day: CivilDate, reason: String) throws {
    try add("acked", to: id, on: day, reason: reason)
  }

  func add(
    _ name: String, to id: Int64, on day: CivilDate, at instant: Instant? = nil,
    reason: String? = nil, nextTry: Instant? = nil, message: Int64? = nil
  ) throws {
    event.bind(1, id)
    event.bind(2, name)
    event.bind(3, day)
    event.bind(4, instant?.description)
    event.bind(5, reason)
    event.bind(6, nextTry?.description)
    event.bind(7, message)
    try event.run()
  }
}
