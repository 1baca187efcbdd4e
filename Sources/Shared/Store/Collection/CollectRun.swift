import GRDB

/// The night's work: payments find their tenants, then money its charges; appended in one
/// transaction.
package struct CollectRun {
  package let asOf: CivilDate
  package var property: String?

  package init(asOf: CivilDate, property: String? = nil) {
    self.asOf = asOf
    self.property = property
  }

  /// An account that was left out, and why.
  package struct Failed {
    package var tenantNo: String
    package var propertyNo: String
    package var reason: Phrase
  }

  package struct Outcome {
    /// Accounts with money left, which were looked at.
    package var accounts = 0
    /// Payments that were taken into the books.
    package var entered = 0
    /// Payments that found their tenant.
    package var matched = 0
    /// Payments of which something was allocated.
    package var payments = 0
    package var allocations = 0
    package var allocated = Money.zero
    /// Payments that got their receipt.
    package var receipts = 0
    /// What is left of payments, credit notes and prepaid money.
    package var left = Money.zero
    package var unclaimed: (count: Int, amount: Money) = (0, .zero)
    package var failed: [Failed] = []
    /// The largest id before; the run's rows are those above.
    package var lastBefore: Int64 = 0
  }

  /// - Parameter progress: called once per account.
  package func run(_ db: BooksConnection, progress: () -> Void) throws -> Outcome {
    var outcome = Outcome()
    let claims = try ClaimStore(db)
    (outcome.entered, outcome.matched) = try takeIn(db, claims)
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
        outcome.failed.append(failed(key, Phrase(refused: error)))
      }
    }
    outcome.receipts = try ReceiptNumbers.issue(db, property: property)
    outcome.unclaimed = try claims.unclaimed(asOf: asOf, property: property)
    return outcome
  }

  /// Payments are taken into the books and find their tenants; nothing is allocated.
  package func takeIn(_ db: BooksConnection) throws {
    _ = try takeIn(db, ClaimStore(db))
  }

  private func takeIn(
    _ db: BooksConnection, _ claims: ClaimStore
  ) throws -> (entered: Int, matched: Int) {
    let entered = try EntryStore(db).enter(asOf: asOf, property: property)
    return (entered.count, try match(claims, entered))
  }

  /// A payment that is matched as it is entered was its tenant's from the first day.
  private func match(_ claims: ClaimStore, _ entered: [String: CivilDate]) throws -> Int {
    var matched = 0
    for payment in try claims.toMatch(asOf: asOf, property: property) {
      guard let found = claims.payers.tenant(of: payment) else { continue }
      try claims.add(
        payment.paymentNo, found.tenantNo, found.by, on: entered[payment.paymentNo] ?? asOf,
        reason: nil)
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
