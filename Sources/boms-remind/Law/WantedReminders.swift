import Shared

/// To whom a reminder goes.
struct ReminderRecipient: Hashable, Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case tenant, owner, address
  }

  var kind: Kind
  /// A tenant's number, an owner's name, an address. Where nobody is known who answers for a
  /// property, its number; for what is of no property, `*`.
  var name: String
}

/// A matter's reminders to one recipient by one channel: of these a level is reached once.
struct ReminderThread: Hashable, Sendable {
  var kind: ReminderKind
  var subject: String
  var dueOn: CivilDate
  var recipient: ReminderRecipient
  var channel: ReminderChannel
}

/// A reminder that should exist as of a day.
struct WantedReminder: Sendable {
  var thread: ReminderThread
  /// Days after the due day, below zero before it.
  var level: Int
  var matter: Matter
}

/// What should be reminded of as of a day: of each matter, to each recipient, the highest level that
/// is reached. Nights that were missed are made up by that one.
struct WantedReminders: Sendable {
  let asOf: CivilDate
  let rules: ReminderRules
  /// Who answers for a property; under `*` those who answer for the others, and for what is of none.
  let owners: [String: [String]]
  /// Amounts up to this are not worth a reminder.
  var tolerance = Money.zero

  func reminders(of matter: Matter) -> [WantedReminder] {
    if let amount = matter.amount, amount <= tolerance { return [] }
    guard matter.kind.isOpen(dueOn: matter.dueOn, asOf: asOf) else { return [] }
    let rule = rules.rule(matter.kind, matter.propertyNo)
    let days = rule.days ?? matter.days ?? ReminderRules.obligationDays
    guard let level = days.reached(dueOn: matter.dueOn, asOf: asOf) else { return [] }
    return recipients(of: matter, rule).map { recipient in
      let thread = ReminderThread(
        kind: matter.kind, subject: matter.subject, dueOn: matter.dueOn, recipient: recipient,
        channel: rule.channel)
      return WantedReminder(thread: thread, level: level, matter: matter)
    }
  }

  /// Each once, in the order of the rule.
  private func recipients(of matter: Matter, _ rule: ReminderRule) -> [ReminderRecipient] {
    var found: [ReminderRecipient] = []
    for recipient in rule.recipients {
      let names: [ReminderRecipient]
      switch recipient {
      case .tenant:
        names = matter.tenantNo.map { [ReminderRecipient(kind: .tenant, name: $0)] } ?? []
      case .owner:
        names = owners(of: matter).map { ReminderRecipient(kind: .owner, name: $0) }
      case .address(let address): names = [ReminderRecipient(kind: .address, name: address)]
      }
      for name in names where !found.contains(name) { found.append(name) }
    }
    return found
  }

  private func owners(of matter: Matter) -> [String] {
    if let owner = matter.owner { return [owner] }
    let known = matter.propertyNo.flatMap { owners[$0] } ?? owners["*"]
    return known ?? [matter.propertyNo ?? "*"]
  }
}
