import Shared
import TestSupport
import Testing

@testable import boms_remind

/// A ledger in memory, as the tables keep it.
private struct Ledger {
  var reminders: [RecordedReminder] = []
  var known: Set<ReminderSubtraction.Known> = []
  /// How often each went out.
  var sent: [Int64: Int] = [:]

  mutating func run(_ wanted: [WantedReminder]) -> ReminderSubtraction {
    let plan = ReminderSubtraction(wanted: wanted, recorded: reminders, known: known)
    for (id, _) in plan.withdrawn { reminders[Int(id)].state = .withdrawn }
    for id in plan.again { reminders[Int(id)].state = .queued }
    for new in plan.new {
      reminders.append(
        RecordedReminder(
          id: Int64(reminders.count), thread: new.thread, level: new.level, state: .queued))
    }
    return plan
  }

  mutating func deliver() {
    for index in reminders.indices where reminders[index].state == .queued {
      reminders[index].state = .sent
      sent[Int64(index), default: 0] += 1
    }
  }
}

struct ReminderSubtractionTests {
  private let due: CivilDate = "2026-01-10"

  private func wanted(_ matters: [Matter], on day: CivilDate) -> [WantedReminder] {
    let law = WantedReminders(asOf: day, rules: ReminderRules([]), owners: [:])
    return matters.flatMap { law.reminders(of: $0) }
  }

  @Test func aSecondRunAddsNothing() {
    var ledger = Ledger()
    let bill = [matter(.overdue, due: due, amount: "5")]
    #expect(ledger.run(wanted(bill, on: "2026-01-12")).new.count == 1)
    let again = ledger.run(wanted(bill, on: "2026-01-12"))
    #expect(again.new.isEmpty && again.withdrawn.isEmpty && again.unchanged == 1)
  }

  @Test func whatIsPaidBeforeItGoesOutIsWithdrawnAndComesBackWithAVoidedPayment() {
    var ledger = Ledger()
    let bill = [matter(.overdue, due: due, amount: "5")]
    _ = ledger.run(wanted(bill, on: "2026-01-12"))
    #expect(ledger.run([]).withdrawn.map(\.id) == [0])
    #expect(ledger.run([]).withdrawn.isEmpty)
    #expect(ledger.run(wanted(bill, on: "2026-01-13")).again == [0])
    #expect(ledger.reminders.map(\.state) == [.queued])
  }

  @Test func whatWentOutIsNotWithdrawnNorSentAgain() {
    var ledger = Ledger()
    let bill = [matter(.overdue, due: due, amount: "5")]
    _ = ledger.run(wanted(bill, on: "2026-01-12"))
    ledger.deliver()
    #expect(ledger.run([]).withdrawn.isEmpty)
    #expect(ledger.run(wanted(bill, on: "2026-01-13")).unchanged == 1)
    #expect(ledger.sent == [0: 1])
  }

  @Test func aHigherLevelTakesThePlaceOfOneThatWaits() {
    var ledger = Ledger()
    let bill = [matter(.overdue, due: due, amount: "5")]
    _ = ledger.run(wanted(bill, on: "2026-01-12"))
    let plan = ledger.run(wanted(bill, on: "2026-01-17"))
    #expect(plan.new.map(\.level) == [7])
    #expect(plan.withdrawn.map(\.why.reason) == ["已由第 7 天的提醒取代"])
  }

  @Test func timeThatIsTurnedBackSendsNoLowerLevel() {
    var ledger = Ledger()
    let bill = [matter(.overdue, due: due, amount: "5")]
    _ = ledger.run(wanted(bill, on: "2026-01-17"))
    ledger.deliver()
    let plan = ledger.run(wanted(bill, on: "2026-01-12"))
    #expect(plan.new.isEmpty && plan.unchanged == 1)
  }

