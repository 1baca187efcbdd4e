import GRDB
import Shared

/// Money that can go back, and what went back.
struct RefundStore {
  /// Whose money, or which.
  enum Subject {
    case tenant(String, propertyNo: String?, companyNo: String?)
    case payment(String)
    case creditNote(String)
  }

  /// Something of which money is left.
  struct Fund {
    var source: Allocation.Source
    var place: RefundPlace
    /// Nil: the money is nobody's.
    var tenantNo: String?
    var left: Money
  }

  private let db: Database
  private let open: OpenMonths

  init(_ db: Database) throws {
    self.db = db
    open = try OpenMonths(db)
  }

  /// The day on which a refund of the company is booked.
  func bookedOn(_ companyNo: String, _ day: CivilDate) -> CivilDate {
    open.bookedOn(companyNo, day)
  }

  // MARK: What is left

  /// - Throws: `Failure` 66 for a number that the books do not know.
  func requireKnown(_ subject: Subject) throws {
    switch subject {
    case .tenant(let tenantNo, let propertyNo, let companyNo):
      try KnownNumber.require("tenant", tenantNo, "租户", db)
      if let propertyNo { try KnownNumber.require("property", propertyNo, "项目", db) }
      if let companyNo { try KnownNumber.require("company", companyNo, "收款主体", db) }
    case .payment(let no): try KnownNumber.require("payment", no, "收款单", db)
    case .creditNote(let no):
      try KnownNumber.require("bill", no, "账单", db, listedBy: "bills")
    }
  }

  /// What is left from the day on, the oldest first. Of a tenant without what the demands of
  /// deposits were lowered by: that is refunded where it is named.
  func funds(_ subject: Subject, on day: CivilDate) throws -> [Fund] {
    let rows = try SQLStatement(
      db,
      """
      SELECT 'payment', p.payment_no, NULL, p.property_no, p.entry_company_no, p.tenant_no,
        p.paid_on AS since, 2 AS place
      FROM payment_owner p WHERE p.booked_on IS NOT NULL
        AND CASE WHEN ?2 IS NOT NULL THEN p.payment_no = ?2 ELSE p.tenant_no = ?1 END
      UNION ALL
      SELECT 'credit_note', b.bill_no, c.id, b.property_no, b.company_no, b.tenant_no, b.bill_on, 1
      FROM bill b JOIN charge c ON c.bill_no = b.bill_no AND c.amount_fen < 0
        JOIN fee_item i ON i.item = c.item
      WHERE CASE WHEN ?3 IS NOT NULL THEN b.bill_no = ?3
        ELSE b.tenant_no = ?1 AND i.kind <> 'deposit' END
      UNION ALL
      SELECT 'prepaid', contract_no, id, property_no, company_no, tenant_no, since, 0
      FROM prepaid_opening WHERE tenant_no = ?1
      ORDER BY since, place, 2, 3
      """)
    var (property, company): (String?, String?)
    switch subject {
    case .tenant(let no, let propertyNo, let companyNo):
      rows.bind(1, no)
      (property, company) = (propertyNo, companyNo)
    case .payment(let no): rows.bind(2, no)
    case .creditNote(let no): rows.bind(3, no)
    }
    let standing = try StandingBalance(db)
    var funds: [Fund] = []
    while try rows.step() {
      let place = RefundPlace(propertyNo: rows.text(3), companyNo: rows.text(4))
      if let property, property != place.propertyNo { continue }
      if let company, company != place.companyNo { continue }
      let booked = bookedOn(place.companyNo, day)
      let source: Allocation.Source
      let left: Money
      switch rows.text(0) {
      case "payment":
        source = .payment(rows.text(1))
        left = try standing.amount(of: .payment(rows.text(1)), from: booked)
      case "credit_note":
        source = .creditNote(rows.integer(2))
        left = try standing.amount(of: .creditNote(rows.integer(2)), from: booked)
      default:
        source = .prepaid(rows.integer(2))
        left = try standing.amount(of: .prepaid(rows.integer(2)), from: booked)
      }
      if left > .zero {
        funds.append(
          Fund(source: source, place: place, tenantNo: rows.optionalText(5), left: left))
      }
    }
    return funds
  }

  /// What the tenant still has to pay in the property.
  func open(_ tenantNo: String, _ propertyNo: String) throws -> (bills: Int, amount: Money) {
    let rows = try SQLStatement(
      db,
      """
      SELECT count(DISTINCT b.bill_no), coalesce(sum(o.open_fen), 0)
      FROM bill b JOIN charge c ON c.bill_no = b.bill_no JOIN charge_open o ON o.charge_id = c.id
      WHERE b.tenant_no = ? AND b.property_no = ? AND o.open_fen > 0
      """)
    rows.bind(1, tenantNo)
    rows.bind(2, propertyNo)
    _ = try rows.step()
    return (Int(rows.integer(0)), rows.money(1))
  }

  // MARK: Taking back

  enum TakenBack {
    /// By a new refund, below zero.
    case now(id: Int64, amount: Money)
    case before
    /// It takes that other one back itself.
    case isReversal(ofRefund: String)
  }

  /// Balances a refund that the bank sent back, line by line.
  func takeBack(_ refundNo: String, on day: CivilDate, reason: String) throws -> TakenBack {
    let rows = try SQLStatement(
      db,
      """
      SELECT r.id, r.property_no, r.company_no, r.tenant_no, r.amount_fen, r.method, r.reference,
        r.booked_on,
        (SELECT o.refund_no FROM refund o WHERE o.id = r.reverses),
        EXISTS (SELECT 1 FROM refund v WHERE v.reverses = r.id)
      FROM refund r WHERE r.refund_no = ?
      """)
    rows.bind(1, refundNo)
    _ = try rows.step()
    if let refundNo = rows.optionalText(8) { return .isReversal(ofRefund: refundNo) }
    if rows.integer(9) != 0 { return .before }
    let (original, amount) = (rows.integer(0), rows.money(4))
    let header = RefundLedgerStore.Header(
      companyNo: rows.text(2), propertyNo: rows.text(1), tenantNo: rows.optionalText(3),
      refundedOn: day, moneyBookedOn: try rows.date(7), method: rows.optionalText(5),
      reference: rows.optionalText(6), reason: reason)
    rows.reset()
    let appended = try RefundLedgerStore(db).takeBack(original, amount, header)
    return .now(id: appended.id, amount: try .zero - amount)
  }

  // MARK: Records

  /// The lines of a refund, in the order in which they were recorded.
  func records(of id: Int64) throws -> [[Cell]] {
    let columns = RefundLines.fields.map(\.column).joined(separator: ", ")
    let rows = try SQLStatement(
      db,
      "SELECT \(columns) FROM (\(RefundLines.select)) WHERE refund_id = ? ORDER BY line")
    rows.bind(1, id)
    var records: [[Cell]] = []
    while try rows.step() { records.append(rows.cells(RefundLines.fields.count)) }
    return records
  }
}
