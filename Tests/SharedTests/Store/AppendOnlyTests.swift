import TestSupport
import Testing

@testable import Shared

/// What is recorded is never changed: the schema sees to it.
struct AppendOnlyTests {
  private func filled() throws -> FreshBooks {
    let books = try smallBooks()
    try books.run(
      """
      INSERT INTO bill (bill_no, kind, company_no, property_no, tenant_no, contract_no, bill_on,
        due_on, booked_on, month, serial, net_fen, tax_fen, amount_fen)
      VALUES ('B1', 'bill', 'CQ', 'P1', 'T1', 'C1', '2026-01-01', '2026-01-05', '2026-01-01',
        '2026-01', 1, 100, 9, 109);
      INSERT INTO charge (bill_no, contract_no, source, period_start, kind, line, item, period_end,
        tax_rate_e6, net_fen, tax_fen, amount_fen, explain)
      VALUES ('B1', 'C1', 'L1', '2026-01-01', 'base', 1, 'rent', '2026-01-31', 90000, 100, 9, 109,
        '');
      INSERT INTO meter (meter_no, property_no) VALUES ('E1', 'P1');
      INSERT INTO reading (meter_no, read_on, value_e6) VALUES ('E1', '2026-01-31', 0);
      INSERT INTO turnover (contract_no, line, month, amount_fen) VALUES ('C1', 1, '2026-01', 1);
      INSERT INTO payment (payment_no, property_no, paid_on, amount_fen)
      VALUES ('S1', 'P1', '2026-01-01', 1);
      INSERT INTO payment_line (payment_no, bill_no, amount_fen) VALUES ('S1', 'B1', 1);
      INSERT INTO payment_claim (payment_no, tenant_no, matched_by, claimed_on, booked_on)
      VALUES ('S1', 'T1', 'name', '2026-01-01', '2026-01-01');
      INSERT INTO payment (payment_no, property_no, tenant_no, paid_on, amount_fen)
      VALUES ('S2', 'P1', 'T1', '2026-01-01', 50);
      INSERT INTO opening_balance (contract_no, kind, item, due_on, amount_fen)
      VALUES ('C1', 'prepaid', 'rent', '2025-12-01', 7);
      INSERT INTO month_event (company_no, month, event, done_on)
      VALUES ('CQ', '2025-12', 'close', '2026-01-01');
      INSERT INTO share_pool (pool_no, period, item, amount_fen, property_no)
      VALUES ('G1', '2026-01', 'rent', 100, 'P1'), ('G2', '2026-01', 'rent', 100, 'P1');
      INSERT INTO share_division (pool_no, period, revision, divided_on, basis, amount_fen, own_fen,
        weight)
      VALUES ('G1', '2026-01', 0, '2026-02-01', 'area', 100, 0, 2);
      INSERT INTO share_part (division_id, contract_no, line, weight, amount_fen)
      VALUES (1, 'C1', 1, 2, 100);
      INSERT INTO reading_accepted (meter_no, read_on, reading_id, accepted_on)
      VALUES ('E1', '2026-01-31', 1, '2026-02-01');
      INSERT INTO bill_event (bill_no, event, done_on, reason)
      VALUES ('B1', 'hold', '2026-01-06', 'a');
      INSERT INTO late_fee_waiver (charge_id, amount_fen, waived_on, reason)
      VALUES (1, 5, '2026-01-06', 'a');
      INSERT INTO payment (payment_no, property_no, tenant_no, paid_on, amount_fen)
      VALUES ('S3', 'P1', 'T1', '2026-01-01', 50);
      INSERT INTO payment_entry (payment_no, company_no, pays_any, booked_on)
      VALUES ('S2', 'CQ', 1, '2026-01-01'), ('S3', 'CQ', 1, '2026-01-01');
      INSERT INTO allocation (payment_no, charge_id, amount_fen, effective_on, booked_on, step)
      VALUES ('S2', 1, 40, '2026-01-06', '2026-01-06', 'due');
      INSERT INTO allocation_reason (allocation_id, reason) VALUES (1, 'a');
      INSERT INTO receipt (receipt_no, payment_no, company_no, month, serial, issued_on)
      VALUES ('R1', 'S2', 'CQ', '2026-01', 1, '2026-01-06');
      INSERT INTO payment_void (payment_no, voided_on, booked_on, reason)
      VALUES ('S3', '2026-01-06', '2026-01-06', 'a');
      INSERT INTO refund (refund_no, company_no, month, serial, property_no, refunded_on, booked_on,
        amount_fen, reason)
      VALUES ('T1', 'CQ', '2026-01', 1, 'P1', '2026-01-07', '2026-01-07', 3, 'a');
      INSERT INTO refund_line (refund_id, payment_no, amount_fen) VALUES (1, 'S2', 3);
      INSERT INTO write_off (charge_id, amount_fen, written_off_on, booked_on, reason)
      VALUES (1, 2, '2026-01-08', '2026-01-08', 'a');
      INSERT INTO accrual (contract_no, company_no, item, month, revision, booked_on, earned_fen,
        straight_fen, explain)
      VALUES ('C1', 'CQ', 'rent', '2026-01', 0, '2026-01-31', 5, 0, '');
      """)
    return books
  }

