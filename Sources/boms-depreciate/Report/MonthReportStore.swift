import GRDB
import Shared

/// 折旧明细表: what is booked of each asset in a month.
enum MonthReportStore {
  static let fields: [Field] = [
    .code("asset_no", "资产编号"), .text("name", "资产名称"), .text("category", "类别"),
    .code("company_no", "收款主体"), .code("property_no", "项目编号"), .text("department", "部门"),
    .choice("method", "折旧方法", Choice.depreciationMethods),
    .integer("life_months", "使用月数", 0...1200),
    .money("cost", "原值"), .money("accumulated_before", "期初累计折旧"),
    .money("amount", "本月折旧"), .money("other_months", "补提与更正"),
    .money("accumulated", "累计折旧"), .money("impairment", "减值准备"), .money("net_value", "账面净值"),
    .choice("reason", "说明", Choice.depreciationReasons), .text("explain", "计算说明"),
  ]

  /// - Returns: what all assets lost in the month.
  static func write(
    _ db: Database, _ month: CivilMonth, property: String?, language: Language,
    _ writer: RecordWriter
  ) throws -> Money {
    // Assets that are in the books at the end of the month, or were booked in it. Of several places
    // each is a row; the month's own depreciation stands apart from what was made up.
    let rows = try SQLStatement(
      db,
      """
      SELECT a.asset_no, a.name, a.category, c.company_no, c.property_no, c.department, a.method,
        a.life_months, c.cost_fen, c.before_fen,
        coalesce(d.own_fen, 0) AS own_fen, coalesce(d.all_fen, 0) - coalesce(d.own_fen, 0),
        c.accumulated_fen, c.impairment_fen,
        c.cost_fen - c.accumulated_fen - c.impairment_fen
      FROM (SELECT asset_no, company_no, property_no, department, sum(cost_fen) AS cost_fen,
          sum(accumulated_fen) AS accumulated_fen, sum(impairment_fen) AS impairment_fen,
          sum(iif(booked_on < ?1, accumulated_fen, 0)) AS before_fen,
          max(booked_on >= ?1) AS moved
        FROM asset_change WHERE booked_on <= ?2 AND (?3 IS NULL OR property_no = ?3)
        GROUP BY asset_no, company_no, property_no, department) c
      JOIN asset a ON a.asset_no = c.asset_no
      LEFT JOIN (SELECT asset_no, company_no, property_no, department,
          sum(iif(month = ?4, amount_fen, 0)) AS own_fen, sum(amount_fen) AS all_fen
        FROM depreciation WHERE booked_on BETWEEN ?1 AND ?2
        GROUP BY asset_no, company_no, property_no, department) d
        ON d.asset_no = c.asset_no AND d.company_no = c.company_no
          AND d.property_no IS c.property_no AND d.department IS c.department
      WHERE c.cost_fen <> 0 OR c.accumulated_fen <> 0 OR c.moved
      ORDER BY a.asset_no, c.property_no, c.department
      """)
    rows.bind(1, month.first)
    rows.bind(2, month.last)
    rows.bind(3, property)
    rows.bind(4, month.description)
    let law = try AssetCursor(db, .all)
    var entry = try law.next()
    var sum = Money.zero
    while try rows.step() {
      let assetNo = rows.text(0)
      while let known = entry, known.asset.assetNo < assetNo { entry = try law.next() }
      sum = try sum + rows.money(10) + rows.money(11)
      for column in 0..<15 { rows.write(column, to: writer) }
      let said = entry.flatMap { $0.asset.assetNo == assetNo ? reason($0.asset, month) : nil }
      writer.cell(Cell(said?.reason.rawValue))
      writer.cell(Cell(said?.explanation(language)))
      try writer.endRow()
    }
    return sum
  }

  /// How many assets there are by the end of the month that no run has come to for it.
  static func waiting(_ db: Database, _ month: CivilMonth, property: String?) throws -> Int {
    try Int.fetchOne(
      db,
      sql: """
        SELECT count(*) FROM asset a JOIN depreciation_index i ON i.asset_no = a.asset_no
        WHERE a.acquired_on <= ?1 AND i.through < ?2 AND (?3 IS NULL OR a.property_no = ?3)
        """, arguments: ["\(month.last)", "\(month)", property]) ?? 0
  }

  /// What the law says of the month; nil where it cannot.
  private static func reason(_ asset: Asset, _ month: CivilMonth) -> DepreciationMonth? {
    try? Depreciation.months(of: asset, through: month, withRest: true).months.last
  }
}
