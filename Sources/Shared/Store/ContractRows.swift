import GRDB

/// The rows of one table that belong to the contracts of `Look`, in their order.
final class ContractRows {
  private let rows: SQLStatement
  private var seq: Int64?

  /// - Parameter sorted: whether an index gives the order, so that nothing need be sorted; else
  ///   the rows of a contract come in any order.
  init(
    _ db: Database, _ columns: String, of table: String, order: String, joined: String = "",
    where condition: String = "1", sorted: Bool = true, unlessEmpty: String? = nil
  ) throws {
    let isDistinct = columns.hasPrefix("DISTINCT ")
    rows = try SQLStatement(
      db,
      """
      SELECT \(isDistinct ? "DISTINCT " : "")l.seq, \(columns.dropFirst(isDistinct ? 9 : 0))
      FROM temp.look l CROSS JOIN \(table) x ON x.contract_no = l.contract_no \(joined)
      WHERE \(condition) ORDER BY l.seq\(sorted ? ", \(order)" : "")
      """)
    // A table without rows is not looked up for every contract.
    if try SQLStatement(db, "SELECT 1 FROM \(unlessEmpty ?? table) LIMIT 1").hasRow() {
      try advance()
    }
  }

  private func advance() throws {
    seq = try rows.step() ? rows.integer(0) : nil
  }

  /// Calls `body` for each row of the contract; columns count from 1.
  func forEach(_ wanted: Int64, _ body: (SQLStatement) throws -> Void) throws {
    while let seq, seq <= wanted {
      if seq == wanted { try body(rows) }
      try advance()
    }
  }
}
