import GRDB
import Shared

/// The pools of shared costs: which are to be divided, and how they were.
struct ShareStore {
  let db: Database

  struct Pool {
    var cost: SharedCost
    var propertyNo: String
    var billingFrom: CivilDate?
    /// How often it was divided and taken back before.
    var revision: Int64
  }

  /// Pools without a division that stands, of a property, or of that of a contract.
  func undivided(property: String?, contract: String?) throws -> [Pool] {
    let rows = try SQLStatement(
      db,
      """
      SELECT p.pool_no, p.period, p.item, p.amount_fen, p.basis, p.own_area_m2_e6, p.property_no,
        r.billing_from,
        (SELECT count(*) FROM share_division d
          WHERE d.pool_no = p.pool_no AND d.period = p.period)
      FROM share_pool p JOIN property r ON r.property_no = p.property_no
      WHERE NOT EXISTS (SELECT 1 FROM share_division d
          WHERE d.pool_no = p.pool_no AND d.period = p.period
            AND NOT EXISTS (SELECT 1 FROM share_void v WHERE v.division_id = d.id))
        AND (?1 IS NULL OR p.property_no = ?1)
        AND (?2 IS NULL OR p.property_no = (
          SELECT property_no FROM contract WHERE contract_no = ?2))
      ORDER BY p.period, p.pool_no
      """)
    rows.bind(1, property)
    rows.bind(2, contract)
    var pools: [Pool] = []
    while try rows.step() {
      pools.append(
        Pool(
          cost: SharedCost(
            poolNo: rows.text(0), month: try rows.month(1), item: rows.text(2),
            amount: rows.money(3), basis: rows.text(4) == "equal" ? .equal : .area,
            ownArea: rows.fixed(5)),
          propertyNo: rows.text(6), billingFrom: try rows.optionalDate(7),
          revision: rows.integer(8)))
    }
    return pools
  }

  func record(_ division: SharedCost.Division, of pool: Pool, on day: CivilDate) throws {
    try db.execute(
      sql: """
        INSERT INTO share_division
          (pool_no, period, revision, divided_on, basis, amount_fen, own_fen, weight)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        pool.cost.poolNo, "\(pool.cost.month)", pool.revision, "\(day)",
        pool.cost.basis.rawValue, pool.cost.amount.fen, division.ownAmount.fen,
        division.totalWeight,
      ])
    let id = db.lastInsertedRowID
    for part in division.parts {
      try db.execute(
        sql: """
          INSERT INTO share_part (division_id, contract_no, line, weight, amount_fen)
          VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [id, part.contractNo, part.line, part.weight, part.amount.fen])
    }
  }

  /// A division that stands.
  struct Standing {
    var id: Int64
    var contracts: [String]
  }

  /// - Throws: `Failure` 66 if there is no such pool.
  func standing(pool: String, period: String) throws -> Standing? {
    guard
      try Int.fetchOne(
        db, sql: "SELECT 1 FROM share_pool WHERE pool_no = ? AND period = ?",
        arguments: [pool, period]) != nil
    else {
      throw Failure(
        .noInput,
        Phrase(
          "there is no pool '\(pool)' of \(period)", "没有 \(period) 的公摊“\(pool)”"),
        hint: Phrase(
          "'boms-export share_pool' lists them", "可用 'boms-export share_pool' 查看"))
    }
    guard
      let id = try Int64.fetchOne(
        db,
        sql: """
          SELECT d.id FROM share_division d WHERE d.pool_no = ? AND d.period = ?
            AND NOT EXISTS (SELECT 1 FROM share_void v WHERE v.division_id = d.id)
          """, arguments: [pool, period])
    else { return nil }
    return Standing(
      id: id,
      contracts: try String.fetchAll(
        db,
        sql: "SELECT contract_no FROM share_part WHERE division_id = ? ORDER BY contract_no",
        arguments: [id]))
  }

  func void(_ division: Standing, on day: CivilDate, reason: String) throws {
    try db.execute(
      sql: "INSERT INTO share_void (division_id, voided_on, reason) VALUES (?, ?, ?)",
      arguments: [division.id, "\(day)", reason])
  }
}