  @Test func whatSomebodyTookNoteOfIsOverForEverybody() {
    var ledger = Ledger()
    let rules = ReminderRules([
      ReminderRules.Row(kind: .overdue, propertyNo: "*", recipients: [.tenant, .owner])
    ])
    func wanted(_ day: CivilDate) -> [WantedReminder] {
      WantedReminders(asOf: day, rules: rules, owners: [:])
        .reminders(of: matter(.overdue, due: due, amount: "5"))
    }
    _ = ledger.run(wanted("2026-01-12"))
    #expect(ledger.reminders.count == 2)
    ledger.known.insert(ReminderSubtraction.Known(ledger.reminders[0].thread))
    ledger.reminders[0].state = .acked
    let plan = ledger.run(wanted("2026-01-17"))
    #expect(plan.new.isEmpty)
    #expect(plan.withdrawn.map(\.why.reason) == ["已有人知悉"])
    // A new day is a new matter.
    let renewed = matter(.overdue, due: "2026-02-10", amount: "5")
    let law = WantedReminders(asOf: "2026-02-11", rules: rules, owners: [:])
    #expect(ledger.run(law.reminders(of: renewed)).new.count == 2)
  }

  /// Bills that are paid, bounce and are held at random; runs and deliveries that fail at random.
  @Test(arguments: 0..<(Repository.testsAll ? 400 : 60))
  func nightsThatAreMissedEndWithTheSameRemindersApartFromLevelsOvertaken(seed: UInt64) {
    var random = Seeded(seed)
    let first: CivilDate = "2026-01-01"
    let bills = (0..<6).map { index in
      (matter(.overdue, "B\(index)", due: first.adding(days: index * 3), amount: "5"), index)
    }
    // Open or not, day by day.
    let days = 70
    var isOpen: [[Bool]] = []
    for _ in bills {
      var open = true
      isOpen.append(
        (0..<days).map { _ in
          if Int.random(in: 0..<12, using: &random) == 0 { open.toggle() }
          return open
        })
    }
    func wanted(_ day: Int) -> [WantedReminder] {
      let law = WantedReminders(
        asOf: first.adding(days: day), rules: ReminderRules([]), owners: [:])
      return bills.flatMap { bill, index -> [WantedReminder] in
        guard isOpen[index][day] else { return [] }
        let kinds: [ReminderKind] = [.rentDue, .overdue]
        return kinds.flatMap { kind -> [WantedReminder] in
          var bill = bill
          bill.kind = kind
          return law.reminders(of: bill)
        }
      }
    }
    var undisturbed = Ledger()
    var disturbed = Ledger()
    for day in 0..<days {
      _ = undisturbed.run(wanted(day))
      undisturbed.deliver()
      let isLast = day == days - 1
      if isLast || Int.random(in: 0..<3, using: &random) > 0 {
        _ = disturbed.run(wanted(day))
        // Deliver looks again, whatever day the run was.
        if isLast || Int.random(in: 0..<2, using: &random) > 0 { disturbed.deliver() }
      }
    }
    // None twice, in either.
    for ledger in [undisturbed, disturbed] {
      #expect(ledger.sent.values.allSatisfy { $0 == 1 })
      let identities = ledger.reminders.map { "\($0.thread) \($0.level)" }
      #expect(Set(identities).count == identities.count)
    }
    // Of each matter the highest level that undisturbed nights sent while it stayed open was sent.
    let last = wanted(days - 1)
    for reminder in last {
      func sent(_ ledger: Ledger) -> [Int] {
        ledger.reminders.filter { $0.thread == reminder.thread && $0.state == .sent }.map(\.level)
      }
      #expect(sent(undisturbed).max() == sent(disturbed).max())
      #expect(Set(sent(disturbed)).isSubset(of: sent(undisturbed)))
    }
    // What was sent in disturbed nights was wanted on undisturbed ones.
    let all = Set(undisturbed.reminders.map { "\($0.thread) \($0.level)" })
    #expect(Set(disturbed.reminders.map { "\($0.thread) \($0.level)" }).isSubset(of: all))
    #expect(disturbed.reminders.allSatisfy { $0.state != .queued })
  }

  @Test func triesAreFurtherApartEachTimeUpToADayAndEnd() {
    #expect(
      (1...10).map { BackOff.wait(after: $0) }
        == [600, 1200, 2400, 4800, 9600, 19_200, 38_400, 76_800, 86_400, nil])
  }
}
