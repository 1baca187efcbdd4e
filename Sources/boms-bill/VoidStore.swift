import GRDB
import Shared

/// Which charges are to be taken back.
enum VoidStore {
  struct Bill {
    var contractNo: String
    /// The charges that the bill has a row of and that are not taken back yet.
    var live: Set<Int64>
    /// The bills that it adjusts, where it has nothing else.
    var adjusted: [String]
  }

  /// - Throws: `Failure` 66 if there is no such bill.
  static func charges(onBill billNo: String, _ db: Database) throws -> Bill {
    let contractNo = try BillEventStore.contract(ofBill: billNo, db)
    let live = try Int64.fetchSet(
      db,
      sql: """
        SELECT coalesce(c.adjusts, c.id) AS root FROM charge c
        WHERE c.bill_no = ?
          AND NOT EXISTS (SELECT 1 FROM charge v
            WHERE v.adjusts = coalesce(c.adjusts, c.id) AND v.voids = 1)
        """, arguments: [billNo])
    let adjusted = try String.fetchAll(
      db,
      sql: """
        SELECT DISTINCT r.bill_no FROM charge c JOIN charge r ON r.id = c.adjusts
        WHERE c.bill_no = ?1
          AND NOT EXISTS (SELECT 1 FROM charge o WHERE o.bill_no = ?1 AND o.kind <> 'adjust')
        ORDER BY 1
        """, arguments: [billNo])
    return Bill(contractNo: contractNo, live: live, adjusted: adjusted)
  }

  /// How much of the deposits among these charges was deducted, moved on or given back.
  static func usedDeposit(of charges: Set<Int64>, _ db: Database) throws -> Money {
    let row = try SQLStatement(db, "SELECT used_fen FROM deposit_left WHERE charge_id = ?")
    var sum = Money.zero
    for id in charges {
      row.bind(1, id)
      if try row.step() { sum = try sum + row.money(0) }
      row.reset()
    }
    return sum
  }

  /// Of these charges the bills of which something is on invoices that nobody asked a red one for.
  static func invoicedBills(of charges: Set<Int64>, _ db: Database) throws -> [String] {
    let row = try SQLStatement(
      db,
      """
      SELECT c.bill_no FROM charge_invoiced i JOIN charge c ON c.id = i.charge_id
      WHERE i.charge_id = ? AND i.out_fen > 0
      """)
    var bills: Set<String> = []
    for id in charges {
      row.bind(1, id)
      if try row.step() { bills.insert(row.text(0)) }
      row.reset()
    }
    return bills.sorted()
  }

  static func charges(
    of contractNo: String, source: String, start: CivilDate, _ db: Database
  ) throws -> Set<Int64> {
    try Int64.fetchSet(
      db,
      sql: """
        SELECT id FROM charge c WHERE contract_no = ? AND source = ? AND period_start = ?
          AND kind <> 'adjust'
          AND NOT EXISTS (SELECT 1 FROM charge v WHERE v.adjusts = c.id AND v.voids = 1)
        """, arguments: [contractNo, source, "\(start)"])
  }
}