  @Test(arguments: [
    "bill", "charge", "reading", "turnover", "payment", "payment_line", "month_event",
    "share_division", "share_part", "reading_accepted", "bill_event", "late_fee_waiver",
    "payment_claim", "payment_entry", "payment_void", "refund", "refund_line", "write_off",
    "accrual", "receipt", "allocation", "allocation_reason",
  ])
  func aLedgerTakesNeitherUpdateNorDelete(_ table: String) throws {
    let books = try filled()
    for sql in ["UPDATE \(table) SET id = id + 1", "DELETE FROM \(table)"] {
      let error = #expect(throws: BooksError.self) { try books.run(sql) }
      #expect(error?.message == "\(table) is append-only")
    }
    let rows = ["payment": "3", "payment_entry": "2"][table] ?? "1"
    #expect(try books.texts("SELECT count(*) FROM \(table)") == [rows])
  }

  @Test(arguments: [
    // A bill that does not add up, one of the wrong sign, one of another month.
    """
    INSERT INTO bill VALUES (NULL, 'B2', 'bill', 'CQ', 'P1', 'T1', 'C1', '2026-01-01',
      '2026-01-05', '2026-01-01', '2026-01', 2, 100, 9, 110)
    """,
    """
    INSERT INTO bill VALUES (NULL, 'B2', 'bill', 'CQ', 'P1', 'T1', 'C1', '2026-01-01',
      '2026-01-05', '2026-01-01', '2026-01', 2, -100, -9, -109)
    """,
    """
    INSERT INTO bill VALUES (NULL, 'B2', 'bill', 'CQ', 'P1', 'T1', 'C1', '2026-01-01',
      '2026-01-05', '2026-01-01', '2026-02', 2, 100, 9, 109)
    """,
    // The same number, and the same charge, again.
    """
    INSERT INTO bill VALUES (NULL, 'B2', 'bill', 'CQ', 'P1', 'T1', 'C1', '2026-01-01',
      '2026-01-05', '2026-01-01', '2026-01', 1, 100, 9, 109)
    """,
    """
    INSERT INTO charge (bill_no, contract_no, source, period_start, kind, line, item, period_end,
      tax_rate_e6, net_fen, tax_fen, amount_fen, explain)
    VALUES ('B1', 'C1', 'L1', '2026-01-01', 'base', 1, 'rent', '2026-01-31', 0, 1, 0, 1, '')
    """,
    // An adjustment that names nothing; a charge on no bill.
    """
    INSERT INTO charge (bill_no, contract_no, source, period_start, kind, revision, item,
      period_end, tax_rate_e6, net_fen, tax_fen, amount_fen, explain)
    VALUES ('B1', 'C1', 'L1', '2026-01-01', 'adjust', 1, 'rent', '2026-01-31', 0, 1, 0, 1, '')
    """,
    """
    INSERT INTO charge (bill_no, contract_no, source, period_start, kind, item, period_end,
      tax_rate_e6, net_fen, tax_fen, amount_fen, explain)
    VALUES ('B9', 'C1', 'L2', '2026-01-01', 'base', 'rent', '2026-01-31', 0, 1, 0, 1, '')
    """,
    // More than is left of the payment, of the charge, of what was prepaid; back more than was given.
    """
    INSERT INTO allocation (payment_no, charge_id, amount_fen, effective_on, booked_on, step)
    VALUES ('S2', 1, 11, '2026-01-01', '2026-01-01', 'order')
    """,
    """
    INSERT INTO allocation (opening_id, charge_id, amount_fen, effective_on, booked_on, step)
    VALUES (2, 1, 8, '2026-01-01', '2026-01-01', 'order')
    """,
    """
    INSERT INTO allocation (credit_id, charge_id, amount_fen, effective_on, booked_on, step)
    VALUES (1, 1, 1, '2026-01-01', '2026-01-01', 'order')
    """,
    """
    INSERT INTO payment (payment_no, property_no, tenant_no, paid_on, amount_fen)
    VALUES ('S4', 'P1', 'T1', '2026-01-01', 500);
    INSERT INTO payment_entry (payment_no, company_no, pays_any, booked_on)
    VALUES ('S4', 'CQ', 1, '2026-01-01');
    INSERT INTO allocation (payment_no, charge_id, amount_fen, effective_on, booked_on, step)
    VALUES ('S4', 1, 70, '2026-01-01', '2026-01-01', 'order')
    """,
    """
    INSERT INTO allocation (payment_no, charge_id, amount_fen, effective_on, booked_on, step,
      reverses)
    VALUES ('S2', 1, -41, '2026-01-01', '2026-01-01', 'order', 1)
    """,
    // Money that is not entered, that never was; back what is not there, or more than its like.
    """
    INSERT INTO payment (payment_no, property_no, tenant_no, paid_on, amount_fen)
    VALUES ('S4', 'P1', 'T1', '2026-01-01', 500);
    INSERT INTO allocation (payment_no, charge_id, amount_fen, effective_on, booked_on, step)
    VALUES ('S4', 1, 1, '2026-01-01', '2026-01-01', 'order')
    """,
    """
    INSERT INTO allocation (payment_no, charge_id, amount_fen, effective_on, booked_on, step)
    VALUES ('S3', 1, 1, '2026-01-01', '2026-01-01', 'order')
    """,
    """
    INSERT INTO allocation (payment_no, charge_id, amount_fen, effective_on, booked_on, step,
      reverses)
    VALUES ('S2', 1, -39, '2026-01-06', '2026-01-06', 'order', 1)
    """,
    "INSERT INTO refund_line (refund_id, payment_no, amount_fen) VALUES (1, 'S2', 8)",
    "INSERT INTO refund_line (refund_id, opening_id, amount_fen) VALUES (1, 1, 8)",
    "INSERT INTO payment_void VALUES (NULL, 'S2', '2026-01-09', '2026-01-09', 'a')",
    "INSERT INTO payment_void VALUES (NULL, 'S3', '2026-01-09', '2026-01-09', 'a')",
    """
    INSERT INTO write_off (charge_id, amount_fen, written_off_on, booked_on, reason)
    VALUES (1, 68, '2026-01-09', '2026-01-09', 'a')
    """,
    """
    INSERT INTO write_off (charge_id, amount_fen, written_off_on, booked_on, reason)
    VALUES (1, 3, '2025-12-31', '2025-12-31', 'a')
    """,
    // A claim of what has a tenant.
    """
    INSERT INTO payment_claim (payment_no, tenant_no, matched_by, claimed_on, booked_on)
    VALUES ('S2', 'T1', 'name', '2026-01-01', '2026-01-01')
    """,
    // A bill in a month that is closed.
    """
    INSERT INTO bill VALUES (NULL, 'B2', 'bill', 'CQ', 'P1', 'T1', 'C1', '2025-12-31',
      '2026-01-05', '2025-12-31', '2025-12', 2, 100, 9, 109)
    """,
    // A charge that is not an adjustment and takes one back.
    """
    INSERT INTO charge (bill_no, contract_no, source, period_start, kind, voids, line, item,
      period_end, tax_rate_e6, net_fen, tax_fen, amount_fen, explain)
    VALUES ('B1', 'C1', 'L1', '2026-02-01', 'base', 1, 1, 'rent', '2026-02-28', 0, 1, 0, 1, '')
    """,
    // A shared cost that has been divided, and a division beside one of the same revision.
    "UPDATE share_pool SET amount_fen = 7 WHERE pool_no = 'G1'",
    """
    INSERT INTO share_division (pool_no, period, revision, divided_on, basis, amount_fen, own_fen,
      weight)
    VALUES ('G1', '2026-01', 0, '2026-02-01', 'area', 100, 0, 2)
    """,
    // A waiver of nothing, an event without a reason, an allocation from nowhere.
    "INSERT INTO late_fee_waiver VALUES (NULL, 1, 0, '2026-01-06', 'a')",
    "INSERT INTO bill_event VALUES (NULL, 'B1', 'hold', '2026-01-06', '')",
    """
    INSERT INTO allocation (charge_id, amount_fen, effective_on, booked_on, step)
    VALUES (1, 1, '2026-01-06', '2026-01-06', 'due')
    """,
    // What a line or a contract with charges means.
    "UPDATE charge_term SET cycle_months = 3 WHERE contract_no = 'C1'",
    "UPDATE charge_term SET item = 'mgmt' WHERE contract_no = 'C1'",
    "UPDATE charge_term SET company_no = 'WY' WHERE contract_no = 'C1'",
    "UPDATE contract SET company_no = 'WY' WHERE contract_no = 'C1'",
    "UPDATE contract SET property_no = 'P2' WHERE contract_no = 'C1'",
    "UPDATE property SET company_no = 'WY' WHERE property_no = 'P1'",
  ])
  func theSchemaRefusesWhatMustNotBe(_ sql: String) throws {
    let books = try filled()
    let before = try TestDatabase.dump(books.path)
    #expect(throws: BooksError.self) { try books.run(sql) }
    let isSame = try TestDatabase.dump(books.path) == before
    #expect(isSame)
  }

