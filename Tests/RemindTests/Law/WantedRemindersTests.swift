import Shared
import TestSupport
import Testing

@testable import boms_remind

/// A matter of which nothing else is said.
func matter(
  _ kind: ReminderKind, _ subject: String = "S1", due: CivilDate, tenant: String? = "T1",
  property: String? = "P", owner: String? = nil, amount: Money? = nil, days: ReminderDays? = nil
) -> Matter {
  Matter(
    kind: kind, subject: subject, dueOn: due, propertyNo: property, tenantNo: tenant,
    owner: owner, days: days, amount: amount)
}

struct WantedRemindersTests {
  private func wanted(
    _ matter: Matter, on day: CivilDate, rules: [ReminderRules.Row] = [],
    owners: [String: [String]] = [:], tolerance: Money = .zero
  ) -> [String] {
    WantedReminders(
      asOf: day, rules: ReminderRules(rules), owners: owners, tolerance: tolerance
    ).reminders(of: matter).map {
      "\($0.level) \($0.thread.recipient.kind) \($0.thread.recipient.name) \($0.thread.channel)"
    }
  }

  @Test(
    arguments: [
      ("2026-01-10", []), ("2026-01-11", ["1"]), ("2026-01-16", ["1"]), ("2026-01-17", ["7"]),
      ("2026-01-31", ["15"]), ("2027-01-31", ["30"]),
    ] as [(String, [String])])
  func theHighestLevelThatIsReachedCounts(day: String, levels: [String]) {
    let found = wanted(
      matter(.overdue, due: "2026-01-10", amount: "5"), on: CivilDate(stringLiteral: day))
    #expect(found == levels.map { "\($0) tenant T1 mail" })
  }

  @Test func aBillIsAskedForUpToItsDueDayAndDunnedAfterIt() {
    let bill = matter(.rentDue, due: "2026-01-10", amount: "5")
    #expect(wanted(bill, on: "2026-01-06") == [])
    #expect(wanted(bill, on: "2026-01-07") == ["-3 tenant T1 mail"])
    #expect(wanted(bill, on: "2026-01-10") == ["-3 tenant T1 mail"])
    #expect(wanted(bill, on: "2026-01-11") == [])
    #expect(wanted(matter(.overdue, due: "2026-01-10"), on: "2026-01-10") == [])
  }

  @Test func whatIsUpToTheToleranceIsNoMatter() {
    let bill = matter(.overdue, due: "2026-01-10", amount: "5")
    #expect(wanted(bill, on: "2026-02-10", tolerance: "4.99").count == 1)
    #expect(wanted(bill, on: "2026-02-10", tolerance: "5").isEmpty)
    #expect(wanted(matter(.overdue, due: "2026-01-10", amount: "0"), on: "2026-02-10").isEmpty)
  }

  @Test func theRuleOfThePropertyGoesBeforeThatForAllAndIsNotMergedWithIt() {
    let rows = [
      ReminderRules.Row(
        kind: .overdue, propertyNo: "*", days: ReminderDays([5]), channel: .sms,
        recipients: [.owner]),
      ReminderRules.Row(kind: .overdue, propertyNo: "Q", days: ReminderDays([2])),
    ]
    let due: CivilDate = "2026-01-10"
    #expect(
      wanted(matter(.overdue, due: due), on: "2026-01-15", rules: rows, owners: ["P": ["周"]])
        == ["5 owner 周 sms"])
    #expect(
      wanted(matter(.overdue, due: due, property: "Q"), on: "2026-01-15", rules: rows)
        == ["2 tenant T1 mail"])
    #expect(
      wanted(matter(.rentDue, due: due), on: "2026-01-10", rules: rows) == ["-3 tenant T1 mail"])
  }

  @Test func aRuleWithNobodySendsNothing() {
    let none = [ReminderRules.Row(kind: .overdue, propertyNo: "*", recipients: [])]
    #expect(wanted(matter(.overdue, due: "2026-01-10"), on: "2026-02-10", rules: none).isEmpty)
  }

  @Test func ownersAreThoseOfTheMatterOrOfThePropertyOrOfAllOrAreLookedFor() {
    let due: CivilDate = "2026-01-10"
    func owners(_ matter: Matter, _ owners: [String: [String]]) -> [String] {
      wanted(matter, on: "2026-01-10", owners: owners)
    }
    let own = matter(.obligation, due: due, tenant: nil, owner: "赵工")
    let without = matter(.obligation, due: due, tenant: nil)
    let known = ["P": ["周"], "*": ["总部"]]
    #expect(owners(own, known) == ["0 owner 赵工 mail"])
    #expect(owners(without, known) == ["0 owner 周 mail"])
    #expect(owners(without, ["*": ["总部"]]) == ["0 owner 总部 mail"])
    #expect(owners(without, [:]) == ["0 owner P mail"])
    let ofNone = matter(.obligation, due: due, tenant: nil, property: nil)
    #expect(owners(ofNone, known) == ["0 owner 总部 mail"])
    #expect(owners(ofNone, [:]) == ["0 owner * mail"])
  }

  @Test func anObligationHasDaysOfItsOwnUnlessTheRuleHas() {
    let own = matter(
      .obligation, due: "2026-01-31", tenant: nil, days: ReminderDays(before: "20;10"))
    #expect(wanted(own, on: "2026-01-12") == ["-20 owner P mail"])
    let rule = ReminderRules.Row(kind: .obligation, propertyNo: "P", days: ReminderDays([-25]))
    #expect(wanted(own, on: "2026-01-12", rules: [rule]) == ["-25 owner P mail"])
    #expect(
      wanted(matter(.obligation, due: "2026-01-31", tenant: nil), on: "2026-01-12")
        == ["-30 owner P mail"])
  }

  @Test func aMatterThatIsOverAndNotSeenToIsStillOne() {
    #expect(
      wanted(matter(.contractExpiry, due: "2026-01-10"), on: "2026-06-01")
        == ["-30 owner P mail"])
  }

  @Test(
    arguments: [
      ("-30;-7;0;1;7;15", [-30, -7, 0, 1, 7, 15]), ("7;1;1", [1, 7]), ("x", nil), ("", nil),
      ("1;", nil), ("99999", nil), ("1.5", nil),
    ] as [(String, [Int]?)])
  func daysAreReadFromTheirText(text: String, offsets: [Int]?) {
    #expect(ReminderDays(text)?.offsets == offsets)
  }

  @Test func daysBeforeAreWrittenWithoutASign() {
    #expect(ReminderDays(before: "90;60;0")?.offsets == [-90, -60, 0])
    #expect(ReminderDays(before: "-90") == nil)
  }

  @Test(arguments: [
    ("2026-11-15", "2026-10", "2026-11-15"), ("2026-11-16", "2026-11", "2026-12-15"),
    ("2026-12-31", "2026-12", "2027-01-15"), ("2027-01-01", "2026-12", "2027-01-15"),
  ])
  func theNextReturnIsThatOfTheMonthBeforeUpToTheFifteenth(
    day: String, month: String, dueOn: String
  ) {
    let period = TaxPeriod(openOn: CivilDate(stringLiteral: day))
    #expect("\(period.month) \(period.dueOn)" == "\(month) \(dueOn)")
  }
}
