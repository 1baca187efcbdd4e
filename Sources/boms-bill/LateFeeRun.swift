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
    let rules = try LateFeeRuleStore(db)
    var selection: Look.Selection =
      run.ignoresIndex ? .all(property: run.property, contract: run.contract) : .noted
    // What is taken back of fees is credit of the day, which may settle something overdue: that ends
    // a row on the day, and changes none. A few rounds would be many.
    for _ in 1...10 {
      let foreseen = try ForesightStore(db: db, run: run).settlements(rules)
      try store.note(chargesOf: foreseen.keys, contract: run.contract)
      try Look.at(db, selection)
      let posted = try add(to: &outcome, db, rules, foreseen)
      if posted.creditNotes == 0 { return }
      try store.clearNotes()
      selection = .noted
    }
  }

  private func add(
    to outcome: inout BillRun.Outcome, _ db: BooksConnection, _ rules: LateFeeRuleStore,
    _ foreseen: LateFeeForesight.Settlements
  ) throws -> BillStore.Posted {
    let bills = try BillStore(db)
    let cursor = try LeaseCursor(db, withCourses: true)
    while let entry = try cursor.next() {
      do {
        let billing = rules.billing(of: entry)
        let plan = try billing.plan(
          asOf: run.asOf, recorded: entry.recorded,
          courses: entry.courses.with(foreseen, of: entry.recorded))
        try bills.stage(plan.subtraction, of: entry, asOf: run.asOf)
        // What is foreseen is not recorded yet: the contract is looked at again.
        try store.setNextFeeOn(
          plan.nextFeeOn, contractNo: entry.lease.contractNo,
          isForeseen: entry.recorded.contains { foreseen[$0.id] != nil && billing.bears($0) })
        outcome.adjustments += plan.subtraction.adjustments.count
      } catch let error as ValueError {
        outcome.failed.append(.init(contract: entry.lease.contractNo, error.message))
      }
    }
    let posted = try bills.post { contractNo, error in
      outcome.failed.append(.init(contract: contractNo, refused: error))
    }
    outcome.posted = try outcome.posted.with(posted)
    return posted
  }
}