  @Test func aChargeIsTakenBackOnce() throws {
    let books = try filled()
    func void(_ revision: Int) throws {
      try books.run(
        """
        INSERT INTO charge (bill_no, contract_no, source, period_start, kind, revision, line, item,
          period_end, adjusts, voids, tax_rate_e6, net_fen, tax_fen, amount_fen, explain)
        VALUES ('B1', 'C1', 'L1', '2026-01-01', 'adjust', \(revision), 1, 'rent', '2026-01-31', 1, 1,
          90000, -100, -9, -109, '')
        """)
    }
    try void(1)
    #expect(throws: BooksError.self) { try void(2) }
    // And may then be recorded again.
    try books.run(
      """
      INSERT INTO charge (bill_no, contract_no, source, period_start, kind, revision, line, item,
        period_end, tax_rate_e6, net_fen, tax_fen, amount_fen, explain)
      VALUES ('B1', 'C1', 'L1', '2026-01-01', 'base', 1, 1, 'rent', '2026-01-31', 90000, 100, 9,
        109, '')
      """)
  }

  @Test func aDivisionThatWasTakenBackFreesItsPool() throws {
    let books = try filled()
    try books.run("UPDATE share_pool SET amount_fen = 7 WHERE pool_no = 'G2'")
    try books.run("INSERT INTO share_void VALUES (NULL, 1, '2026-02-02', 'a')")
    try books.run("UPDATE share_pool SET amount_fen = 7 WHERE pool_no = 'G1'")
    #expect(throws: BooksError.self) {
      try books.run("INSERT INTO share_void VALUES (NULL, 1, '2026-02-03', 'a')")
    }
    #expect(throws: BooksError.self) { try books.run("DELETE FROM share_void") }
  }

  @Test func aReopenedMonthTakesBillsAgain() throws {
    let books = try filled()
    let bill = """
      INSERT INTO bill VALUES (NULL, 'B2', 'bill', 'CQ', 'P1', 'T1', 'C1', '2025-12-31',
        '2026-01-05', '2025-12-31', '2025-12', 1, 100, 9, 109)
      """
    #expect(throws: BooksError.self) { try books.run(bill) }
    #expect(try books.texts("SELECT first_open FROM open_from") == ["2026-01-01"])
    try books.run(
      """
      INSERT INTO month_event (company_no, month, event, done_on, reason)
      VALUES ('CQ', '2025-12', 'reopen', '2026-01-02', 'a')
      """)
    #expect(try books.texts("SELECT first_open FROM open_from") == ["2025-12-01"])
    try books.run(bill)
  }

  @Test func whatHasNoChargesMayStillChange() throws {
    let books = try filled()
    try books.run("UPDATE charge_term SET cycle_months = 3 WHERE contract_no = 'C3'")
    try books.run("UPDATE contract SET company_no = 'WY' WHERE contract_no = 'C3'")
    try books.run("UPDATE property SET company_no = 'WY' WHERE property_no = 'P2'")
    try books.run("UPDATE charge_term SET price_e6 = 5 WHERE contract_no = 'C1'")
  }
}
