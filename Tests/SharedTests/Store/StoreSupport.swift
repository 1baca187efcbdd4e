import TestSupport

@testable import Shared

/// A fresh database in a folder of its own, which goes with this value.
final class FreshBooks {
  let workspace: Workspace
  let path: String
  let books: Books

  init() throws {
    workspace = try Workspace()
    path = workspace.file("m.db")
    _ = try Migration.apply(to: path, creating: true, wait: 1)
    books = try Books.open(path, wait: 1)
  }

  func run(_ sql: String) throws {
    try books.write { try $0.run(sql) }
  }

  func texts(_ sql: String) throws -> [String] {
    try books.read { try TestDatabase.texts($0, sql) }
  }
}

/// A property with three contracts: C1 has a term of rent, C2 an opening item of the fee, C3 a term
/// of the fee in another property. Nothing is marked.
func smallBooks() throws -> FreshBooks {
  let books = try FreshBooks()
  try books.run(
    """
    INSERT INTO company (company_no, name, credit_code) VALUES ('CQ', 'a', 'x'), ('WY', 'b', 'y');
    INSERT INTO property (property_no, name, company_no) VALUES ('P1', 'a', 'CQ'), ('P2', 'b', 'CQ');
    INSERT INTO unit (unit_no, property_no, area_m2_e6) VALUES ('U1', 'P1', 1000000);
    INSERT INTO tenant (tenant_no, name) VALUES ('T1', 'a');
    INSERT INTO fee_item (item, name, kind, tax_rate_e6) VALUES ('rent', 'a', 'rent', 90000),
      ('mgmt', 'b', 'service', 60000), ('ad', 'c', 'service', 60000);
    INSERT INTO contract (contract_no, tenant_no, property_no, start_on, end_on)
    VALUES ('C1', 'T1', 'P1', '2026-01-01', '2026-12-31'),
      ('C2', 'T1', 'P1', '2026-01-01', '2026-12-31'),
      ('C3', 'T1', 'P2', '2026-01-01', '2026-12-31');
    INSERT INTO contract_unit (contract_no, unit_no, from_on, area_m2_e6)
    VALUES ('C1', 'U1', '2026-01-01', 1000000);
    INSERT INTO charge_term (contract_no, line, item, method, price_e6, per)
    VALUES ('C1', 1, 'rent', 'fixed', 1000000, 'month'),
      ('C3', 1, 'mgmt', 'fixed', 1000000, 'month');
    INSERT INTO price_step (contract_no, line, from_on, price_e6)
    VALUES ('C1', 1, '2026-06-01', 2000000);
    INSERT INTO rent_free (contract_no, item, from_on, to_on)
    VALUES ('C1', 'rent', '2026-01-01', '2026-01-31');
    INSERT INTO opening_balance (contract_no, kind, item, due_on, amount_fen)
    VALUES ('C2', 'receivable', 'mgmt', '2025-12-01', 100);
    INSERT INTO tax_rate (item, from_on, tax_rate_e6) VALUES ('mgmt', '2026-06-01', 50000);
    UPDATE billing_index SET changed = 0;
    """)
  return books
}
