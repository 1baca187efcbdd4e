import Shared

/// Something that is due on a day, as the books have it: what reminders are made of.
struct Matter: Sendable {
  var kind: ReminderKind
  /// Its number within the kind: a contract, a bill, an obligation, a meter and a month.
  var subject: String
  var dueOn: CivilDate
  var propertyNo: String?
  var tenantNo: String?
  /// Who of the operator answers for it, where it says so itself.
  var owner: String?
  /// Its own days, which go before those of the rule where that has none.
  var days: ReminderDays?
  /// What is open; nil where it is not about money.
  var amount: Money?
  /// What its text may say of it.
  var facts: Facts = [:]

  typealias Facts = [String: Fact]
}

/// A value in a text, which is written as its language does.
enum Fact: Equatable, Sendable {
  case text(String)
  case money(Money)
  case date(CivilDate)
  case month(CivilMonth)
  case count(Int)
  /// A sentence or a word in either language.
  case phrase(Phrase)
}
