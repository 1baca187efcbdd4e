import Shared

/// The night's work: wanted minus recorded, contract by contract, appended in one transaction.
struct BillRun {
  let asOf: CivilDate
  /// Whether the index of what changed or is due is left aside.
  var ignoresIndex = false
  var property: String?
  var contract: String?

  /// A contract, or a pool of shared costs, that was left out, and why.
  struct Failed {
    var subject: Phrase
    var reason: Phrase
    /// Nil for a pool.
    var contractNo: String?

    init(contract: String, _ reason: Phrase) {
      contractNo = contract
      subject = Phrase("contract '\(contract)'", "合同“\(contract)”")
      self.reason = reason
    }

    init(contract: String, refused error: BooksError) {
      self.init(contract: contract, Phrase(refused: error))
    }

    init(pool: String, _ reason: Phrase) {
      subject = Phrase("pool '\(pool)'", "公摊“\(pool)”")
      self.reason = reason
    }
  }

  struct Outcome {
    var looked = 0
    var failed: [Failed] = []
    var posted = BillStore.Posted()
    var adjustments = 0
    /// Charges that wait for an implausible reading to be accepted.
    var held = 0
  }

  /// - Parameter progress: called once per contract.
  func run(_ db: BooksConnection, progress: () -> Void) throws -> Outcome {
    var outcome = Outcome()
    try ShareRun(asOf: asOf).run(db, property: property, contract: contract) {
      outcome.failed.append(Failed(pool: $0, $1))
    }
    let fees = try LateFeeRun(self, db)
    try Look.at(
      db,
      ignoresIndex
        ? .all(property: property, contract: contract)
        : .due(asOf: asOf, property: property, contract: contract))
    let taxes = try TaxTable(db)
    let store = try BillStore(db)
    let cursor = try LeaseCursor(db)
    while let entry = try cursor.next() {
      progress()
      outcome.looked += 1
      do {
        let plan = try bill(entry, taxes: taxes, store: store)
        outcome.adjustments += plan.subtraction.adjustments.count
        outcome.held += plan.held.count
      } catch let error as ValueError {
        outcome.failed.append(Failed(contract: entry.lease.contractNo, error.message))
      }
    }
    outcome.posted = try store.post { contractNo, error in
      outcome.failed.append(Failed(contract: contractNo, refused: error))
    }
    try fees?.add(to: &outcome, db)
    return outcome
  }

  /// Stages what one contract lacks; the law has spoken before anything is staged, so that a
  /// contract that fails leaves nothing behind.
  private func bill(
    _ entry: LeaseCursor.Entry, taxes: TaxTable, store: BillStore
  ) throws -> Billing.Plan {
    let billing = Billing(entry.lease, taxes: taxes, billingFrom: entry.billingFrom)
    var plan = try billing.plan(asOf: asOf, recorded: entry.recorded, since: entry.since)
    var entry = entry
    if entry.since != nil {
      // What is recorded was not read: each charge is looked up.
      plan.subtraction.new = try plan.subtraction.new.filter { charge in
        let state = try store.state(of: charge, entry.lease)
        entry.setNextRevision(state.nextRevision, charge.source, charge.period.from, charge.kind)
        return !state.isRecorded
      }
    }
    try store.stage(plan.subtraction, of: entry, asOf: asOf)
    try store.setNextBillOn(plan.nextBillOn, contractNo: entry.lease.contractNo)
    return plan
  }
}
