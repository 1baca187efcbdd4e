import GRDB
import Shared

/// What of a bill can be given up, and the ledger of what was.
struct WriteOffStore {
  struct Charge {
    var id: Int64
    var item: String
    var isDeposit: Bool
    var companyNo: String
    /// What is open from the day on.
    var open: Money
  }

  /// A row of the ledger that nothing has taken back.
  struct Standing {
    var id: Int64
    var amount: Money
  }

  static let fields: [Field] = [
    .code("bill_no", "账单号"), .code("contract_no", "合同编号"), .code("tenant_no", "租户编号"),
    .code("company_no", "收款主体"), .code("item", "项目代码"), .date("period_start", "账期起"),
    .date("period_end", "账期止"), .money("charged", "价税合计"), .money("amount", "核销金额"),
    .date("written_off_on", "核销日"), .date("booked_on", "记账日"), .text("reason", "原因"),
  ]

  private let db: Database
  private let open: OpenMonths

  init(_ db: Database) throws {
    self.db = db
    open = try OpenMonths(db)
  }

  /// The charges above zero, in the order in which money pays them.
  /// - Throws: `Failure` 66 if there is no such bill.
  func charges(onBill billNo: String, asOf: CivilDate) throws -> [Charge] {
    try KnownNumber.require("bill", billNo, "账单", db, listedBy: "bills")
    let standing = try StandingBalance(db)
    let rows = try SQLStatement(
      db,
      """
      SELECT c.id, c.item, i.kind = 'deposit', b.company_no
      FROM charge c JOIN bill b ON b.bill_no = c.bill_no JOIN fee_item i ON i.item = c.item
      WHERE c.bill_no = ? AND c.amount_fen > 0
      ORDER BY c.source GLOB 'C[0-9]*', coalesce(i.priority, \(AccountStore.lastPriority)), c.id
      """)
    rows.bind(1, billNo)
    var charges: [Charge] = []
    while try rows.step() {
      let day = open.bookedOn(rows.text(3), asOf)
      charges.append(
        Charge(
          id: rows.integer(0), item: rows.text(1), isDeposit: rows.integer(2) != 0,
          companyNo: rows.text(3),
          open: try standing.amount(of: .charge(rows.integer(0)), from: day)))
    }
    return charges
  }

  func last() throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT max(id) FROM write_off") ?? 0
  }

  func add(_ amount: Money, of charge: Charge, on day: CivilDate, reason: String) throws {
    try db.execute(
      sql: """
        INSERT INTO write_off (charge_id, amount_fen, written_off_on, booked_on, reason)
        VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [
        charge.id, amount.fen, "\(day)", "\(open.bookedOn(charge.companyNo, day))", reason,
      ])
  }

  // MARK: Taking back

  func standing(of charges: [Charge]) throws -> [Standing] {
    let rows = try SQLStatement(
      db,
      """
      SELECT w.id, w.amount_fen FROM write_off w
      WHERE w.charge_id = ? AND w.reverses IS NULL
        AND NOT EXISTS (SELECT 1 FROM write_off v WHERE v.reverses = w.id)
      ORDER BY w.id
      """)
    var found: [Standing] = []
    for charge in charges {
      rows.bind(1, charge.id)
      while try rows.step() {
        found.append(Standing(id: rows.integer(0), amount: rows.money(1)))
      }
      rows.reset()
    }
    return found
  }

  /// The row that takes another back has its day, so that late fees are those of a charge that was
  /// never given up; in the books it stands on a day of its own.
  func takeBack(_ row: Standing, on day: CivilDate, reason: String) throws {
    try SettlementReversal(db).takeBack(writeOff: row.id, on: day, reason: reason)
  }

  // MARK: Records

  func records(after last: Int64) throws -> [[Cell]] {
    let rows = try SQLStatement(
      db,
      """
      SELECT c.bill_no, b.contract_no, b.tenant_no, b.company_no, c.item, c.period_start,
        c.period_end, c.amount_fen, w.amount_fen, w.written_off_on, w.booked_on, w.reason
      FROM write_off w JOIN charge c ON c.id = w.charge_id JOIN bill b ON b.bill_no = c.bill_no
      WHERE w.id > ? ORDER BY w.id
      """)
    rows.bind(1, last)
    var records: [[Cell]] = []
    while try rows.step() { records.append(rows.cells(WriteOffStore.fields.count)) }
    return records
  }
}
