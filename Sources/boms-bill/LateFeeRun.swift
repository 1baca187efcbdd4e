import Shared

/// The late fees of a run: after its charges, because a fee names the charge that it is on.
struct LateFeeRun {
  private let run: BillRun
  private let store: LateFeeStore

  /// Nil where no late fee can be wanted.
  init?(_ run: BillRun, _ db: BooksConnection) throws {
    if try LateFeeRuleStore.isIdle(db) { return nil }
    self.run = run
    store = LateFeeStore(db: db)
    try store.noteDue(asOf: run.asOf, property: run.property, contract: run.contract)
  }

  /// - Parameter outcome: what the run has done before; the fees are added.
  func add(to outcome: inout BillRun.Outcome, _ db: BooksConnection) throws {
    try store.noteBilled(since: outcome.posted)
    try Look.at(
      db, run.ignoresIndex ? .all(property: run.property, contract: run.contract) : .noted)
    let rules = try LateFeeRuleStore(db)
    let bills = try BillStore(db)
    let cursor = try LeaseCursor(db, withCourses: true)
    while let entry = try cursor.next() {
      do {
        let plan = try rules.billing(of: entry)
          .plan(asOf: run.asOf, recorded: entry.recorded, courses: entry.courses)
        try bills.stage(plan.subtraction, of: entry, asOf: run.asOf)
        try store.setNextFeeOn(plan.nextFeeOn, contractNo: entry.lease.contractNo)
        outcome.adjustments += plan.subtraction.adjustments.count
      } catch let error as ValueError {
        outcome.failed.append(.init(contract: entry.lease.contractNo, error.message))
      }
    }
    let posted = try bills.post { contractNo, error in
      outcome.failed.append(.init(contract: contractNo, refused: error))
    }
    outcome.posted = try outcome.posted.with(posted)
  }
}
