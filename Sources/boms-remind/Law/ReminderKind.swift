import Shared

/// What can be reminded of.
enum ReminderKind: String, CaseIterable, Sendable {
  case contractExpiry = "contract_expiry"
  case rentDue = "rent_due"
  case overdue
  case depositRefundDue = "deposit_refund_due"
  case obligation
  case readingMissing = "reading_missing"
  case turnoverMissing = "turnover_missing"
  case invoiceUnverified = "invoice_unverified"
  case invoiceUndeducted = "invoice_undeducted"
  case redRequestPending = "red_request_pending"
  case assetFullyDepreciated = "asset_fully_depreciated"

  /// Whether it is a matter on that day: a bill is asked for up to its due day and dunned after it.
  func isOpen(dueOn: CivilDate, asOf: CivilDate) -> Bool {
    switch self {
    case .rentDue: asOf <= dueOn
    case .overdue: asOf > dueOn
    default: true
    }
  }

  /// Whether its text asks a tenant for something.
  var asksTenants: Bool {
    switch self {
    case .rentDue, .overdue, .turnoverMissing: true
    default: false
    }
  }
}
