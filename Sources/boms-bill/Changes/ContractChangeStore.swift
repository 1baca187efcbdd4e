import Shared

/// How a change of a contract changes its registers.
extension ContractStore {
  // MARK: Changing

  func terminate(on day: CivilDate) throws {
    let update = try SQLStatement(
      db, "UPDATE contract SET terminated_on = ?1 WHERE contract_no = ?2")
    update.bind(1, day)
    update.bind(2, contractNo)
    try update.run()
  }

  func closeLine(_ line: Int, on day: CivilDate) throws {
    let update = try SQLStatement(
      db, "UPDATE charge_term SET to_on = ?1 WHERE contract_no = ?2 AND line = ?3")
    update.bind(1, day)
    update.bind(2, contractNo)
    update.bind(3, line)
    try update.run()
  }

  func setFirstDue(ofLine line: Int, _ day: CivilDate) throws {
    let update = try SQLStatement(
      db, "UPDATE charge_term SET first_due_on = ?1 WHERE contract_no = ?2 AND line = ?3")
    update.bind(1, day)
    update.bind(2, contractNo)
    update.bind(3, line)
    try update.run()
  }

  /// Takes a line without charges away.
  func removeLine(_ line: Int) throws {
    for table in ["price_step", "charge_term"] {
      let delete = try SQLStatement(
        db, "DELETE FROM \(table) WHERE contract_no = ?1 AND line = ?2")
      delete.bind(1, contractNo)
      delete.bind(2, line)
      try delete.run()
    }
  }

  /// Lets rows of `table` after a day belong to another line.
  func moveRows(of table: String, after day: CivilDate, from line: Int, to other: Int) throws {
    let update = try SQLStatement(
      db,
      "UPDATE \(table) SET line = ?1 WHERE contract_no = ?2 AND line = ?3 AND from_on > ?4")
    update.bind(1, other)
    update.bind(2, contractNo)
    update.bind(3, line)
    update.bind(4, day)
    try update.run()
  }

  /// Gives another line the turnover tiers that are in force on a day, from that day on.
  func copyTiers(
    of line: Int, on day: CivilDate, to contract: String, _ other: Int, from: CivilDate
  ) throws {
    let insert = try SQLStatement(
      db,
      """
      INSERT INTO turnover_tier (contract_no, line, from_on, sales_from_fen, percent_e6)
      SELECT ?1, ?2, ?3, sales_from_fen, percent_e6 FROM turnover_tier
      WHERE contract_no = ?4 AND line = ?5 AND from_on = (
        SELECT max(from_on) FROM turnover_tier
        WHERE contract_no = ?4 AND line = ?5 AND from_on <= ?6)
      """)
    insert.bind(1, contract)
    insert.bind(2, other)
    insert.bind(3, from)
    insert.bind(4, contractNo)
    insert.bind(5, line)
    insert.bind(6, day)
    try insert.run()
  }

  /// Gives another line the newest reports of the months from a day's on.
  func copyReports(of line: Int, from day: CivilDate, to other: Int) throws {
    let insert = try SQLStatement(
      db,
      """
      INSERT INTO turnover (contract_no, line, month, amount_fen, reported_on)
      SELECT contract_no, ?1, month, amount_fen, reported_on FROM turnover t
      WHERE contract_no = ?2 AND line = ?3 AND month >= ?4 AND revision = (
        SELECT max(revision) FROM turnover n
        WHERE n.contract_no = t.contract_no AND n.line = t.line AND n.month = t.month)
      ORDER BY month
      """)
    insert.bind(1, other)
    insert.bind(2, contractNo)
    insert.bind(3, line)
    insert.bind(4, day.month.description)
    try insert.run()
  }

  func closeInstall(_ install: MeterInstall, on day: CivilDate, at reading: Fixed) throws {
    let update = try SQLStatement(
      db,
      """
      UPDATE meter_install SET to_on = ?1, close_reading_e6 = ?2
      WHERE meter_no = ?3 AND register = ?4 AND from_on = ?5
      """)
    update.bind(1, day)
    update.bind(2, reading)
    update.bind(3, install.meterNo)
    update.bind(4, install.register.rawValue)
    update.bind(5, install.fromOn)
    try update.run()
  }

  /// Puts a register of a meter in again where it was, as another line's or another contract's.
  func reopen(
    _ install: MeterInstall, in contract: String, line: Int, from day: CivilDate,
    at reading: Fixed
  ) throws {
    let insert = try SQLStatement(
      db,
      """
      INSERT INTO meter_install (meter_no, register, from_on, to_on, contract_no, line,
        multiplier_e6, tariff_no, open_reading_e6, close_reading_e6)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
      """)
    insert.bind(1, install.meterNo)
    insert.bind(2, install.register.rawValue)
    insert.bind(3, day)
    insert.bind(4, contract == contractNo ? install.toOn : nil)
    insert.bind(5, contract)
    insert.bind(6, line)
    insert.bind(7, install.multiplier)
    insert.bind(8, install.tariffNo)
    insert.bind(9, reading)
    insert.bind(10, contract == contractNo ? install.closeReading : nil)
    try insert.run()
  }

