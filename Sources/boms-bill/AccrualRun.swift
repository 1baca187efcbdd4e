import Shared

/// What a month earned: wanted minus recorded, contract by contract, through that month.
struct AccrualRun {
  let month: CivilMonth
  var property: String?
  var contract: String?

  struct Outcome {
    var looked = 0
    var rows = 0
    var sums = Accrual.Sums()
    /// The highest row before the run.
    var lastRowBefore: Int64 = 0
    var failed: [BillRun.Failed] = []
  }

  /// Appends what is missing.
  /// - Parameter progress: called once per contract.
  func run(_ db: BooksConnection, progress: () -> Void = {}) throws -> Outcome {
    var outcome = Outcome()
    outcome.lastRowBefore = try AccrualStore.lastRow(db)
    let store = try AccrualStore(db)
    (outcome.looked, outcome.failed) = try forEachMissing(db, progress: progress) { row in
      try store.add(row)
      outcome.rows += 1
      try outcome.sums.add(row.accrual.missing)
    }
    return outcome
  }

  /// A row that the month lacks.
  struct Missing {
    var contractNo: String
    /// The last day of its month, or the first open day if that month is closed.
    var bookedOn: CivilDate
    var accrual: Accrual
  }

  /// What a run would book for some companies (nil: all); nothing is written. A month that is accrued
  /// lacks nothing. All rows are held at once: who only counts them uses `forEachMissing`.
  func missing(
    _ db: BooksConnection, companies: Set<String>? = nil
  ) throws -> (rows: [Missing], failed: [BillRun.Failed]) {
    var rows: [Missing] = []
    let (_, failed) = try forEachMissing(db) { row in
      if companies?.contains(row.accrual.group.companyNo) ?? true { rows.append(row) }
    }
    return (rows, failed)
  }

  /// Hands out what a run would book, contract by contract; nothing is written. The law speaks of a
  /// whole contract before anything of it is handed out, so that one that fails leaves nothing behind.
  func forEachMissing(
    _ db: BooksConnection, progress: () -> Void = {}, _ body: (Missing) throws -> Void
  ) throws -> (looked: Int, failed: [BillRun.Failed]) {
    var looked = 0
    var failed: [BillRun.Failed] = []
    let open = try OpenMonths(db)
    try Look.at(db, .all(property: property, contract: contract))
    let cursor = try AccrualCursor(db)
    while let entry = try cursor.next() {
      progress()
      looked += 1
      let accruals: [Accrual]
      do throws(ValueError) {
        accruals = try entry.revenue().accruals(
          through: month, recorded: entry.recorded, firstOpen: open.first)
      } catch {
        failed.append(BillRun.Failed(contract: entry.lease.contractNo, error.message))
        continue
      }
      for accrual in accruals {
        try body(
          Missing(
            contractNo: entry.lease.contractNo,
            bookedOn: open.bookedOn(accrual.group.companyNo, accrual.month.last),
            accrual: accrual))
      }
    }
    return (looked, failed)
  }
}
