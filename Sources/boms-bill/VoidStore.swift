import GRDB
import Shared

/// Which charges are to be taken back.
enum VoidStore {
  struct Bill {
    var contractNo: String
    /// The charges that the bill has a row of and that are not taken back yet.
    var live: Set<Int64>
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
    return Bill(contractNo: contractNo, live: live)
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
