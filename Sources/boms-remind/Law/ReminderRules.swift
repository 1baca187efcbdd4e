import Shared

/// When, by which channel and to whom a kind of reminder goes.
struct ReminderRule: Equatable, Sendable {
  enum Recipient: Hashable, Sendable {
    case tenant, owner
    case address(String)
  }

  /// Nil: as the matter itself says.
  var days: ReminderDays?
  var channel = ReminderChannel.mail
  /// Nobody: nothing is sent.
  var recipients: [Recipient]
}

enum ReminderChannel: String, CaseIterable, Sendable {
  case mail, sms, webhook
}

/// The rules of the register over the defaults. The rule of the property goes before that for all
/// (`*`), which goes before the default; rules are not merged, but what a rule leaves empty is the
/// default's.
struct ReminderRules: Sendable {
  /// A row of the register.
  struct Row: Sendable {
    var kind: ReminderKind
    /// `*`: all.
    var propertyNo: String
    var days: ReminderDays?
    var channel: ReminderChannel?
    /// Nil: the default's.
    var recipients: [ReminderRule.Recipient]?
  }

  private let rows: [ReminderKind: [String: Row]]

  init(_ rows: [Row]) {
    self.rows = Dictionary(grouping: rows, by: \.kind).mapValues { rows in
      Dictionary(rows.map { ($0.propertyNo, $0) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// - Parameter propertyNo: nil: of none, for which only the rule for all counts.
  func rule(_ kind: ReminderKind, _ propertyNo: String?) -> ReminderRule {
    var rule = ReminderRules.standard(kind)
    let ofKind = rows[kind] ?? [:]
    guard let row = propertyNo.flatMap({ ofKind[$0] }) ?? ofKind["*"] else { return rule }
    // A matter's own days give way to a rule that says its own.
    if let days = row.days { rule.days = days }
    if let channel = row.channel { rule.channel = channel }
    if let recipients = row.recipients { rule.recipients = recipients }
    return rule
  }

  /// How many days before its due day a matter of the kind can be reminded of at most.
  func lead(_ kind: ReminderKind) -> Int {
    let days = [ReminderRules.standard(kind).days] + (rows[kind] ?? [:]).values.map(\.days)
    return max(0, -(days.compactMap { $0?.offsets.first }.min() ?? 0))
  }

  /// What holds where no rule says otherwise.
  static func standard(_ kind: ReminderKind) -> ReminderRule {
    switch kind {
    case .contractExpiry:
      ReminderRule(days: ReminderDays([-90, -60, -30]), recipients: [.owner])
    case .rentDue: ReminderRule(days: ReminderDays([-3]), recipients: [.tenant])
    case .overdue: ReminderRule(days: ReminderDays([1, 7, 15, 30]), recipients: [.tenant])
    case .depositRefundDue: ReminderRule(days: ReminderDays([15, 30]), recipients: [.owner])
    case .obligation: ReminderRule(days: nil, recipients: [.owner])
    case .readingMissing: ReminderRule(days: ReminderDays([3]), recipients: [.owner])
    case .turnoverMissing: ReminderRule(days: ReminderDays([5]), recipients: [.tenant])
    case .invoiceUnverified: ReminderRule(days: ReminderDays([3, 15]), recipients: [.owner])
    case .invoiceUndeducted: ReminderRule(days: ReminderDays([-10, -3]), recipients: [.owner])
    case .redRequestPending: ReminderRule(days: ReminderDays([3, 10]), recipients: [.owner])
    case .assetFullyDepreciated: ReminderRule(days: ReminderDays([0]), recipients: [.owner])
    }
  }

  /// The days of an obligation that has none, under a rule that has none.
  static let obligationDays = ReminderDays([-90, -60, -30, -7, 0])
}
