import GRDB
import Shared

/// What is noted beside bills and readings: holds, waivers, acceptances. Each is a row that stays.
struct BillEventStore {
  let db: Database

  /// - Throws: `Failure` 66 if there is no such bill.
  static func contract(ofBill billNo: String, _ db: Database) throws -> String {
    if let contractNo = try String.fetchOne(
      db, sql: "SELECT contract_no FROM bill WHERE bill_no = ?", arguments: [billNo])
    {
      return contractNo
    }
    throw Failure(
      .noInput, Phrase("there is no bill '\(billNo)'", "没有编号为“\(billNo)”的账单"),
      hint: Phrase("'boms-export bills' lists them", "可用 'boms-export bills' 查看"))
  }

  // MARK: Holds

  func billOn(_ billNo: String) throws -> CivilDate {
    let rows = try SQLStatement(db, "SELECT bill_on FROM bill WHERE bill_no = ?")
    rows.bind(1, billNo)
    _ = try rows.step()
    return try rows.date(0)
  }

  /// The newest hold or release of a bill.
  func newest(ofBill billNo: String) throws -> (event: String, day: CivilDate)? {
    let rows = try SQLStatement(
      db, "SELECT event, done_on FROM bill_event WHERE bill_no = ? ORDER BY id DESC LIMIT 1")
    rows.bind(1, billNo)
    return try rows.step() ? (rows.text(0), try rows.date(1)) : nil
  }

  func add(_ event: String, toBill billNo: String, on day: CivilDate, reason: String) throws {
    try db.execute(
      sql: "INSERT INTO bill_event (bill_no, event, done_on, reason) VALUES (?, ?, ?, ?)",
      arguments: [billNo, event, "\(day)", reason])
  }

  // MARK: Waivers

  /// The charges whose late fees a bill is about: those on it, or, for a bill of late fees, those
  /// that they are on.
  func chargesBearing(onBill billNo: String) throws -> Set<Int64> {
    try Int64.fetchSet(
      db,
      sql: """
        SELECT CASE WHEN source GLOB 'C[0-9]*' THEN CAST(substr(source, 2) AS INTEGER)
          ELSE coalesce(adjusts, id) END
        FROM charge WHERE bill_no = ?
        """, arguments: [billNo])
  }

  func waive(_ amount: Money, ofCharge charge: Int64, on day: CivilDate, reason: String) throws {
    try db.execute(
      sql: """
        INSERT INTO late_fee_waiver (charge_id, amount_fen, waived_on, reason)
        VALUES (?, ?, ?, ?)
        """, arguments: [charge, amount.fen, "\(day)", reason])
  }

  // MARK: Readings

  /// The contracts for which a meter counts that was read on a day, and the newest reading of it.
  /// - Throws: `Failure` 66 if it was not read that day.
  func reading(
    _ meterNo: String, on day: CivilDate
  ) throws -> (id: Int64, contracts: [String], isAccepted: Bool) {
    guard
      let id = try Int64.fetchOne(
        db, sql: "SELECT max(id) FROM reading WHERE meter_no = ? AND read_on = ?",
        arguments: [meterNo, "\(day)"])
    else {
      throw Failure(
        .noInput,
        Phrase(
          "meter '\(meterNo)' has no reading of \(day)", "表“\(meterNo)”在 \(day) 没有读数"),
        hint: Phrase(
          "'boms-export reading --where meter_no=\(meterNo)' lists them",
          "可用 'boms-export reading --where meter_no=\(meterNo)' 查看"))
    }
    return (
      id,
      try String.fetchAll(
        db,
        sql: "SELECT DISTINCT contract_no FROM meter_install WHERE meter_no = ? ORDER BY 1",
        arguments: [meterNo]),
      try Int.fetchOne(
        db,
        sql: """
          SELECT 1 FROM reading_accepted WHERE meter_no = ? AND read_on = ? AND reading_id >= ?
          """, arguments: [meterNo, "\(day)", id]) != nil
    )
  }

  func accept(
    _ meterNo: String, _ readOn: CivilDate, reading: Int64, on day: CivilDate, reason: String?
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO reading_accepted (meter_no, read_on, reading_id, accepted_on, reason)
        VALUES (?, ?, ?, ?, ?)
        """, arguments: [meterNo, "\(readOn)", reading, "\(day)", reason])
  }
}
