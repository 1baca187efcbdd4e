import TestSupport
import Testing

@testable import Shared

/// Which contracts a change marks, so that the night looks at them.
struct BillingIndexTests {
  @Test(arguments: [
    ("UPDATE contract SET end_on = '2027-12-31' WHERE contract_no = 'C1'", "C1"),
    ("UPDATE contract SET status = 'archived' WHERE contract_no = 'C2'", "C2"),
    (
      "INSERT INTO contract (contract_no, tenant_no, property_no, start_on, end_on) "
        + "VALUES ('C9', 'T1', 'P1', '2026-01-01', '2026-12-31')", "C9"
    ),
    (
      "INSERT INTO contract_unit (contract_no, unit_no, from_on, area_m2_e6) "
        + "VALUES ('C2', 'U1', '2026-01-01', 1)", "C2"
    ),
    ("UPDATE contract_unit SET area_m2_e6 = 7", "C1"), ("DELETE FROM contract_unit", "C1"),
    (
      "INSERT INTO charge_term (contract_no, line, item, method, price_e6, per) "
        + "VALUES ('C2', 1, 'rent', 'fixed', 1, 'day')", "C2"
    ),
    ("UPDATE charge_term SET price_e6 = 7 WHERE contract_no = 'C3'", "C3"),
    ("DELETE FROM charge_term WHERE contract_no = 'C3'", "C3"),
    (
      "INSERT INTO price_step (contract_no, line, from_on, price_e6) "
        + "VALUES ('C3', 1, '2026-01-01', 1)", "C3"
    ),
    ("UPDATE price_step SET price_e6 = 7", "C1"), ("DELETE FROM price_step", "C1"),
    (
      "INSERT INTO rent_free (contract_no, item, from_on, to_on) "
        + "VALUES ('C3', '*', '2026-01-01', '2026-01-02')", "C3"
    ),
    ("UPDATE rent_free SET percent_e6 = 7", "C1"), ("DELETE FROM rent_free", "C1"),
    (
      "INSERT INTO opening_balance (contract_no, kind, item, due_on, amount_fen) "
        + "VALUES ('C3', 'receivable', 'ad', '2025-01-01', 1)", "C3"
    ),
    ("UPDATE opening_balance SET amount_fen = 7", "C2"), ("DELETE FROM opening_balance", "C2"),
    // A rate reaches the contracts with a term or an opening item of it.
    ("UPDATE fee_item SET tax_rate_e6 = 50000 WHERE item = 'mgmt'", "C2 C3"),
    ("UPDATE fee_item SET tax_rate_e6 = NULL WHERE item = 'rent'", "C1"),
    ("UPDATE fee_item SET tax_code = '1' WHERE item = 'rent'", "C1"),
    ("UPDATE fee_item SET tax_rate_e6 = 50000 WHERE item = 'ad'", ""),
    ("INSERT INTO tax_rate (item, from_on, tax_rate_e6) VALUES ('rent', '2026-01-01', 1)", "C1"),
    ("UPDATE tax_rate SET tax_rate_e6 = 7", "C2 C3"), ("DELETE FROM tax_rate", "C2 C3"),
    ("UPDATE property SET billing_from = '2026-06-01' WHERE property_no = 'P1'", "C1 C2"),
    ("UPDATE property SET company_no = 'WY' WHERE property_no = 'P2'", "C3"),
    // What no amount depends on marks nothing.
    ("UPDATE property SET name = 'x'", ""), ("UPDATE property SET billing_from = NULL", ""),
    ("UPDATE fee_item SET name = 'x', priority = 5", ""), ("UPDATE tenant SET name = 'x'", ""),
    ("UPDATE unit SET area_m2_e6 = 7", ""), ("UPDATE company SET name = 'x'", ""),
    ("UPDATE fee_item SET tax_rate_e6 = tax_rate_e6", ""),
    ("INSERT INTO tenant (tenant_no, name) VALUES ('T9', 'a')", ""),
  ])
  func aChangeMarksTheContractsThatItConcerns(_ sql: String, _ marked: String) throws {
    let books = try smallBooks()
    try books.run(sql)
    let found = try books.texts(
      "SELECT contract_no FROM billing_index WHERE changed = 1 ORDER BY 1")
    #expect(found.joined(separator: " ") == marked)
  }

