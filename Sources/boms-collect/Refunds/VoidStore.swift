import GRDB
import Shared

/// Reads what is to be taken back of a payment, and appends the rows that balance it.
struct VoidStore {
  struct Payment {
    var no: String
    var companyNo: String
    var amount: Money
    /// The day of its entry.
    var bookedOn: CivilDate
    var isVoid: Bool
    /// What of it went back, and by which refund last.
    var refunded: Money
    var refundNo: String?
    var receiptNo: String?
  }

  /// What the payment paid of a charge.
  struct Paid {
    var billNo: String
    var contractNo: String
  }

  private let db: Database
  private let open: OpenMonths

  init(_ db: Database) throws {
    self.db = db
    open = try OpenMonths(db)
  }

  func isPayment(_ number: String) throws -> Bool {
    try Int.fetchOne(
      db, sql: "SELECT 1 FROM payment WHERE payment_no = ?", arguments: [number]) != nil
  }

  func isRefund(_ number: String) throws -> Bool {
    try Int.fetchOne(
      db, sql: "SELECT 1 FROM refund WHERE refund_no = ?", arguments: [number]) != nil
  }

  /// Nil if it is not in the books.
  func payment(_ number: String) throws -> Payment? {
    let rows = try SQLStatement(
      db,
      """
      SELECT e.company_no, p.amount_fen, e.booked_on,
        EXISTS (SELECT 1 FROM payment_void v WHERE v.payment_no = p.payment_no),
        (SELECT coalesce(sum(l.amount_fen), 0) FROM refund_line l
          WHERE l.payment_no = p.payment_no),
        (SELECT f.refund_no FROM refund f JOIN refund_line l ON l.refund_id = f.id
          WHERE l.payment_no = p.payment_no AND f.reverses IS NULL
            AND NOT EXISTS (SELECT 1 FROM refund v WHERE v.reverses = f.id)
          ORDER BY f.id DESC LIMIT 1),
        (SELECT receipt_no FROM receipt r WHERE r.payment_no = p.payment_no)
      FROM payment p JOIN payment_entry e ON e.payment_no = p.payment_no WHERE p.payment_no = ?
      """)
    rows.bind(1, number)
    guard try rows.step() else { return nil }
    return Payment(
      no: number, companyNo: rows.text(0), amount: rows.money(1), bookedOn: try rows.date(2),
      isVoid: rows.integer(3) != 0, refunded: rows.money(4), refundNo: rows.optionalText(5),
      receiptNo: rows.optionalText(6))
  }

  // MARK: Voiding

  /// Takes back what the payment paid, then the payment: all on one day in the books, which is open
  /// for every company that has part in it and not before anything that is taken back.
  /// - Parameter inUse: the error for a deposit that was paid and is used.
  /// - Returns: the rows of `VoidRun.fields`.
  func void(
    _ payment: Payment, on day: CivilDate, reason: String, inUse: (Paid) -> ValueError
  ) throws -> [[Cell]] {
    let reversal = try SettlementReversal(db)
    let standing = try reversal.standing("a.payment_no = ?", [payment.no], on: day)
    let booked = standing.map(\.bookedOn)
      .reduce(max(open.bookedOn(payment.companyNo, day), payment.bookedOn)) { max($0, $1) }
    let before = try Int64.fetchOne(db, sql: "SELECT max(id) FROM allocation") ?? 0
    for row in standing {
      do {
        try reversal.takeBack(row, bookedOn: booked)
      } catch let error as DatabaseError where error.message == "allocation.deposit-used" {
        throw inUse(try paid(by: row.id))
      }
    }
    try db.execute(
      sql: """
        INSERT INTO payment_void (payment_no, voided_on, booked_on, reason) VALUES (?, ?, ?, ?)
        """, arguments: [payment.no, "\(day)", "\(booked)", reason])
    return try records(ofPayment: payment.no, after: before)
  }

  private func paid(by allocation: Int64) throws -> Paid {
    let rows = try SQLStatement(
      db,
      """
      SELECT c.bill_no, c.contract_no FROM allocation a JOIN charge c ON c.id = a.charge_id
      WHERE a.id = ?
      """)
    rows.bind(1, allocation)
    _ = try rows.step()
    return Paid(billNo: rows.text(0), contractNo: rows.text(1))
  }

  // MARK: Records

  private func records(ofPayment number: String, after last: Int64) throws -> [[Cell]] {
    let rows = try SQLStatement(
      db,
      """
      SELECT a.payment_no, 'payment', a.payment_no, b.bill_no, b.contract_no, b.tenant_no,
        b.company_no, c.item, a.amount_fen, a.effective_on, a.booked_on
      FROM allocation a JOIN charge c ON c.id = a.charge_id JOIN bill b ON b.bill_no = c.bill_no
      WHERE a.payment_no = ? AND a.id > ? ORDER BY a.id
      """)
    rows.bind(1, number)
    rows.bind(2, last)
    return try all(rows)
  }

  /// - Parameter number: of the refund that is taken back.
  func records(ofRefund id: Int64, _ number: String) throws -> [[Cell]] {
    let rows = try SQLStatement(
      db,
      """
      SELECT ?2, r.paid_by, r.paid_by_no, NULL, NULL, r.tenant_no, r.company_no, NULL,
        r.amount_fen, r.refunded_on, r.booked_on
      FROM (\(RefundLines.select)) r WHERE r.refund_id = ?1 ORDER BY r.line
      """)
    rows.bind(1, id)
    rows.bind(2, number)
    return try all(rows)
  }

  private func all(_ rows: SQLStatement) throws -> [[Cell]] {
    var records: [[Cell]] = []
    while try rows.step() { records.append(rows.cells(VoidRun.fields.count)) }
    return records
  }
}
