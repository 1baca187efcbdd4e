import GRDB
import Shared

/// Which contracts a run has to look at for late fees: those that changed, those on whose next
/// month's end a fee may arise, and those that were billed by the run itself.
struct LateFeeStore {
  let db: Database

  /// Before the run clears the marks.
  func noteDue(asOf: CivilDate, property: String?, contract: String?) throws {
    try db.run(
      """
      DROP TABLE IF EXISTS temp.noted;
      CREATE TEMP TABLE noted (contract_no TEXT PRIMARY KEY) WITHOUT ROWID
      """)
    let insert = try SQLStatement(
      db,
      """
      INSERT INTO temp.noted SELECT i.contract_no FROM billing_index i
      JOIN contract c ON c.contract_no = i.contract_no
      WHERE (i.changed = 1 OR i.next_fee_on <= ?1)
        AND (?2 IS NULL OR c.property_no = ?2) AND (?3 IS NULL OR c.contract_no = ?3)
      """)
    insert.bind(1, asOf)
    insert.bind(2, property)
    insert.bind(3, contract)
    try insert.run()
  }

  func noteBilled(since posted: BillStore.Posted) throws {
    let insert = try SQLStatement(
      db, "INSERT OR IGNORE INTO temp.noted SELECT contract_no FROM bill WHERE id > ?")
    insert.bind(1, posted.lastBillBefore)
    try insert.run()
  }

  /// The contracts of charges that will be settled.
  func note(chargesOf ids: some Sequence<Int64>, contract: String?) throws {
    let insert = try SQLStatement(
      db,
      """
      INSERT OR IGNORE INTO temp.noted SELECT contract_no FROM charge
      WHERE id = ?1 AND (?2 IS NULL OR contract_no = ?2)
      """)
    insert.bind(2, contract)
    for id in ids {
      insert.bind(1, id)
      try insert.run()
    }
  }

  func clearNotes() throws {
    try db.run("DELETE FROM temp.noted")
  }

  func setNextFeeOn(_ day: CivilDate?, contractNo: String, isForeseen: Bool) throws {
    try db.execute(
      sql: """
        UPDATE billing_index SET next_fee_on = ?, changed = changed OR ? WHERE contract_no = ?
        """, arguments: [day?.description, isForeseen, contractNo])
  }
}
