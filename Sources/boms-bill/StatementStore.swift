import GRDB
import Shared

/// Reads what statements are made of: the one place that says what a tenant was charged and paid.
///
/// Everything counts by its day in the books, so that a statement of closed months never changes.
/// A write-off is no entry: the tenant still owes what the books gave up. What is held as a deposit
/// is not the tenant's balance either: its demand and what paid it are entries, and what of it pays a
/// charge later.
enum StatementStore {
  /// - Parameter number: of a tenant or of a contract; of both, the tenant's.
  static func statement(_ number: String, _ span: Period, _ db: Database) throws -> Statement {
    var statement = try subject(number, span, db)
    let entries = try SQLStatement(
      db,
      statement.contractNo == nil
        ? StatementEntriesStore.ofTenant : StatementEntriesStore.ofContract)
    entries.bind(1, number)
    entries.bind(2, span.to)
    let items = try ItemsStatement(db)
    while try entries.step() {
      let companyNo = entries.text(0)
      if statement.sections.last?.payee.companyNo != companyNo {
        statement.sections.append(Statement.Section(payee: try payee(companyNo, db)))
      }
      var entry = try entry(entries)
      if entry.charged != nil, entry.day >= span.from {
        entry.items = try items.items(of: entry.number)
      }
      try statement.sections[statement.sections.count - 1].add(entry, from: span.from)
    }
    return statement
  }

  private static func subject(
    _ number: String, _ span: Period, _ db: Database
  ) throws -> Statement {
    let rows = try SQLStatement(
      db,
      """
      SELECT tenant_no, name, NULL FROM tenant WHERE tenant_no = ?1
      UNION ALL
      SELECT t.tenant_no, t.name, c.contract_no
      FROM contract c JOIN tenant t ON t.tenant_no = c.tenant_no WHERE c.contract_no = ?1
      """)
    rows.bind(1, number)
    guard try rows.step() else {
      throw Failure(
        .noInput,
        Phrase(
          "there is no tenant and no contract '\(number)'", "没有编号为“\(number)”的租户或合同"),
        hint: Phrase(
          "'boms-export tenant --columns tenant_no,name' lists the tenants",
          "可用 'boms-export tenant --columns tenant_no,name' 查看租户"))
    }
    return Statement(
      tenantNo: rows.text(0), tenantName: rows.text(1), contractNo: rows.optionalText(2), span: span
    )
  }

  private static func payee(_ companyNo: String, _ db: Database) throws -> Payee {
    let rows = try SQLStatement(
      db,
      "SELECT name, bank_name, bank_account, phone, address FROM company WHERE company_no = ?")
    rows.bind(1, companyNo)
    guard try rows.step() else { return Payee(companyNo: companyNo, name: companyNo) }
    return Payee(
      companyNo: companyNo, name: rows.text(0), bankName: rows.optionalText(1),
      bankAccount: rows.optionalText(2), phone: rows.optionalText(3),
      address: rows.optionalText(4))
  }

  private static func entry(_ row: SQLStatement) throws -> Statement.Entry {
    guard let kind = Statement.Entry.Kind(rawValue: row.text(2)) else {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT, message: "entry '\(row.text(2))' is unknown")
    }
    var entry = Statement.Entry(
      day: try row.date(1), kind: kind, number: row.text(3), contractNo: row.optionalText(4),
      dueOn: try row.optionalDate(5), method: row.optionalText(6), reference: row.optionalText(7))
    if kind == .bill || kind == .creditNote {
      entry.charged = Amounts(net: row.money(8), tax: row.money(9), amount: row.money(10))
    } else {
      entry.paid = row.money(10)
    }
    return entry
  }

  /// What bills are for.
  private final class ItemsStatement {
    private let rows: SQLStatement

    init(_ db: Database) throws {
      rows = try SQLStatement(
        db,
        """
        SELECT i.name, min(c.period_start), max(c.period_end), c.source GLOB 'C[0-9]*' AS is_fee
        FROM charge c JOIN fee_item i ON i.item = c.item
        WHERE c.bill_no = ? GROUP BY c.item, is_fee ORDER BY min(c.id)
        """)
    }

    func items(of billNo: String) throws -> [Statement.Entry.Item] {
      rows.reset()
      rows.bind(1, billNo)
      var items: [Statement.Entry.Item] = []
      while try rows.step() {
        items.append(
          Statement.Entry.Item(
            name: rows.text(0) + (rows.integer(3) != 0 ? "（违约金）" : ""),
            period: Period(try rows.date(1), try rows.date(2))))
      }
      return items
    }
  }
}
