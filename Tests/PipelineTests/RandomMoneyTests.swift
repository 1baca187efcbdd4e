import Foundation
import Shared
import TestSupport
import Testing

/// Payments, claims, refunds, voids and write-offs in any order, today and for days before, with months
/// closed in between: the books stay sound on every day.
struct RandomMoneyTests {
  @Test(arguments: Repository.testsAll ? Array(1...12) : [1] as [UInt64])
  func whateverIsDecidedTheBooksAreSoundOnEveryDay(_ seed: UInt64) throws {
    var random = Seeded(seed)
    func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    func one(_ choices: [String]) -> String { choices[number(0...choices.count - 1)] }
    let workspace = try Workspace(SmallPlace.billed)
    let file = workspace.file("m.db")
    try workspace.importing(
      "late_fee_rule",
      "property_no,item,from_on,rate_permille,grace_days,grace_mode\nP,*,2026-01-01,1,0,skip\n"
    ).expectStored()
    var today: CivilDate = "2026-01-13"
    var closed: [(company: String, last: CivilDate, sums: [String])] = []
    var done: [String: Int] = [:]
    for step in 1...(Repository.testsAll ? 60 : 20) {
      today = today.adding(days: number(0...6))
      let day = "\(today.adding(days: -number(0...8)))"
      let payments = try TestDatabase.texts("SELECT payment_no FROM payment", file)
      let bills = try TestDatabase.texts("SELECT bill_no FROM bill", file)
      let refunds = try TestDatabase.texts("SELECT refund_no FROM refund", file)
      let amount = "\(Money(fen: Int64(number(1...15_000))))"
      var words: [String]
      switch number(0...9) {
      case 0, 1, 2:
        try workspace.pay(
          "S\(step),\(one(["T1", "T1", "T2", ""])),\(day),\(amount),\(one(["", "A", "B"]))")
        words = ["run"]
      case 3: words = ["void", one(payments + ["none"])]
      case 4: words = ["void", one(refunds + payments + ["none"])]
      case 5: words = ["refund", one(["T1", "T2"]), "--amount", amount]
      case 6: words = ["refund", "--payment", one(payments + ["none"]), "--amount", amount]
      case 7: words = ["write-off", one(bills), "--amount", amount]
      case 8: words = ["write-off", one(bills)] + (number(0...1) == 0 ? [] : ["--reverse"])
      default: words = ["claim", one(payments + ["none"]), one(["T1", "T2"])]
      }
      if words[0] == "run" {
        if number(0...1) == 0 { try workspace.bill("\(today)") }
        try workspace.collect("\(today)")
        #expect(try workspace.collect("\(today)").lines.count == 1)
      } else {
        let run = try workspace.run(
          "boms-collect",
          words + ["--reason", "x", "--db", "m.db", "--lang", "en", "--as-of", day])
        #expect([0, 65, 66].contains(run.status), "\(words) \(run)")
        #expect(run.status != 65 || run.err.contains("["), "\(words) \(run)")
        if run.status == 0 { done[words[0], default: 0] += 1 }
      }
      try workspace.expectNoBalanceBelowZero()
      if number(0...7) == 0, let last = try close(one(["A", "B"]), before: today, workspace) {
        closed.append(last)
      }
      for month in closed {
        #expect(try sums(month.company, month.last, workspace) == month.sums, "\(step) \(words)")
      }
    }
    try workspace.bill("\(today)")
    try workspace.collect("\(today)")
    try workspace.bill("\(today)")
    #expect(try workspace.check() == [])
    #expect(done.count >= 2, "\(done)")
  }

  /// Closes the company's next month if it is over.
  private func close(
    _ company: String, before today: CivilDate, _ workspace: Workspace
  ) throws -> (company: String, last: CivilDate, sums: [String])? {
    let months = try TestDatabase.texts(
      "SELECT max(month) FROM month_event WHERE company_no = '\(company)' HAVING max(month) <> ''",
      workspace.file("m.db"))
    let month =
      months.first.flatMap(CivilMonth.init(iso:))?.adding(1) ?? CivilMonth(year: 2026, month: 1)
    guard month < today.month else { return nil }
    try TestDatabase.run(
      """
      INSERT INTO month_event (company_no, month, event, done_on)
      VALUES ('\(company)', '\(month)', 'close', '\(today)')
      """, workspace.file("m.db"))
    return (company, month.last, try sums(company, month.last, workspace))
  }

  /// What the company's books say by a day: what is open of its charges, what is left of its money.
  private func sums(_ company: String, _ day: CivilDate, _ workspace: Workspace) throws
    -> [String]
  {
    try TestDatabase.texts(
      """
      SELECT sum(m.amount_fen) FROM charge_movement m JOIN charge c ON c.id = m.charge_id
      JOIN bill b ON b.bill_no = c.bill_no
      WHERE b.company_no = '\(company)' AND m.booked_on <= '\(day)'
      UNION ALL
      SELECT coalesce(sum(m.amount_fen), 0) FROM money_movement m
      JOIN payment_entry e ON e.payment_no = m.payment_no
      WHERE e.company_no = '\(company)' AND m.booked_on <= '\(day)'
      """, workspace.file("m.db"))
  }
}
