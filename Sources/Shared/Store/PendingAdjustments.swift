import GRDB

/// What the next run would adjust: the differences between what is recorded and what the facts now
/// say, of contracts that changed since the last run.
package struct PendingAdjustments {
  package private(set) var byContract: [String: [Adjustment]] = [:]
  /// Contracts that the law cannot compute, and why.
  package private(set) var failed: [String: Phrase] = [:]

  package init(_ db: Database) throws {
    try Look.at(db, .changedWithCharges)
    let taxes = try TaxTable(db)
    let cursor = try LeaseCursor(db)
    while let entry = try cursor.next() {
      let lease = entry.lease
      do throws(ValueError) {
        // Nothing new is asked for: only what is recorded is compared.
        let plan = try Billing(lease, taxes: taxes, billingFrom: entry.billingFrom)
          .plan(asOf: lease.startOn.adding(days: -100_000), recorded: entry.recorded)
        if !plan.subtraction.adjustments.isEmpty {
          byContract[lease.contractNo] = plan.subtraction.adjustments
        }
      } catch {
        failed[lease.contractNo] = error.message
      }
    }
  }

  /// The contracts whose differences are not those of `before`, in order.
  /// - Parameter kinds: adjustments of these kinds do not count.
  package func changed(
    since before: PendingAdjustments, leavingOut kinds: Set<ChargeKind> = []
  ) -> [(contractNo: String, [Adjustment])] {
    byContract.mapValues { $0.filter { !kinds.contains($0.recorded.kind) } }
      .filter { contractNo, adjustments in
        let old = (before.byContract[contractNo] ?? []).filter { !kinds.contains($0.recorded.kind) }
        if adjustments.isEmpty { return false }
        return old.map(\.difference) != adjustments.map(\.difference)
          || old.map(\.recorded.id) != adjustments.map(\.recorded.id)
      }
      .sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
  }
}
