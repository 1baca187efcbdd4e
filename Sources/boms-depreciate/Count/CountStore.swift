import GRDB
import Shared

/// What is to be counted, what was, and what that says.
struct CountStore {
  let db: Database
  let day: CivilDate
  let property: String?

  enum State: String, CaseIterable {
    case found, misplaced, missing
    case notCounted = "not_counted"
    case unexpected

    var zh: String {
      switch self {
      case .found: "盘到"
      case .misplaced: "地点不符"
      case .missing: "盘亏"
      case .notCounted: "未盘"
      case .unexpected: "账外"
      }
    }
  }

  static let reportFields: [Field] = [
    .choice("state", "盘点结果", State.allCases.map { Choice($0.rawValue, $0.zh) }),
    .code("asset_no", "资产编号"), .text("name", "资产名称"), .text("category", "类别"),
    .code("property_no", "项目编号"), .text("book_location", "账面存放地点"),
    .text("location", "实际存放地点"), .text("custodian", "保管人"), .date("counted_on", "盘点日期"),
    .money("net_value", "账面净值"), .text("note", "备注"),
  ]

  /// Assets that can be touched, which are there on the day: ?1, of property ?2.
  private static let assets = """
    SELECT asset_no, name, category, property_no, location, custodian FROM (
      SELECT a.asset_no, a.name, a.category, \(AssetBook.standing("property_no")) AS property_no,
        \(AssetBook.standing("location")) AS location,
        \(AssetBook.standing("custodian")) AS custodian
      FROM asset a
      WHERE a.kind IN ('fixed', 'investment_property') AND a.acquired_on <= ?1
        AND NOT EXISTS (SELECT 1 FROM asset_event e
          WHERE e.asset_no = a.asset_no AND e.kind = 'dispose' AND e."on" <= ?1))
    WHERE ?2 IS NULL OR property_no = ?2
    """

  func writeSheet(_ writer: RecordWriter) throws -> [State: Int] {
    let rows = try SQLStatement(
      db, "\(CountStore.assets) ORDER BY property_no, location, asset_no")
    rows.bind(1, day)
    rows.bind(2, property)
    while try rows.step() {
      for column in 0..<6 { rows.write(column, to: writer) }
      for _ in 6..<CountSheet.fields.count { writer.null() }
      try writer.endRow()
    }
    return [:]
  }

  /// The newest count of each asset in the days, and what was found besides.
  func writeReport(since: CivilDate, _ writer: RecordWriter) throws -> [State: Int] {
    let rows = try SQLStatement(
      db,
      """
      SELECT CASE WHEN c.found IS NULL THEN 'not_counted' WHEN c.found = 0 THEN 'missing'
          WHEN c.location IS NOT NULL AND c.location IS NOT a.location THEN 'misplaced'
          ELSE 'found' END,
        a.asset_no, a.name, a.category, a.property_no, a.location,
        iif(c.found = 1, coalesce(c.location, a.location), NULL), a.custodian, c."on",
        (SELECT sum(v.cost_fen - v.accumulated_fen - v.impairment_fen) FROM asset_change v
          WHERE v.asset_no = a.asset_no AND v.booked_on <= ?1), c.note
      FROM (\(CountStore.assets)) a
      LEFT JOIN asset_event c ON c.id = (SELECT n.id FROM asset_event n
        WHERE n.asset_no = a.asset_no AND n.kind = 'count' AND n."on" BETWEEN ?3 AND ?1
        ORDER BY n."on" DESC LIMIT 1)
      UNION ALL
      SELECT 'unexpected', nullif(s.asset_no, ''), nullif(s.name, ''), NULL, s.property_no, NULL,
        nullif(s.location, ''), NULL, s.counted_on, NULL, s.note
      FROM count_surplus s
      WHERE s.counted_on BETWEEN ?3 AND ?1 AND (?2 IS NULL OR s.property_no = ?2)
      ORDER BY 2, 9, 3
      """)
    rows.bind(1, day)
    rows.bind(2, property)
    rows.bind(3, since)
    var states: [State: Int] = [:]
    while try rows.step() {
      if let state = State(rawValue: rows.text(0)) { states[state, default: 0] += 1 }
      for column in 0..<rows.columnCount { rows.write(column, to: writer) }
      try writer.endRow()
    }
    return states
  }

  // MARK: The sheet that came back

  /// Counts of a day that come again replace what was said before. What was disposed of by then and is
  /// there all the same is as unexpected as what no row knows.
  func take(_ rows: [CountSheet.Row]) throws -> (counted: Int, unexpected: Int) {
    let known = try SQLStatement(
      db,
      """
      SELECT 1 FROM asset a WHERE asset_no = ?1 AND NOT EXISTS (SELECT 1 FROM asset_event e
        WHERE e.asset_no = a.asset_no AND e.kind = 'dispose' AND e."on" <= ?2)
      """)
    let event = try SQLStatement(
      db,
      """
      INSERT INTO asset_event (asset_no, "on", kind, found, location, note)
      VALUES (?1, ?2, 'count', ?3, ?4, ?5)
      ON CONFLICT (asset_no, "on", kind)
      DO UPDATE SET found = ?3, location = ?4, note = ?5
      """)
    let surplus = try SQLStatement(
      db,
      """
      INSERT INTO count_surplus (counted_on, asset_no, name, property_no, location, note)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      ON CONFLICT (counted_on, asset_no, name, location) DO UPDATE SET note = ?6
      """)
    var (counted, unexpected) = (0, 0)
    for row in rows {
      known.bind(1, row.assetNo)
      known.bind(2, row.countedOn)
      if try row.assetNo != nil && known.hasRow() {
        guard let found = row.found else { continue }
        event.bind(1, row.assetNo)
        event.bind(2, row.countedOn)
        event.bind(3, found ? 1 : 0)
        event.bind(4, found ? row.location : nil)
        event.bind(5, row.note)
        try event.run()
        counted += 1
      } else if row.found ?? true {
        let place = row.propertyNo ?? property
        if let place { try KnownNumber.require("property", place, "项目", db) }
        surplus.bind(1, row.countedOn)
        surplus.bind(2, row.assetNo ?? "")
        surplus.bind(3, row.name ?? "")
        surplus.bind(4, place)
        surplus.bind(5, row.location ?? "")
        surplus.bind(6, row.note)
        try surplus.run()
        unexpected += 1
      }
    }
    return (counted, unexpected)
  }
}
