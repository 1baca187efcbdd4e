import Shared

/// What of reminders is wanted as of a day and not recorded, and the other way round.
struct RemindRun {
  let asOf: CivilDate
  let property: String?
  let tolerance: Money

  func plan(_ db: BooksConnection) throws -> ReminderSubtraction {
    if let property { try KnownNumber.require("property", property, "项目", db) }
    let rules = try RegistersStore.rules(db)
    let law = WantedReminders(
      asOf: asOf, rules: rules, owners: try RegistersStore.owners(db), tolerance: tolerance)
    var wanted: [WantedReminder] = []
    let scope = try MatterScope(db, asOf: asOf, property: property, rules: rules)
    try Matters(scope: scope).forEach { wanted += law.reminders(of: $0) }
    let store = try ReminderStore(db)
    var recorded = Dictionary(
      try store.pending(property: property).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    for reminder in wanted {
      for known in try store.reminders(of: reminder.thread) { recorded[known.id] = known }
    }
    return ReminderSubtraction(
      wanted: wanted, recorded: recorded.values.sorted { $0.id < $1.id },
      known: try store.known())
  }

  /// - Parameter makesNew: no: only what is recorded is brought up to the day.
  func record(_ plan: ReminderSubtraction, makesNew: Bool, _ db: BooksConnection) throws {
    let store = try ReminderStore(db)
    for (id, why) in plan.withdrawn { try store.withdraw(id, on: asOf, reason: why.reason) }
    for id in plan.again { try store.queue(id, on: asOf) }
    if makesNew { for reminder in plan.new { try store.make(reminder, on: asOf) } }
  }
}
