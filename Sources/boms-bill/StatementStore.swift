import GRDB
import Shared

/// Reads what statements are made of: the one place that says what counts as charged and as paid.
///
/// Deposits are charges like others here, and payments count whole on the day on which they were
/// paid, whatever bills they are set against.
enum StatementStore {
  /// - Parameter number: of a tenant or of a contract; of both, the tenant's.
  static func statement(_ number: String, _ span: Period, _ db: Database) throws -> Statement {
    var statement = try subject(number, span, db)
    let entries = try SQLStatement(
      db,
      """
      \(part(of: statement))
      SELECT b.company_no, b.booked_on AS day, b.kind, b.bill_no, b.contract_no, b.due_on, NULL, NULL,
        b.net_fen, b.tax_fen, b.amount_fen, 0 AS place, b.id
      FROM bill b
      WHERE \(statement.contractNo == nil ? "b.tenant_no" : "b.contract_no") = ?1
        AND b.booked_on <= ?2
      UNION ALL
      SELECT x.company_no, p.paid_on, 'payment', p.payment_no,
        CASE WHEN min(x.contract_no) = max(x.contract_no) THEN min(x.contract_no) END, NULL, p.method,
        p.reference, NULL, NULL, sum(x.amount_fen), 1, p.id
      FROM part x JOIN payment p ON p.id = x.payment
      WHERE p.paid_on <= ?2 GROUP BY x.payment, x.company_no HAVING sum(x.amount_fen) <> 0
      ORDER BY 1, day, place, 13
      """)
    entries.bind(1, number)
    entries.bind(2, span.to)
    let items = try ItemsStatement(db)
    while try entries.step() {
      let companyNo = entries.text(0)
      if statement.sections.last?.payee.companyNo != companyNo {
        statement.sections.append(Statement.Section(payee: try payee(companyNo, db)))
      }
      var entry = try entry(entries)
      if entry.kind != .payment, entry.day >= span.from {
        entry.items = try items.items(of: entry.number)
      }
      try statement.sections[statement.sections.count - 1].add(entry, from: span.from)
    }
    return statement
  }

  /// Payments in parts: what their lines say of bills, and the rest.
  ///
  /// The company that was paid is the one that the payment names, else the one whose account the
  /// money came to, else that of the bill or contract it is for, else the property's. The contract
  /// is that of the bill, else the one that the payment names. Money without a tenant (待认领) is
  /// nobody's until it is matched or claimed.
  private static func part(of statement: Statement) -> String {
    let isTenant = statement.contractNo == nil
    // The payments that may be the tenant's, by their indexes; then those that are.
    let tenants =
      """
      p.id IN (SELECT t.id FROM payment t WHERE t.tenant_no = ?1
        UNION ALL SELECT t.id FROM payment_claim m JOIN payment t ON t.payment_no = m.payment_no
          WHERE m.tenant_no = ?1) AND p.tenant_no = ?1
      """
    let account =
      """
      (SELECT min(a.company_no) FROM company a
        WHERE replace(a.bank_account, ' ', '') = replace(p.our_account, ' ', ''))
      """
    return """
      WITH part AS (
        SELECT p.id AS payment, b.contract_no, l.amount_fen,
          coalesce(p.company_no, \(account), b.company_no) AS company_no
        FROM payment_owner p JOIN payment_line l ON l.payment_no = p.payment_no
          JOIN bill b ON b.bill_no = l.bill_no
        WHERE \(isTenant ? tenants : "p.tenant_no IS NOT NULL AND b.contract_no = ?1")
        UNION ALL
        SELECT p.id, coalesce(n.contract_no, p.contract_no),
          p.amount_fen - coalesce(
            (SELECT sum(l.amount_fen) FROM payment_line l JOIN bill b ON b.bill_no = l.bill_no
              WHERE l.payment_no = p.payment_no), 0),
          coalesce(p.company_no, \(account), n.company_no, c.company_no, r.company_no)
        FROM payment_owner p LEFT JOIN bill n ON n.bill_no = p.bill_no
          LEFT JOIN contract c ON c.contract_no = coalesce(n.contract_no, p.contract_no)
          JOIN property r ON r.property_no = p.property_no
        WHERE \(isTenant
          ? tenants
          : "p.tenant_no IS NOT NULL AND coalesce(n.contract_no, p.contract_no) = ?1"))
      """
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
    let kind = Statement.Entry.Kind(rawValue: row.text(2)) ?? .bill
    var entry = Statement.Entry(
      day: try row.date(1), kind: kind, number: row.text(3), contractNo: row.optionalText(4),
      dueOn: try row.optionalDate(5), method: row.optionalText(6), reference: row.optionalText(7))
    if kind == .payment {
      entry.paid = row.money(10)
    } else {
      entry.charged = Amounts(net: row.money(8), tax: row.money(9), amount: row.money(10))
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
