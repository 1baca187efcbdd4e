import GRDB
import Shared

/// Reads bills as the pages on which they go out.
final class NoticeStore {
  /// Which bills; what is nil does not narrow.
  struct Selection {
    var billNo: String?
    /// The month of `bill_on`.
    var month: CivilMonth?
    var propertyNo: String?
    var tenantNo: String?
    var contractNo: String?
  }

  private let db: Database
  private let selection: Selection
  private let grouping: Notice.Grouping
  private let charges: SQLStatement
  private let units: SQLStatement

  /// - Throws: `noInput` if there is no such bill, property, tenant or contract.
  init(_ db: Database, _ selection: Selection, by grouping: Notice.Grouping) throws {
    self.db = db
    self.selection = selection
    self.grouping = grouping
    charges = try SQLStatement(
      db,
      """
      SELECT c.line, c.item, i.name, c.kind, c.period_start, c.period_end, c.tax_rate_e6, c.net_fen,
        c.tax_fen, c.amount_fen, c.explain
      FROM charge c JOIN fee_item i ON i.item = c.item WHERE c.bill_no = ? ORDER BY c.id
      """)
    units = try SQLStatement(
      db,
      """
      SELECT DISTINCT unit_no FROM contract_unit
      WHERE contract_no = ?1 AND from_on <= ?3 AND (to_on IS NULL OR to_on >= ?2) ORDER BY unit_no
      """)
    try BillStore.requireKnown(
      property: selection.propertyNo, contract: selection.contractNo, tenant: selection.tenantNo,
      db)
    if let billNo = selection.billNo, try count() == 0 {
      throw Failure(
        .noInput, Phrase("there is no bill '\(billNo)'", "没有编号为“\(billNo)”的账单"),
        hint: Phrase(
          "'boms-export bills --columns bill_no,tenant_name' lists them",
          "可用 'boms-export bills --columns bill_no,tenant_name' 查看"))
    }
  }

  /// How many bills are chosen.
  func count() throws -> Int {
    let rows = try chosen("SELECT count(*)", "")
    return try rows.step() ? Int(rows.integer(0)) : 0
  }

  /// Calls `body` for each page: by bill in the order of the numbers, by tenant in that of months,
  /// tenants and companies.
  func forEach(_ body: (Notice) throws -> Void) throws {
    let order =
      grouping == .bill
      ? "b.company_no, b.month, b.serial"
      : "substr(b.bill_on, 1, 7), b.tenant_no, b.company_no, b.contract_no, b.due_on, b.id"
    let rows = try chosen(
      """
      SELECT b.bill_no, b.kind, b.property_no, p.name, b.contract_no, c.brand, b.bill_on, b.due_on,
        b.net_fen, b.tax_fen, b.amount_fen, b.tenant_no, t.name, b.company_no, m.name, m.bank_name,
        m.bank_account, m.phone, m.address
      """,
      """
      JOIN property p ON p.property_no = b.property_no JOIN tenant t ON t.tenant_no = b.tenant_no
      JOIN contract c ON c.contract_no = b.contract_no JOIN company m ON m.company_no = b.company_no
      """, order: order)
    var waiting: Notice?
    while try rows.step() {
      let bill = try bill(rows)
      let number = number(of: bill, rows)
      if var notice = waiting, notice.number == number, grouping == .tenant {
        notice.bills.append(bill)
        notice.amounts = try notice.amounts + bill.amounts
        waiting = notice
        continue
      }
      if let notice = waiting { try body(notice) }
      waiting = Notice(
        number: number,
        payee: Payee(
          companyNo: rows.text(13), name: rows.text(14), bankName: rows.optionalText(15),
          bankAccount: rows.optionalText(16), phone: rows.optionalText(17),
          address: rows.optionalText(18)),
        tenantNo: rows.text(11), tenantName: rows.text(12), month: bill.billOn.month,
        grouping: grouping, bills: [bill], amounts: bill.amounts)
    }
    if let notice = waiting { try body(notice) }
  }

  private func number(of bill: Notice.Bill, _ row: SQLStatement) -> String {
    grouping == .bill ? bill.billNo : "\(row.text(11))-\(bill.billOn.month)-\(row.text(13))"
  }

  /// A query over the chosen bills.
  private func chosen(
    _ columns: String, _ joins: String, order: String? = nil
  ) throws -> SQLStatement {
    var conditions: [String] = []
    var values: [String] = []
    func add(_ condition: String, _ value: String?) {
      guard let value else { return }
      conditions.append(condition)
      values.append(value)
    }
    add("b.bill_no = ?", selection.billNo)
    add("b.property_no = ?", selection.propertyNo)
    add("b.tenant_no = ?", selection.tenantNo)
    add("b.contract_no = ?", selection.contractNo)
    add("b.bill_on >= ?", selection.month.map { "\($0.first)" })
    add("b.bill_on <= ?", selection.month.map { "\($0.last)" })
    let rows = try SQLStatement(
      db,
      "\(columns) FROM bill b \(joins)"
        + (conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND "))
        + (order.map { " ORDER BY \($0)" } ?? ""))
    for (index, value) in values.enumerated() { rows.bind(Int32(index + 1), value) }
    return rows
  }

  private func bill(_ row: SQLStatement) throws -> Notice.Bill {
    var bill = Notice.Bill(
      billNo: row.text(0), isCredit: row.text(1) == "credit_note", propertyNo: row.text(2),
      propertyName: row.text(3), contractNo: row.text(4), brand: row.optionalText(5), unitNos: [],
      billOn: try row.date(6), dueOn: try row.date(7),
      amounts: Amounts(net: row.money(8), tax: row.money(9), amount: row.money(10)), charges: [])
    bill.charges = try charges(of: bill.billNo)
    bill.unitNos = try unitNos(of: bill)
    return bill
  }

  private func charges(of billNo: String) throws -> [Notice.Charge] {
    charges.reset()
    charges.bind(1, billNo)
    var found: [Notice.Charge] = []
    while try charges.step() {
      found.append(
        Notice.Charge(
          line: charges.optionalInt(0), item: charges.text(1), itemName: charges.text(2),
          kind: ChargeKind(rawValue: charges.text(3)) ?? .base,
          period: Period(try charges.date(4), try charges.date(5)), taxRate: charges.fixed(6),
          amounts: Amounts(
            net: charges.money(7), tax: charges.money(8), amount: charges.money(9)),
          explain: charges.text(10)))
    }
    return found
  }

  private func unitNos(of bill: Notice.Bill) throws -> [String] {
    guard let first = bill.charges.map(\.period.from).min(),
      let last = bill.charges.map(\.period.to).max()
    else { return [] }
    units.reset()
    units.bind(1, bill.contractNo)
    units.bind(2, first)
    units.bind(3, last)
    var found: [String] = []
    while try units.step() { found.append(units.text(0)) }
    return found
  }
}
