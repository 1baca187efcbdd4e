import GRDB
import Shared

/// 证照到期: obligations that are not done as they fall due. One that is done may say when it falls due
/// again; an import of a later day says so too.
struct ObligationMatterStore: MatterSource {
  let scope: MatterScope

  func forEach(_ body: (Matter) throws -> Void) throws {
    let rows = try SQLStatement(
      scope.db,
      """
      SELECT obligation_no, kind, subject, property_no, owner, due_on, remind_days
      FROM obligation WHERE ?1 IS NULL OR property_no = ?1 ORDER BY obligation_no
      """)
    rows.bind(1, scope.property)
    let done = try ObligationDoneStore(scope.db)
    while try rows.step() {
      let no = rows.text(0)
      guard let dueOn = try done.dueOn(no, from: try rows.date(5), asOf: scope.asOf) else {
        continue
      }
      var facts: Matter.Facts = ["obligation_no": .text(no), "subject": .text(rows.text(2))]
      if let kind = Choice.obligationKinds.first(where: { $0.code == rows.optionalText(1) }) {
        facts["obligation_kind"] = .phrase(Phrase(kind.code, kind.zh))
      }
      facts["owner"] = rows.optionalText(4).map(Fact.text)
      var matter = scope.matter(
        .obligation, no, dueOn: dueOn, propertyNo: rows.optionalText(3), facts)
      matter.owner = rows.optionalText(4)
      matter.days = rows.optionalText(6).flatMap { ReminderDays(before: $0) }
      try body(matter)
    }
  }
}
