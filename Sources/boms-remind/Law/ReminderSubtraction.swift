import Shared

/// What is recorded of a reminder.
struct RecordedReminder: Sendable {
  enum State: String, CaseIterable, Sendable {
    case queued, sent, failed
    /// Failed, and not tried again.
    case givenUp = "given_up"
    case withdrawn, acked

    /// Whether it has yet to go out.
    var isPending: Bool { self == .queued || self == .failed || self == .givenUp }
  }

  var id: Int64
  var thread: ReminderThread
  var level: Int
  var state: State
}

/// Wanted minus recorded: what to make, what to bring back, and what no longer has to go out.
struct ReminderSubtraction: Sendable {
  /// The threads of which somebody has said that he knows, by kind, subject and day: whoever was
  /// told, nobody is told again.
  struct Known: Hashable, Sendable {
    var kind: ReminderKind
    var subject: String
    var dueOn: CivilDate

    init(_ thread: ReminderThread) {
      (kind, subject, dueOn) = (thread.kind, thread.subject, thread.dueOn)
    }
  }

  enum Why: Sendable {
    /// Paid, renewed, reported, on hold, or no longer under a rule.
    case settled
    /// A higher level is reached.
    case overtaken(by: Int)
    case known

    /// Kept with the reminder.
    var reason: String {
      switch self {
      case .settled: "已无需提醒"
      case .overtaken(let level):
        level < 0 ? "已由到期前 \(-level) 天的提醒取代" : "已由第 \(level) 天的提醒取代"
      case .known: "已有人知悉"
      }
    }
  }

  private(set) var new: [WantedReminder] = []
  /// Withdrawn ones that are wanted again.
  private(set) var again: [Int64] = []
  private(set) var withdrawn: [(id: Int64, why: Why)] = []
  private(set) var unchanged = 0
  /// Those that are recorded, have yet to go out, and are wanted: with what they are to say.
  private(set) var pending: [(recorded: RecordedReminder, wanted: WantedReminder)] = []

  /// - Parameters:
  ///   - wanted: at most one of a thread.
  ///   - recorded: all of the threads that are wanted, and all that have yet to go out.
  ///   - known: what somebody took note of.
  init(wanted: [WantedReminder], recorded: [RecordedReminder], known: Set<Known>) {
    let byThread = Dictionary(grouping: recorded, by: \.thread)
    var levels: [ReminderThread: Int] = [:]
    for reminder in wanted where !known.contains(Known(reminder.thread)) {
      levels[reminder.thread] = reminder.level
      add(reminder, byThread[reminder.thread] ?? [])
    }
    for reminder in recorded where reminder.state.isPending {
      let level = levels[reminder.thread]
      if level == reminder.level { continue }
      let why: Why =
        known.contains(Known(reminder.thread))
        ? .known : level.map { $0 > reminder.level ? .overtaken(by: $0) : .settled } ?? .settled
      withdrawn.append((reminder.id, why))
    }
  }

  private mutating func add(_ wanted: WantedReminder, _ recorded: [RecordedReminder]) {
    if let same = recorded.first(where: { $0.level == wanted.level }) {
      if same.state == .withdrawn { again.append(same.id) } else { unchanged += 1 }
      if same.state != .sent, same.state != .acked { pending.append((same, wanted)) }
    } else if recorded.contains(where: { $0.level > wanted.level && $0.state != .withdrawn }) {
      // A later level went out already: time, or a rule, was turned back.
      unchanged += 1
    } else {
      new.append(wanted)
    }
  }
}
