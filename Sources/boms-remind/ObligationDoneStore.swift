import GRDB
import Shared

/// Which obligations are done, as they fell due on which day.
final class ObligationDoneStore {
  private let db: Database
  private let next: SQLStatement

  init(_ db: Database) throws {
    self.db = db
    next = try SQLStatement(
      db,
      """
      SELECT next_due_on FROM obligation_done
      WHERE obligation_no = ? AND due_on = ? AND done_on <= ?
      """)
  }

  /// The day on which it falls due, as of a day; nil: it is done.
  /// - Parameter registered: the day in the register.
  func dueOn(
    _ obligationNo: String, from registered: CivilDate, asOf: CivilDate
  ) throws -> CivilDate? {
    var dueOn = registered
    while true {
      next.bind(1, obligationNo)
      next.bind(2, dueOn)
      next.bind(3, asOf)
      defer { next.reset() }
      guard try next.step() else { return dueOn }
      guard let later = try next.optionalDate(0) else { return nil }
      dueOn = later
    }
  }

  /// The day in the register.
  func registered(_ obligationNo: String) throws -> CivilDate {
    try KnownNumber.require("obligation", obligationNo, "事项", db)
    let row = try SQLStatement(db, "SELECT due_on FROM obligation WHERE obligation_no = ?")
    row.bind(1, obligationNo)
    guard try row.step() else { return CivilDate(number: 0) }
    return try row.date(0)
  }

  /// Records that it is done as it fell due on a day; the register then has the next day.
  func record(
    _ obligationNo: String, dueOn: CivilDate, next: CivilDate?, on day: CivilDate, reason: String
  ) throws {
    let insert = try SQLStatement(
      db,
      """
      INSERT INTO obligation_done (obligation_no, due_on, next_due_on, done_on, reason)
      VALUES (?, ?, ?, ?, ?)
      """)
    insert.bind(1, obligationNo)
    insert.bind(2, dueOn)
    insert.bind(3, next)
    insert.bind(4, day)
    insert.bind(5, reason)
    try insert.run()
    guard let next else { return }
    let update = try SQLStatement(
      db, "UPDATE main.obligation SET due_on = ? WHERE obligation_no = ?")
    update.bind(1, next)
    update.bind(2, obligationNo)
    try update.run()
  }
}