  /// C1 has meter E1, a charge, an allocation and a part of pool G1; C3 has meter E2 and the other
  /// part. Nothing is marked.
  private func chargedBooks() throws -> FreshBooks {
    let books = try smallBooks()
    try books.run(
      """
      INSERT INTO meter (meter_no, property_no) VALUES ('E1', 'P1'), ('E2', 'P2'), ('E3', 'P1');
      INSERT INTO meter_install (meter_no, from_on, contract_no, line, tariff_no, open_reading_e6)
      VALUES ('E1', '2026-01-01', 'C1', 1, 'D1', 0), ('E2', '2026-01-01', 'C3', 1, 'D2', 0);
      INSERT INTO tariff (tariff_no, from_on, register, price_e6)
      VALUES ('D1', '2026-01-01', 'total', 1), ('D2', '2026-01-01', 'total', 1);
      INSERT INTO reading (meter_no, read_on, value_e6) VALUES ('E1', '2026-01-31', 0);
      INSERT INTO turnover_tier (contract_no, line, from_on, sales_from_fen, percent_e6)
      VALUES ('C1', 1, '2026-01-01', 0, 1);
      INSERT INTO late_fee_rule (property_no, item, from_on, rate_permille_e6)
      VALUES ('P2', '*', '2026-01-01', 1);
      INSERT INTO share_pool (pool_no, period, item, amount_fen, property_no)
      VALUES ('G1', '2026-01', 'mgmt', 100, 'P1');
      INSERT INTO share_division (pool_no, period, revision, divided_on, basis, amount_fen, own_fen,
        weight)
      VALUES ('G1', '2026-01', 0, '2026-02-01', 'area', 100, 0, 2);
      INSERT INTO share_part (division_id, contract_no, line, weight, amount_fen)
      VALUES (1, 'C3', 1, 1, 50);
      INSERT INTO bill (bill_no, kind, company_no, property_no, tenant_no, contract_no, bill_on,
        due_on, booked_on, month, serial, net_fen, tax_fen, amount_fen)
      VALUES ('B1', 'bill', 'CQ', 'P1', 'T1', 'C1', '2026-01-01', '2026-01-05', '2026-01-01',
        '2026-01', 1, 100, 9, 109);
      INSERT INTO charge (bill_no, contract_no, source, period_start, kind, line, item, period_end,
        tax_rate_e6, net_fen, tax_fen, amount_fen, explain)
      VALUES ('B1', 'C1', 'L1', '2026-01-01', 'base', 1, 'rent', '2026-01-31', 90000, 100, 9, 109,
        '');
      INSERT INTO payment (payment_no, property_no, paid_on, amount_fen)
      VALUES ('S1', 'P1', '2026-01-01', 1);
      UPDATE billing_index SET changed = 0;
      """)
    return books
  }

  private static let facts: [(sql: String, marked: String)] = [
    (
      """
      INSERT INTO turnover (contract_no, line, month, amount_fen)
      VALUES ('C3', 1, '2026-01', 1)
      """, "C3"
    ),
    (
      """
      INSERT INTO turnover_tier (contract_no, line, from_on, sales_from_fen, percent_e6)
      VALUES ('C3', 1, '2026-01-01', 0, 1)
      """, "C3"
    ),
    ("UPDATE turnover_tier SET percent_e6 = 7", "C1"),
    ("DELETE FROM turnover_tier", "C1"),
    (
      """
      INSERT INTO meter_install (meter_no, from_on, contract_no, line, tariff_no, open_reading_e6)
      VALUES ('E3', '2026-01-01', 'C3', 1, 'D1', 0)
      """, "C3"
    ),
    ("UPDATE meter_install SET close_reading_e6 = 7 WHERE meter_no = 'E1'", "C1"),
    // From one contract to another: both.
    ("UPDATE meter_install SET contract_no = 'C3' WHERE meter_no = 'E1'", "C1 C3"),
    ("DELETE FROM meter_install WHERE meter_no = 'E2'", "C3"),
    // Readings come by the million: their import marks the contracts, once.
    ("INSERT INTO reading (meter_no, read_on, value_e6) VALUES ('E2', '2026-01-31', 1)", ""),
    (
      """
      INSERT INTO reading_accepted (meter_no, read_on, reading_id, accepted_on)
      VALUES ('E1', '2026-01-31', 1, '2026-02-01')
      """, "C1"
    ),
    ("UPDATE meter SET digits = 6 WHERE meter_no = 'E2'", "C3"),
    ("UPDATE meter SET kind = 'water'", ""),
    ("UPDATE meter SET digits = NULL", ""),
    (
      """
      INSERT INTO tariff (tariff_no, from_on, register, price_e6)
      VALUES ('D2', '2026-06-01', 'total', 1)
      """, "C3"
    ),
    ("UPDATE tariff SET price_e6 = 7 WHERE tariff_no = 'D1'", "C1"),
    ("DELETE FROM tariff WHERE tariff_no = 'D1'", "C1"),
    (
      """
      INSERT INTO share_part (division_id, contract_no, line, weight, amount_fen)
      VALUES (1, 'C1', 1, 1, 50)
      """, "C1"
    ),
    (
      """
      INSERT INTO share_void (division_id, voided_on, reason)
      VALUES (1, '2026-02-02', 'a')
      """, "C3"
    ),
    // A pool that is not divided concerns nobody yet: each run looks for those.
    (
      """
      INSERT INTO share_pool (pool_no, period, item, amount_fen, property_no)
      VALUES ('G1', '2026-02', 'mgmt', 100, 'P1')
      """, ""
    ),
    (
      """
      INSERT INTO late_fee_rule (property_no, item, from_on, rate_permille_e6)
      VALUES ('P1', 'rent', '2026-01-01', 1)
      """, "C1 C2"
    ),
    ("UPDATE late_fee_rule SET rate_permille_e6 = 7", "C3"),
    ("DELETE FROM late_fee_rule", "C3"),
    (
      """
      INSERT INTO bill_event (bill_no, event, done_on, reason)
      VALUES ('B1', 'hold', '2026-01-06', 'a')
      """, "C1"
    ),
    (
      """
      INSERT INTO late_fee_waiver (charge_id, amount_fen, waived_on, reason)
      VALUES (1, 5, '2026-01-06', 'a')
      """, "C1"
    ),
    (
      """
      INSERT INTO payment_entry (payment_no, company_no, pays_any, booked_on)
      VALUES ('S1', 'CQ', 1, '2026-01-06');
      INSERT INTO allocation (payment_no, charge_id, amount_fen, effective_on, booked_on, step)
      VALUES ('S1', 1, 1, '2026-01-06', '2026-01-06', 'due')
      """, "C1"
    ),
    (
      """
      INSERT INTO write_off (charge_id, amount_fen, written_off_on, booked_on, reason)
      VALUES (1, 1, '2026-01-06', '2026-01-06', 'a')
      """, "C1"
    ),
    (
      """
      INSERT INTO charge (bill_no, contract_no, source, period_start, kind, revision, line, item,
        period_end, adjusts, voids, tax_rate_e6, net_fen, tax_fen, amount_fen, explain)
      VALUES ('B1', 'C1', 'L1', '2026-01-01', 'adjust', 1, 1, 'rent', '2026-01-31', 1, 1, 90000, -100, -9, -109, '')
      """, "C1"
    ),
    // An adjustment comes from the run itself, which has looked at the contract.
    (
      """
      INSERT INTO charge (bill_no, contract_no, source, period_start, kind, revision, line, item,
        period_end, adjusts, voids, tax_rate_e6, net_fen, tax_fen, amount_fen, explain)
      VALUES ('B1', 'C1', 'L1', '2026-01-01', 'adjust', 1, 1, 'rent', '2026-01-31', 1, 0, 90000, 100, 9, 109, '')
      """, ""
    ),
    (
      """
      INSERT INTO month_event (company_no, month, event, done_on)
      VALUES ('CQ', '2026-01', 'close', '2026-02-01')
      """, ""
    ),
  ]

