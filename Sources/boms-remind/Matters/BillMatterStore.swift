import GRDB
import Shared

/// 缴费提醒 and 逾期催缴: bills of which something is open and which are not on hold. Late fees are told
/// of with the bill that bears them; they are no matter of their own.
struct BillMatterStore: MatterSource {
  let scope: MatterScope

  /// A bill as its items are read.
  private struct Bill {
    var no: String
    var dueOn: CivilDate
    var amount = Money.zero
    var open = Money.zero
    var items: [(name: String, open: Money)] = []
    var facts: Matter.Facts
    var propertyNo: String
    var tenantNo: String

    mutating func add(_ item: String, _ amount: Money) throws {
      open = try open + amount
      items.append((item, amount))
    }
  }

  func forEach(_ body: (Matter) throws -> Void) throws {
    let held = try held()
    let lateFees = try lateFees()
    let rows = try rows()
    var bill: Bill?
    while try rows.step() {
      if bill?.no != rows.text(0) {
        if let bill, !held.contains(bill.no) { try body(matter(bill, lateFees[bill.no])) }
        bill = try read(rows)
      }
      try bill?.add(rows.text(1), rows.money(2))
    }
    if let bill, !held.contains(bill.no) { try body(matter(bill, lateFees[bill.no])) }
  }

  private func matter(_ bill: Bill, _ lateFee: Money?) -> Matter {
    let kind: ReminderKind =
      ReminderKind.overdue.isOpen(dueOn: bill.dueOn, asOf: scope.asOf)
      ? .overdue : .rentDue
    var matter = scope.matter(
      kind, bill.no, dueOn: bill.dueOn, propertyNo: bill.propertyNo, tenantNo: bill.tenantNo,
      bill.facts)
    matter.amount = bill.open
    matter.facts["open"] = .money(bill.open)
    matter.facts["items"] = .text(
      bill.items.map { "\($0.name) \($0.open.grouped)" }.joined(separator: "、"))
    if let lateFee, lateFee > .zero { matter.facts["late_fee"] = .money(lateFee) }
    return matter
  }

  private func read(_ row: SQLStatement) throws -> Bill {
    var facts: Matter.Facts = [
      "bill_no": .text(row.text(0)), "contract_no": .text(row.text(5)),
      "tenant_no": .text(row.text(6)), "tenant_name": .text(row.text(7)),
      "company_name": .text(row.text(8)), "amount": .money(row.money(11)),
    ]
    facts["bank_name"] = row.optionalText(9).map(Fact.text)
    facts["bank_account"] = row.optionalText(10).map(Fact.text)
    facts["company_phone"] = row.optionalText(12).map(Fact.text)
    return Bill(
      no: row.text(0), dueOn: try row.date(3), facts: facts, propertyNo: row.text(4),
      tenantNo: row.text(6))
  }

  /// What is open of each item of a bill, as open items have it.
  private func rows() throws -> SQLStatement {
    let rows = try SQLStatement(
      scope.db,
      """
      SELECT b.bill_no, i.name, sum(m.amount_fen) AS open_fen, b.due_on, b.property_no,
        b.contract_no, b.tenant_no, t.name, k.name, k.bank_name, k.bank_account, b.amount_fen,
        k.phone
      FROM charge_movement m JOIN charge c ON c.id = m.charge_id
      JOIN bill b ON b.bill_no = c.bill_no JOIN fee_item i ON i.item = c.item
      JOIN tenant t ON t.tenant_no = b.tenant_no JOIN company k ON k.company_no = b.company_no
      WHERE m.booked_on <= ?1 AND b.kind = 'bill' AND b.due_on <= ?2
        AND (?3 IS NULL OR b.property_no = ?3) AND c.source NOT GLOB 'C[0-9]*'
      GROUP BY b.bill_no, c.item HAVING open_fen <> 0
      ORDER BY b.bill_no, i.priority, c.item
      """)
    rows.bind(1, scope.asOf)
    rows.bind(2, scope.horizon(.rentDue))
    rows.bind(3, scope.property)
    return rows
  }

  /// What is open of late fees, by the bill that bears them.
  private func lateFees() throws -> [String: Money] {
    let rows = try SQLStatement(
      scope.db,
      """
      SELECT c.bill_no, sum(m.amount_fen) AS open_fen
      FROM charge_movement m JOIN charge f ON f.id = m.charge_id AND f.source GLOB 'C[0-9]*'
      JOIN charge c ON c.id = CAST(substr(f.source, 2) AS INTEGER)
      WHERE m.booked_on <= ?1 GROUP BY c.bill_no HAVING open_fen <> 0
      """)
    rows.bind(1, scope.asOf)
    var fees: [String: Money] = [:]
    while try rows.step() { fees[rows.text(0)] = rows.money(1) }
    return fees
  }

  private func held() throws -> Set<String> {
    let rows = try SQLStatement(
      scope.db,
      """
      SELECT bill_no FROM bill_event e WHERE event = 'hold' AND done_on <= ?1
        AND id = (SELECT max(id) FROM bill_event n
          WHERE n.bill_no = e.bill_no AND n.done_on <= ?1)
      """)
    rows.bind(1, scope.asOf)
    var held: Set<String> = []
    while try rows.step() { held.insert(rows.text(0)) }
    return held
  }
}
