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
    #expect(try looked(.changed, books) == ["C2"])
    #expect(try looked(.changedWithCharges, books) == [])
  }
}