  // MARK: What is recorded

  /// The bill of a line's one-off charge; nil if it is not recorded, or taken back.
  func billNo(ofOnce line: Int) throws -> String? {
    let row = try SQLStatement(
      db,
      """
      SELECT bill_no FROM charge c
      WHERE contract_no = ?1 AND source = 'L' || ?2 AND kind = 'once' AND NOT EXISTS (
        SELECT 1 FROM charge v WHERE v.adjusts = c.id AND v.voids = 1)
      ORDER BY id DESC LIMIT 1
      """)
    row.bind(1, contractNo)
    row.bind(2, line)
    defer { row.reset() }
    return try row.step() ? row.text(0) : nil
  }

  /// What a run has recorded of the contract.
  func newRows(_ posted: BillStore.Posted) throws -> [ChangeRow] {
    try rows(
      """
      SELECT c.bill_no, c.line, c.item, c.period_start, c.period_end, b.bill_on, b.due_on,
        c.net_fen, c.tax_fen, c.amount_fen, c.explain, substr(c.source, 1, 1) = 'C'
      FROM charge c JOIN bill b ON b.bill_no = c.bill_no
      WHERE c.contract_no = ?1 AND c.id > ?2 ORDER BY c.id
      """, after: posted.lastChargeBefore
    ) { $0.integer(11) != 0 ? .lateFee : $0.money(9) < .zero ? .refund : .charge }
  }

  /// The contract's deposits as they were charged, with what adjusts them, and those of its opening
  /// balances; less what was deducted, moved on or given back of each.
  func deposits() throws -> [ChangeRow] {
    let charged = try rows(
      """
      SELECT c.bill_no, c.line, c.item, c.period_start, c.period_end, b.bill_on, b.due_on,
        sum(x.amount_fen - coalesce(l.used_fen, 0)), 0, sum(x.amount_fen - coalesce(l.used_fen, 0)),
        c.explain
      FROM charge c JOIN bill b ON b.bill_no = c.bill_no
      JOIN fee_item i ON i.item = c.item AND i.kind = 'deposit'
      JOIN charge x ON x.contract_no = c.contract_no AND (x.id = c.id OR x.adjusts = c.id)
      LEFT JOIN deposit_left l ON l.charge_id = x.id
      WHERE c.contract_no = ?1 AND c.id > ?2 AND c.adjusts IS NULL
      GROUP BY c.id ORDER BY c.id
      """, after: 0
    ) { _ in .deposit }
    let openings = try rows(
      """
      SELECT NULL, NULL, o.item, o.due_on, o.due_on, NULL, o.due_on, l.left_fen, 0, l.left_fen, ''
      FROM opening_balance o JOIN opening_left l ON l.opening_id = o.id
      WHERE o.contract_no = ?1 AND o.id > ?2 AND o.kind = 'deposit' ORDER BY o.due_on
      """, after: 0
    ) { _ in .deposit }
    return (charged + openings).filter { $0.amounts != .zero }
  }

  private func rows(
    _ sql: String, after id: Int64, kind: (SQLStatement) -> ChangeRow.Kind
  ) throws -> [ChangeRow] {
    let found = try SQLStatement(db, sql)
    found.bind(1, contractNo)
    found.bind(2, id)
    var rows: [ChangeRow] = []
    while try found.step() {
      let amounts = Amounts(net: found.money(7), tax: found.money(8), amount: found.money(9))
      var row = ChangeRow(contractNo, kind(found))
      row.billNo = found.optionalText(0)
      row.line = found.optionalInt(1)
      row.item = found.text(2)
      row.from = try found.date(3)
      row.to = try found.date(4)
      row.billOn = try found.optionalDate(5)
      row.dueOn = try found.date(6)
      row.amounts = amounts
      row.explain = found.text(10)
      rows.append(row)
    }
    return rows
  }

  // MARK: Renewals

  /// The contract that follows this one from a day on.
  func successor(from day: CivilDate) throws -> (contractNo: String, endOn: CivilDate)? {
    let row = try SQLStatement(
      db,
      """
      SELECT contract_no, end_on FROM contract
      WHERE previous_contract_no = ?1 AND start_on = ?2 AND status <> 'draft'
      ORDER BY contract_no LIMIT 1
      """)
    row.bind(1, contractNo)
    row.bind(2, day)
    defer { row.reset() }
    return try row.step() ? (row.text(0), try row.date(1)) : nil
  }
}
