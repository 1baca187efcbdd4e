import GRDB
import Shared

/// What of the registers reminders go by: rules, contacts, names.
enum RegistersStore {
  static func propertyNames(_ db: Database) throws -> [String: String] {
    let rows = try SQLStatement(db, "SELECT property_no, name FROM property")
    var names: [String: String] = [:]
    while try rows.step() { names[rows.text(0)] = rows.text(1) }
    return names
  }

  static func rules(_ db: Database) throws -> ReminderRules {
    let rows = try SQLStatement(
      db, "SELECT kind, property_no, days, channel, recipient FROM reminder_rule")
    var found: [ReminderRules.Row] = []
    while try rows.step() {
      guard let kind = ReminderKind(rawValue: rows.text(0)) else { continue }
      found.append(
        ReminderRules.Row(
          kind: kind, propertyNo: rows.text(1),
          days: rows.optionalText(2).flatMap { ReminderDays($0) },
          channel: rows.optionalText(3).flatMap(ReminderChannel.init(rawValue:)),
          recipients: rows.optionalText(4).map(recipients)))
    }
    return ReminderRules(found)
  }

  private static func recipients(_ text: String) -> [ReminderRule.Recipient] {
    ReminderAddress.list(text).compactMap { name in
      switch name {
      case "none": nil
      case "tenant": .tenant
      case "owner": .owner
      default: .address(name)
      }
    }
  }

  /// Who answers for each property, by name.
  static func owners(_ db: Database) throws -> [String: [String]] {
    let rows = try SQLStatement(
      db, "SELECT owner, property_no FROM contact WHERE property_no IS NOT NULL ORDER BY owner")
    var owners: [String: [String]] = [:]
    while try rows.step() {
      for property in rows.text(1).split(separator: ";") {
        owners[String(property), default: []].append(rows.text(0))
      }
    }
    return owners
  }
}

/// Where recipients can be reached, as the registers have it now.
final class AddressStore {
  /// Whether addresses are looked at masked, as `138****5678`: nothing is sent then.
  private let seesMasks: Bool
  private let tenant: SQLStatement
  private let contact: SQLStatement

  init(_ db: Database, seesMasks: Bool = false) throws {
    self.seesMasks = seesMasks
    tenant = try SQLStatement(db, "SELECT name, email, phone, NULL FROM tenant WHERE tenant_no = ?")
    contact = try SQLStatement(
      db, "SELECT owner, email, phone, webhook FROM contact WHERE owner = ?")
  }

  /// - Returns: how a text names them, and the address; nil if there is none.
  func look(
    _ recipient: ReminderRecipient, _ channel: ReminderChannel
  ) throws -> (name: String, address: String?) {
    if recipient.kind == .address { return ("", recipient.name) }
    let row = recipient.kind == .tenant ? tenant : contact
    row.bind(1, recipient.name)
    defer { row.reset() }
    guard try row.step() else {
      // An obligation may name an address instead of a contact.
      return isAddress(recipient.name, channel)
        ? ("", recipient.name) : (recipient.name, nil)
    }
    let address = row.optionalText(channel == .mail ? 1 : channel == .sms ? 2 : 3)
    guard let address, isAddress(address, channel) else { return (row.text(0), nil) }
    return (row.text(0), address)
  }

  private func isAddress(_ text: String, _ channel: ReminderChannel) -> Bool {
    let whole = seesMasks ? String(text.map { $0 == "*" ? "0" : $0 }) : text
    return ReminderAddress.isOne(whole, of: channel.rawValue)
  }
}
