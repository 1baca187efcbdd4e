/// Assets as they stand in the books on a day, for exports and reports: queries with the day at ?1.
package enum AssetBook {
  /// Where the register and transfers through the day say that an asset `a` is, and who has it.
  package static func standing(_ column: String) -> String {
    """
    coalesce((SELECT e.\(column) FROM asset_event e
      WHERE e.asset_no = a.asset_no AND e.kind = 'transfer' AND e.\(column) IS NOT NULL
        AND e."on" <= ?1 ORDER BY e."on" DESC LIMIT 1), a.\(column))
    """
  }

  /// A row for an asset at each place where something of it is booked: nearly always one.
  package static let rows = """
    SELECT a.asset_no, a.name, a.category, a.kind, b.company_no, b.property_no, b.department,
      \(standing("location")) AS location, \(standing("custodian")) AS custodian,
      b.cost_fen, b.accumulated_fen, b.impairment_fen,
      b.cost_fen - b.accumulated_fen - b.impairment_fen AS net_value_fen, b.last_on
    FROM (SELECT asset_no, company_no, property_no, department, sum(cost_fen) AS cost_fen,
        sum(accumulated_fen) AS accumulated_fen, sum(impairment_fen) AS impairment_fen,
        max(booked_on) AS last_on
      FROM asset_change WHERE booked_on <= ?1
      GROUP BY asset_no, company_no, property_no, department
      HAVING sum(cost_fen) <> 0 OR sum(accumulated_fen) <> 0 OR sum(impairment_fen) <> 0) b
    JOIN asset a ON a.asset_no = b.asset_no
    """
}
