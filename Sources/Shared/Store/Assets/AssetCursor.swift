import GRDB

/// Reads assets with their events and usage, in the order of their numbers. Memory is that of one.
package final class AssetCursor {
  /// Which assets are read.
  package enum Scope {
    case all
    /// What a run through a month has to look at: what changed, and what is not booked so far.
    case due(CivilMonth)
    /// What changed and may be wrong by that: assets with events, and those that are booked.
    case changed
    case one(String)
  }

  package struct Entry {
    package var asset: Asset
    /// Through which month it is booked; nil: nothing is.
    package var through: CivilMonth?
    /// Whether something changed since.
    package var isChanged: Bool
    package var expenseAccount: String?

    /// Whether nothing of it comes any more.
    package var isOver: Bool { through == CivilMonth(year: 9999, month: 12) }
  }

  private let rows: SQLStatement
  private let events: SQLStatement
  private let usage: SQLStatement

  package init(_ db: Database, _ scope: Scope, property: String? = nil) throws {
    var conditions = ["1"]
    var text: String?
    switch scope {
    case .all: break
    case .due(let month):
      conditions.append("(i.changed = 1 OR i.through < ?1)")
      text = "\(month)"
    case .changed:
      conditions.append(
        """
        i.changed = 1 AND (i.through <> '' OR EXISTS (
          SELECT 1 FROM asset_event e WHERE e.asset_no = a.asset_no))
        """)
    case .one(let number):
      conditions.append("a.asset_no = ?1")
      text = number
    }
    if property != nil { conditions.append("a.property_no = ?2") }
    rows = try SQLStatement(
      db,
      """
      SELECT a.asset_no, a.kind, a.acquired_on, a.in_service_on, a.cost_fen, a.salvage_fen,
        a.salvage_percent_e6, a.life_months, a.method, a.straight_line_form, a.total_units_e6,
        a.opening_months, a.opening_accumulated_fen, a.opening_impairment_fen, a.property_no,
        a.department, a.expense_account, i.through, i.changed,
        EXISTS (SELECT 1 FROM asset_event e WHERE e.asset_no = a.asset_no)
      FROM asset a JOIN depreciation_index i ON i.asset_no = a.asset_no
      WHERE \(conditions.joined(separator: " AND ")) ORDER BY a.asset_no
      """)
    if let text { rows.bind(1, text) }
    if let property { rows.bind(2, property) }
    events = try SQLStatement(
      db,
      """
      SELECT "on", kind, amount_fen, life_months, salvage_fen, method, property_no, department,
        way, proceeds_fen
      FROM asset_event WHERE asset_no = ? AND kind <> 'count' ORDER BY "on", id
      """)
    usage = try SQLStatement(
      db,
      """
      SELECT month, units_e6 FROM asset_usage u WHERE asset_no = ? AND NOT EXISTS (
        SELECT 1 FROM asset_usage n WHERE n.asset_no = u.asset_no AND n.month = u.month
          AND n.revision > u.revision)
      """)
  }

  package func next() throws -> Entry? {
    try rows.step() ? try entry() : nil
  }

  private func entry() throws -> Entry {
    let cost = rows.money(4)
    var asset = Asset(
      assetNo: rows.text(0), acquiredOn: try rows.date(2), inServiceOn: try rows.optionalDate(3),
      cost: cost, lifeMonths: rows.optionalInt(7) ?? 0)
    asset.kind = try word(rows, 1)
    asset.salvage =
      try rows.optionalFixed(6).map { try Asset.salvage(percent: $0, of: cost) } ?? rows.money(5)
    asset.method = try word(rows, 8)
    asset.form = try word(rows, 9)
    asset.totalUnits = rows.optionalFixed(10)
    asset.openingMonths = Int(rows.integer(11))
    asset.openingAccumulated = rows.money(12)
    asset.openingImpairment = rows.money(13)
    asset.place = AssetPlace(
      propertyNo: rows.optionalText(14), department: rows.optionalText(15))
    var mayUseUnits = asset.method == .units
    if rows.integer(19) != 0 {
      asset.events = try events(of: asset.assetNo)
      mayUseUnits = mayUseUnits || asset.events.contains { $0.method == .units }
    }
    if mayUseUnits { asset.usage = try usage(of: asset.assetNo) }
    let through = rows.bytes(17).isEmpty ? nil : try rows.month(17)
    return Entry(
      asset: asset, through: through, isChanged: rows.integer(18) != 0,
      expenseAccount: rows.optionalText(16))
  }

  private func events(of assetNo: String) throws -> [AssetEvent] {
    events.bind(1, assetNo)
    defer { events.reset() }
    var found: [AssetEvent] = []
    while try events.step() {
      var event = AssetEvent(try word(events, 1), on: try events.date(0))
      event.amount = events.money(2)
      event.lifeMonths = events.optionalInt(3)
      event.salvage = events.optionalInteger(4).map(Money.init(fen:))
      event.method = events.isNull(5) ? nil : try word(events, 5) as Asset.Method
      event.propertyNo = events.optionalText(6)
      event.department = events.optionalText(7)
      event.way = events.isNull(8) ? nil : try word(events, 8) as AssetEvent.Way
      event.proceeds = events.money(9)
      found.append(event)
    }
    return found
  }

  private func usage(of assetNo: String) throws -> [CivilMonth: Fixed] {
    usage.bind(1, assetNo)
    defer { usage.reset() }
    var found: [CivilMonth: Fixed] = [:]
    while try usage.step() { found[try usage.month(0)] = usage.fixed(1) }
    return found
  }

  private func word<Word: RawRepresentable>(_ rows: SQLStatement, _ column: Int) throws -> Word
  where Word.RawValue == String {
    guard let word = Word(rawValue: rows.text(column)) else {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT, message: "'\(rows.text(column))' is not a word of the law")
    }
    return word
  }
}
