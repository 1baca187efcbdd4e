import Shared

/// The night's work: payments find their tenants, then money its charges; appended in one
/// transaction.
struct CollectRun {
  let asOf: CivilDate
  var property: String?

  /// An account that was left out, and why.
  struct Failed {
    var tenantNo: String
    var propertyNo: String
    var reason: Phrase
  }

  struct Outcome {
    /// Accounts with money left, which were looked at.
    var accounts = 0
    /// Payments that found their tenant.
    var matched = 0
    /// Payments of which something was allocated.
    var payments = 0
    var allocations = 0
    var allocated = Money.zero
    /// What is left of payments, credit notes and prepaid money.
    var left = Money.zero
    var unclaimed: (count: Int, amount: Money) = (0, .zero)
    /// Payments below zero.
    var notHandled: [String] = []
    var failed: [Failed] = []
    /// The largest id before; the run's rows are those above.
    var lastBefore: Int64 = 0
  }

  /// - Parameter progress: called once per account.
  func run(_ db: BooksConnection, progress: () -> Void) throws -> Outcome {
    var outcome = Outcome()
    let claims = try ClaimStore(db)
    outcome.matched = try match(claims)
    let store = try AccountStore(db, asOf: asOf, property: property)
    outcome.lastBefore = try store.lastAllocation()
    for key in try store.keys() {
      progress()
      outcome.accounts += 1
      do {
        let account = try store.account(key)
        let found = try account.law.allocations(asOf: asOf)
        try store.append(found.allocations, of: account)
        try count(found, in: &outcome)
      } catch let error as ValueError {
        outcome.failed.append(failed(key, error.message))
      } catch let error as BooksError where error.resultCode == .SQLITE_CONSTRAINT {
        let reason = error.message ?? ""
        outcome.failed.append(
          failed(key, Phrase("the books refuse its rows: \(reason)", "账簿拒绝其记录：\(reason)")))
      }
    }
    outcome.unclaimed = try claims.unclaimed(asOf: asOf, property: property)
    outcome.notHandled = try store.belowZero()
    return outcome
  }

  private func match(_ claims: ClaimStore) throws -> Int {
    var matched = 0
    for payment in try claims.toMatch(asOf: asOf, property: property) {
      guard let found = claims.payers.tenant(of: payment) else { continue }
      try claims.add(payment.paymentNo, found.tenantNo, found.by, on: asOf, reason: nil)
      matched += 1
    }
    return matched
  }

  private func count(_ found: TenantAccount.Outcome, in outcome: inout Outcome) throws {
    outcome.allocations += found.allocations.count
    var payments: Set<String> = []
    for allocation in found.allocations {
      outcome.allocated = try outcome.allocated + allocation.amount
      if case .payment(let no) = allocation.source { payments.insert(no) }
    }
    outcome.payments += payments.count
    for credit in found.credits { outcome.left = try outcome.left + credit.left }
  }

  private func failed(_ key: AccountStore.Key, _ reason: Phrase) -> Failed {
    Failed(tenantNo: key.tenantNo, propertyNo: key.propertyNo, reason: reason)
  }
}
