import GRDB

/// Takes back what settled charges: each row by its exact opposite, with the day on which it was
/// effective, so that late fees run as if it had never been; in the books on a day of its own.
package final class SettlementReversal {
  private let db: Database
  private let open: OpenMonths

  /// An allocation that stands.
  package struct Standing {
    package var id: Int64
    package var amount: Money
    /// The first day on which it can be taken back in the books.
    package var bookedOn: CivilDate
  }

  package init(_ db: Database) throws {
    self.db = db
    open = try OpenMonths(db)
  }

  /// Sets charges free of everything that settled them, and what their credit notes gave to others:
  /// of payments, prepaid money and deposits there is as much again, and nothing is written off.
  /// - Parameter roots: the ids of charges; their adjustments go with them.
  package func free(_ roots: Set<Int64>, on day: CivilDate, reason: String) throws {
    for root in roots.sorted() {
      let condition =
        """
        (a.charge_id IN (SELECT id FROM charge WHERE id = ?1 OR adjusts = ?1)
          OR a.credit_id IN (SELECT id FROM charge WHERE id = ?1 OR adjusts = ?1))
        """
      for row in try standing(condition, [root], on: day) {
        try takeBack(row, bookedOn: row.bookedOn, reason: reason)
      }
      try freeOfWriteOffs(root, on: day, reason: reason)
    }
  }

  /// Sets the rows of voided charges off against each other, so that what takes a charge back is
  /// never money that could go elsewhere.
  package func setOff(_ roots: Set<Int64>) throws {
    let rows = try SQLStatement(
      db,
      """
      SELECT c.id, o.open_fen, b.bill_on, b.booked_on
      FROM charge c JOIN charge_open o ON o.charge_id = c.id JOIN bill b ON b.bill_no = c.bill_no
      WHERE (c.id = ?1 OR c.adjusts = ?1) AND o.open_fen <> 0 ORDER BY c.id
      """)
    for root in roots.sorted() {
      var open: [OpenRow] = []
      rows.bind(1, root)
      while try rows.step() {
        open.append(
          OpenRow(
            id: rows.integer(0), open: rows.money(1), billOn: try rows.date(2),
            bookedOn: try rows.date(3)))
      }
      rows.reset()
      for note in open.indices where open[note].open < .zero {
        for charge in open.indices where open[charge].open > .zero {
          let amount = min(open[charge].open, try .zero - open[note].open)
          guard amount > .zero else { break }
          try setOff(open[note], on: open[charge], amount)
          open[note].open = try open[note].open + amount
          open[charge].open = try open[charge].open - amount
        }
      }
    }
  }

  private struct OpenRow {
    var id: Int64
    /// Below zero: owed to the tenant.
    var open: Money
    var billOn: CivilDate
    var bookedOn: CivilDate
  }

  private func setOff(_ note: OpenRow, on charge: OpenRow, _ amount: Money) throws {
    // The reversals may stand on a later day than the charge and its note.
    let freed = try String.fetchOne(
      db, sql: "SELECT max(booked_on) FROM allocation WHERE charge_id = ?", arguments: [charge.id])
    let day = max(note.billOn, charge.billOn)
    let booked = max(
      day, note.bookedOn, charge.bookedOn, freed.flatMap(CivilDate.init(iso:)) ?? day)
    try db.execute(
      sql: """
        INSERT INTO allocation (credit_id, charge_id, amount_fen, effective_on, booked_on, step)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        note.id, charge.id, amount.fen, "\(day)", "\(booked)",
        Allocation.Step.creditNote.rawValue,
      ])
  }

  /// Allocations that stand, in the order in which they were recorded.
  /// - Parameter condition: SQL over `a`, an allocation, with the arguments.
  package func standing(
    _ condition: String, _ arguments: StatementArguments, on day: CivilDate
  ) throws -> [Standing] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT a.id, a.amount_fen, a.booked_on, b.company_no, e.company_no
        FROM allocation a JOIN charge c ON c.id = a.charge_id JOIN bill b ON b.bill_no = c.bill_no
        LEFT JOIN payment_entry e ON e.payment_no = a.payment_no
        WHERE \(condition) AND a.reverses IS NULL
          AND NOT EXISTS (SELECT 1 FROM allocation v WHERE v.reverses = a.id)
        ORDER BY a.id
        """, arguments: arguments)
    return try rows.map { row in
      let recorded: String = row[2]
      guard let booked = CivilDate(iso: recorded) else {
        throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "'\(recorded)' is no day")
      }
      let company: String = row[3]
      let payee: String? = row[4]
      return Standing(
        id: row[0], amount: Money(fen: row[1]),
        bookedOn: max(
          booked, open.bookedOn(company, day), payee.map { open.bookedOn($0, day) } ?? day))
    }
  }

  /// - Parameter bookedOn: not before its own.
  package func takeBack(_ row: Standing, bookedOn: CivilDate, reason: String? = nil) throws {
    try db.execute(
      sql: """
        INSERT INTO allocation (payment_no, credit_id, deposit_id, opening_id, charge_id, amount_fen,
          effective_on, booked_on, step, reverses)
        SELECT payment_no, credit_id, deposit_id, opening_id, charge_id, -amount_fen, effective_on,
          ?, ?, id
        FROM allocation WHERE id = ?
        """, arguments: ["\(bookedOn)", Allocation.Step.void.rawValue, row.id])
    guard let reason else { return }
    try db.execute(
      sql: "INSERT INTO allocation_reason (allocation_id, reason) VALUES (?, ?)",
      arguments: [db.lastInsertedRowID, reason])
  }

  private func freeOfWriteOffs(_ root: Int64, on day: CivilDate, reason: String) throws {
    let standing = try Int64.fetchAll(
      db,
      sql: """
        SELECT w.id FROM write_off w JOIN charge c ON c.id = w.charge_id
        WHERE (c.id = ?1 OR c.adjusts = ?1) AND w.reverses IS NULL
          AND NOT EXISTS (SELECT 1 FROM write_off v WHERE v.reverses = w.id)
        ORDER BY w.id
        """, arguments: [root])
    for id in standing { try takeBack(writeOff: id, on: day, reason: reason) }
  }

  /// - Parameter id: of a write-off that stands.
  package func takeBack(writeOff id: Int64, on day: CivilDate, reason: String) throws {
    try db.execute(
      sql: """
        INSERT INTO write_off (charge_id, amount_fen, written_off_on, booked_on, reason, reverses)
        SELECT w.charge_id, -w.amount_fen, w.written_off_on,
          max(w.booked_on, ?2, coalesce(o.first_open, '')), ?3, w.id
        FROM write_off w JOIN charge c ON c.id = w.charge_id JOIN bill b ON b.bill_no = c.bill_no
        LEFT JOIN open_from o ON o.company_no = b.company_no WHERE w.id = ?1
        """, arguments: [id, "\(day)", reason])
  }
}
