import GRDB
import Shared

/// How reminders that wait to go out stand, and what became of each try.
final class OutboxStore {
  /// A reminder's tries since it was queued.
  struct Tries {
    var failed: Int
    /// When it is tried again; nil: never, or it was not tried yet.
    var next: Instant?
    /// Whether it still has to go out.
    var isPending: Bool
  }

  private let db: Database
  private let tries: SQLStatement
  private let insert: SQLStatement
  private let events: ReminderStore

  init(_ db: Database) throws {
    self.db = db
    events = try ReminderStore(db)
    tries = try SQLStatement(
      db,
      """
      SELECT e.event, e.next_try_at, (SELECT count(*) FROM reminder_event f
        WHERE f.reminder_id = e.reminder_id AND f.event = 'failed'
          AND f.id > (SELECT max(q.id) FROM reminder_event q
            WHERE q.reminder_id = e.reminder_id AND q.event = 'queued'))
      FROM reminder_event e WHERE e.reminder_id = ? ORDER BY e.id DESC LIMIT 1
      """)
    func sealed(_ column: String, _ value: String) throws -> String {
      try SensitiveColumn.of("message", column)?.sealing(value, key: ["?1"], in: db) ?? value
    }
    insert = try SQLStatement(
      db,
      """
      INSERT INTO main.message (message_no, channel, subject, body, sent_at)
      VALUES (?1, ?2, \(try sealed("subject", "?3")), \(try sealed("body", "?4")), ?5)
      """)
  }

  func tries(of id: Int64) throws -> Tries {
    tries.bind(1, id)
    defer { tries.reset() }
    guard try tries.step() else { return Tries(failed: 0, next: nil, isPending: false) }
    return Tries(
      failed: Int(tries.integer(2)), next: tries.optionalText(1).flatMap { Instant(iso: $0) },
      isPending: ["queued", "failed"].contains(tries.text(0)))
  }

  /// Records that a message went out, with its words.
  func sent(
    _ message: OutgoingMessage, _ reminders: [Int64], on day: CivilDate, at instant: Instant
  ) throws {
    insert.bind(1, message.messageNo)
    insert.bind(2, message.channel.rawValue)
    insert.bind(3, message.letter.subject)
    insert.bind(4, message.payload)
    insert.bind(5, instant.description)
    try insert.run()
    let id = insert.lastInsertedRowID
    for reminder in reminders {
      try events.add("sent", to: reminder, on: day, at: instant, message: id)
    }
  }

  func failed(
    _ reminder: Int64, on day: CivilDate, at instant: Instant, reason: String, next: Instant?
  ) throws {
    try events.add(
      "failed", to: reminder, on: day, at: instant, reason: reason, nextTry: next)
  }

  /// What was sent with a reminder; nil: it was not.
  func message(of reminder: Int64) throws -> (subject: String, body: String, sentAt: String)? {
    let row = try SQLStatement(
      db,
      """
      SELECT m.subject, m.body, m.sent_at FROM reminder_event e
      JOIN message m ON m.id = e.message_id WHERE e.reminder_id = ?
      """)
    row.bind(1, reminder)
    return try row.step() ? (row.text(0), row.text(1), row.text(2)) : nil
  }
}
