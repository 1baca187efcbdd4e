import GRDB

/// The month's work: wanted minus recorded, asset by asset, appended in one transaction. Months that
/// were missed are made up.
package struct DepreciationRun {
  package let through: CivilMonth
  package var property: String?

  package init(through: CivilMonth, property: String? = nil) {
    self.through = through
    self.property = property
  }

  /// An asset that was left out, and why.
  package struct Failed {
    package var assetNo: String
    package var reason: Phrase
    package var hint: Phrase?
  }

  package struct Outcome {
    package var looked = 0
    package var months = 0
    package var movements = 0
    package var amount = Money.zero
    /// Rows that correct what was booked before, and what they come to.
    package var corrections: (count: Int, amount: Money) = (0, .zero)
    /// Assets of method units without units in the last month.
    package var withoutUsage: [String] = []
    package var failed: [Failed] = []
    /// The highest rows before the run.
    package var lastMonthBefore: Int64 = 0
    package var lastMovementBefore: Int64 = 0
  }

  /// What the books of an asset lack; nothing of it is written yet.
  package struct Missing {
    package var entry: AssetCursor.Entry
    package var months: [(row: AssetBooking.MissingMonth, bookedOn: CivilDate, company: String)]
    package var movements:
      [(row: AssetBooking.MissingMovement, bookedOn: CivilDate, company: String, from: String?)]
    /// Through which month it is booked then; nil: nothing comes any more.
    var through: CivilMonth?
    var lacksUsage: Bool
  }

  /// - Parameter progress: called once per asset.
  package func run(_ db: Database, progress: () -> Void = {}) throws -> Outcome {
    var outcome = Outcome()
    outcome.lastMonthBefore = try DepreciationRun.last("depreciation", db)
    outcome.lastMovementBefore = try DepreciationRun.last("asset_movement", db)
    let store = try DepreciationStore(db)
    (outcome.looked, outcome.failed) = try forEachMissing(db, store, progress: progress) {
      try append($0, store, &outcome)
    }
    try store.markRest(
      through: through, property: property, butNot: outcome.failed.map(\.assetNo))
    return outcome
  }

  /// Hands out what a run would book, asset by asset; nothing is written. The law speaks of a whole
  /// asset before anything of it is handed out, so that one that fails leaves nothing behind.
  /// - Parameter ignoresIndex: whether every asset is looked at, whatever the index says.
  package func forEachMissing(
    _ db: Database, _ store: DepreciationStore, ignoresIndex: Bool = false,
    progress: () -> Void = {}, _ body: (Missing) throws -> Void
  ) throws -> (looked: Int, failed: [Failed]) {
    var looked = 0
    var failed: [Failed] = []
    let open = try OpenMonths(db, ofAssets: true)
    let cursor = try AssetCursor(db, ignoresIndex ? .all : .due(through), property: property)
    while var entry = try cursor.next() {
      progress()
      looked += 1
      if ignoresIndex { entry.isChanged = true }
      do {
        try body(try missing(of: entry, store, open))
      } catch let error as ValueError {
        failed.append(
          Failed(assetNo: entry.asset.assetNo, reason: error.message, hint: error.hint))
      }
    }
    return (looked, failed)
  }

  /// What the books of companies lack through the month: of how many assets, and how much depreciation.
  package func missing(
    _ db: Database, companies: Set<String>
  ) throws -> (sums: [(companyNo: String, assets: Int, amount: Money)], failed: [Failed]) {
    var assets: [String: Int] = [:]
    var amounts: [String: Money] = [:]
    let (_, failed) = try forEachMissing(db, try DepreciationStore(db)) { missing in
      var named: Set<String> = []
      for (row, day, company) in missing.months where day <= through.last {
        named.insert(company)
        amounts[company] = try (amounts[company] ?? .zero) + row.amount
      }
      for (_, day, company, from) in missing.movements where day <= through.last {
        named.insert(company)
        if let from { named.insert(from) }
      }
      for company in named { assets[company, default: 0] += 1 }
    }
    let sums = assets.sorted { $0.key < $1.key }.filter { companies.contains($0.key) }
    return (sums.map { ($0.key, $0.value, amounts[$0.key] ?? .zero) }, failed)
  }

  /// What the ledgers of an asset lack of the months that are booked: nothing, if they are right.
  package static func missing(
    ofBooked entry: AssetCursor.Entry, _ store: DepreciationStore, _ open: OpenMonths
  ) throws -> Missing {
    var entry = entry
    entry.isChanged = true
    let first = entry.asset.enteredOn.month
    let through = entry.isOver ? first : entry.through ?? first.adding(-1)
    return try DepreciationRun(through: through).missing(of: entry, store, open)
  }

  private func missing(
    of entry: AssetCursor.Entry, _ store: DepreciationStore, _ open: OpenMonths
  ) throws -> Missing {
    let assetNo = entry.asset.assetNo
    var (months, movements): ([AssetBooking.RecordedMonth], [AssetBooking.RecordedMovement]) =
      ([], [])
    var last = through
    // Where nothing changed, what is booked is right, and only later months are looked at.
    var after: CivilMonth?
    if entry.isChanged || entry.through == nil {
      months = try store.recordedMonths(of: assetNo)
      movements = try store.recordedMovements(of: assetNo)
      last = max(last, months.last?.month ?? last, movements.map(\.movement.on.month).max() ?? last)
    } else {
      after = entry.through
    }
    var life = try Depreciation(entry.asset)
    var wanted: [DepreciationMonth] = []
    while life.month <= last, !life.isOver {
      let row = try life.next()
      if after.map({ row.month > $0 }) ?? true { wanted.append(row) }
    }
    let changes = life.movements.filter { movement in
      movement.on <= last.last && (after.map { movement.on > $0.last } ?? true)
    }
    let isOver = life.isOver && life.movements.allSatisfy { $0.on <= last.last }
    var missing = Missing(
      entry: entry, months: [], movements: [], through: isOver ? nil : last,
      lacksUsage: wanted.last.map { $0.month == through && $0.reason == .noUsage } ?? false)
    for row in try AssetBooking.missing(wanted, recorded: months) {
      let company = try store.company(of: row.place)
      missing.months.append((row, open.bookedOn(company, row.month.last), company))
    }
    for row in try AssetBooking.missing(changes, recorded: movements) {
      let company = try store.company(of: row.movement.place)
      let from = try row.movement.from.map { try store.company(of: $0) }
      let day = row.movement.takesBalances ? row.movement.on.month.last : row.movement.on
      let bookedOn = open.bookedOn(company, day)
      missing.movements.append(
        (row, from.map { max(bookedOn, open.bookedOn($0, day)) } ?? bookedOn, company, from))
    }
    return missing
  }

  private func append(
    _ missing: Missing, _ store: DepreciationStore, _ outcome: inout Outcome
  ) throws {
    let assetNo = missing.entry.asset.assetNo
    for (row, day, company, from) in missing.movements {
      try store.add(row, of: assetNo, bookedOn: day, companyNo: company, fromCompanyNo: from)
      outcome.movements += 1
    }
    for (row, day, company) in missing.months {
      try store.add(row, of: missing.entry, bookedOn: day, companyNo: company)
      outcome.months += 1
      outcome.amount = try outcome.amount + row.amount
      if row.corrects != nil {
        outcome.corrections.count += 1
        outcome.corrections.amount = try outcome.corrections.amount + row.amount
      }
    }
    if missing.lacksUsage { outcome.withoutUsage.append(assetNo) }
    if missing.through != through { try store.mark(assetNo, through: missing.through) }
  }

  private static func last(_ table: String, _ db: Database) throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT max(id) FROM \(table)") ?? 0
  }
}
