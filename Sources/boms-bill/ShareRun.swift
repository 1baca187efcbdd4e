import Shared

/// Divides the shared costs of which a part is to be billed. A division is recorded once: what a
/// contract bears does not change when another contract does.
struct ShareRun {
  let asOf: CivilDate

  /// - Parameter failed: is told a pool that cannot be divided, and why.
  func run(
    _ db: BooksConnection, property: String?, contract: String?,
    failed: (String, Phrase) -> Void
  ) throws {
    let store = ShareStore(db: db)
    for pool in try store.undivided(property: property, contract: contract) {
      do {
        let shares = try shares(of: pool, db)
        guard shares.isDue else { continue }
        try store.record(try pool.cost.divided(over: shares.all), of: pool, on: asOf)
      } catch let error as ValueError {
        failed(pool.cost.poolNo, error.message)
      }
    }
  }

  /// The contracts that take part, and whether one of them is to be billed by the day.
  private func shares(
    of pool: ShareStore.Pool, _ db: BooksConnection
  ) throws -> (all: [SharedCost.Share], isDue: Bool) {
    try Look.at(db, .sharing(item: pool.cost.item, property: pool.propertyNo))
    let cursor = try LeaseCursor(db)
    var all: [SharedCost.Share] = []
    var isDue = false
    while let entry = try cursor.next() {
      guard let share = try pool.cost.share(of: entry.lease),
        let days = entry.lease.shareDays(line: share.line, month: pool.cost.month)
      else { continue }
      all.append(share)
      if days.billOn <= asOf && (pool.billingFrom.map { $0 <= days.dueOn } ?? true) {
        isDue = true
      }
    }
    return (all, isDue)
  }
}