  @Test(arguments: facts)
  func aFactMarksTheContractsThatItConcerns(_ sql: String, _ marked: String) throws {
    let books = try chargedBooks()
    try books.run(sql)
    let found = try books.texts(
      "SELECT contract_no FROM billing_index WHERE changed = 1 ORDER BY 1")
    #expect(found.joined(separator: " ") == marked)
  }

  @Test func aNewContractIsInTheIndexAndARemovedOneIsNot() throws {
    let books = try smallBooks()
    try books.run("DELETE FROM charge_term WHERE contract_no = 'C3'")
    try books.run("DELETE FROM contract WHERE contract_no = 'C3'")
    #expect(try books.texts("SELECT contract_no FROM billing_index ORDER BY 1") == ["C1", "C2"])
  }

  private func looked(_ selection: Look.Selection, _ books: FreshBooks) throws -> [String] {
    try books.books.read { db in
      try Look.at(db, selection)
      return try TestDatabase.texts(
        db, "SELECT contract_no || coalesce(' ' || since, '') FROM temp.look ORDER BY seq")
    }
  }

  @Test func aRunLooksAtWhatIsMarkedAndWhatIsDue() throws {
    let books = try smallBooks()
    try books.run(
      """
      UPDATE billing_index SET next_bill_on = '2026-03-01' WHERE contract_no = 'C1';
      UPDATE billing_index SET next_bill_on = '2026-04-01', changed = 1 WHERE contract_no = 'C2'
      """)
    #expect(try looked(.due(asOf: "2026-02-28", property: nil, contract: nil), books) == ["C2"])
    #expect(
      try looked(.due(asOf: "2026-03-01", property: nil, contract: nil), books)
        == ["C1 2026-03-01", "C2"])
    #expect(try looked(.due(asOf: "2026-03-01", property: nil, contract: "C1"), books).count == 1)
    #expect(try looked(.due(asOf: "2026-03-01", property: "P2", contract: nil), books) == [])
    #expect(try looked(.all(property: nil, contract: nil), books) == ["C1", "C2", "C3"])
    #expect(try looked(.all(property: "P2", contract: nil), books) == ["C3"])
    #expect(try looked(.changedWithCharges, books) == [])
  }
}
