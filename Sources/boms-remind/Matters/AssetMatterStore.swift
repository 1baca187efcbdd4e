import GRDB
import Shared

/// 资产提足折旧: assets that are still there and whose book value came down to their salvage with a month of
/// depreciation. Those that came fully depreciated from the old books are no matter.
struct AssetMatterStore: MatterSource {
  let scope: MatterScope

  func forEach(_ body: (Matter) throws -> Void) throws {
    let rows = try SQLStatement(
      scope.db,
      """
      SELECT * FROM (
        SELECT a.asset_no, a.name, \(AssetBook.standing("property_no")) AS property_no,
          \(AssetBook.standing("location")), s.cost_fen, s.net_fen, s.last_on
        FROM (SELECT asset_no, sum(cost_fen) AS cost_fen,
            sum(cost_fen - accumulated_fen - impairment_fen) AS net_fen,
            max(CASE WHEN kind = 'depreciation' AND accumulated_fen <> 0 THEN booked_on END)
              AS last_on
          FROM asset_change WHERE booked_on <= ?1 GROUP BY asset_no) s
        JOIN asset a ON a.asset_no = s.asset_no
        WHERE s.last_on IS NOT NULL AND s.cost_fen > 0
          AND s.net_fen <= coalesce((SELECT e.salvage_fen FROM asset_event e
              WHERE e.asset_no = a.asset_no AND e.kind = 're_estimate'
                AND e.salvage_fen IS NOT NULL AND e."on" <= ?1 ORDER BY e."on" DESC LIMIT 1),
            a.salvage_fen, (a.cost_fen * a.salvage_percent_e6 + 50000000) / 100000000, 0))
      WHERE ?2 IS NULL OR property_no = ?2
      ORDER BY asset_no
      """)
    rows.bind(1, scope.asOf)
    rows.bind(2, scope.property)
    while try rows.step() {
      var facts: Matter.Facts = [
        "asset_no": .text(rows.text(0)), "asset_name": .text(rows.text(1)),
        "cost": .money(rows.money(4)), "net_value": .money(rows.money(5)),
      ]
      facts["location"] = rows.optionalText(3).map(Fact.text)
      try body(
        scope.matter(
          .assetFullyDepreciated, rows.text(0), dueOn: try rows.date(6),
          propertyNo: rows.optionalText(2), facts))
    }
  }
}
