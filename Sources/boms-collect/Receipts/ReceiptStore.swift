import GRDB
import Shared

/// Reads receipts as the pages on which they go out.
final class ReceiptStore {
  /// Which receipts; what is empty or nil does not narrow.
  struct Selection {
    /// Of payments or of receipts.
    var numbers: [String] = []
    /// The days on which they were issued.
    var from: CivilDate?
    var to: CivilDate?
    var tenantNo: String?
    var propertyNo: String?
    var companyNo: String?
    var asOf: CivilDate
  }

  private let db: Database
  private let selection: Selection
  private let lines: SQLStatement

  /// - Throws: `Failure` 66 for a number that the books do not know, 65 for a payment that has no
  ///   receipt.
  init(_ db: Database, _ selection: Selection) throws {
    self.db = db
    self.selection = selection
    lines = try SQLStatement(
      db,
      """
      SELECT b.bill_no, i.name, c.kind, i.kind = 'deposit', c.period_start, c.period_end,
        sum(a.amount_fen) AS paid
      FROM allocation a JOIN charge c ON c.id = a.charge_id JOIN bill b ON b.bill_no = c.bill_no
        JOIN fee_item i ON i.item = c.item
      WHERE a.payment_no = ?1 AND a.booked_on <= ?2 AND (NOT ?3 OR a.amount_fen > 0)
      GROUP BY c.id HAVING paid <> 0 ORDER BY b.due_on, b.bill_no, c.id
      """)
    for (table, number, zh) in [
      ("tenant", selection.tenantNo, "租户"), ("property", selection.propertyNo, "项目"),
      ("company", selection.companyNo, "收款主体"),
    ] {
      if let number { try KnownNumber.require(table, number, zh, db) }
    }
    try db.run("DROP TABLE IF EXISTS temp.chosen; CREATE TEMP TABLE chosen (receipt INTEGER)")
    for number in selection.numbers { try choose(number) }
  }

  private func choose(_ number: String) throws {
    let find = try SQLStatement(
      db,
      """
      INSERT INTO temp.chosen SELECT id FROM receipt
      WHERE (payment_no = ?1 OR receipt_no = ?1) AND issued_on <= ?2
      """)
    find.bind(1, number)
    find.bind(2, selection.asOf)
    if try find.run() > 0 { return }
    try KnownNumber.require("payment", number, "收款单", db)
    throw ValueError(
      "receipt.none",
      Phrase(
        "payment '\(number)' has no receipt on \(selection.asOf): nothing of it was allocated",
        "截至 \(selection.asOf)，收款单“\(number)”尚未核销，没有收据"),
      hint: Phrase(
        "'boms-collect run' allocates and numbers receipts", "请先执行 'boms-collect run' 核销并编号"))
  }

  private var condition: String {
    """
    r.issued_on <= ?1 AND (?2 IS NULL OR r.issued_on >= ?2) AND (?3 IS NULL OR r.issued_on <= ?3)
      AND (?4 IS NULL OR p.tenant_no = ?4) AND (?5 IS NULL OR p.property_no = ?5)
      AND (?6 IS NULL OR r.company_no = ?6)
      \(selection.numbers.isEmpty ? "" : "AND r.id IN (SELECT receipt FROM temp.chosen)")
    """
  }

  /// A query over the chosen receipts, with their payments and the tenants of these.
  private func chosen(_ columns: String, _ joins: String = "", order: String = "") throws
    -> SQLStatement
  {
    let rows = try SQLStatement(
      db,
      """
      SELECT \(columns) FROM receipt r
      JOIN (SELECT n.id, n.payment_no, n.paid_on, n.amount_fen, n.method, n.reference,
          n.payer_name, n.property_no, coalesce(n.tenant_no, (SELECT c.tenant_no
            FROM payment_claim c WHERE c.payment_no = n.payment_no
            ORDER BY c.id DESC LIMIT 1)) AS tenant_no
        FROM payment n) p ON p.payment_no = r.payment_no
      \(joins) WHERE \(condition) \(order)
      """)
    rows.bind(1, selection.asOf)
    rows.bind(2, selection.from)
    rows.bind(3, selection.to)
    rows.bind(4, selection.tenantNo)
    rows.bind(5, selection.propertyNo)
    rows.bind(6, selection.companyNo)
    return rows
  }

  func count() throws -> Int {
    let rows = try chosen("count(*)")
    return try rows.step() ? Int(rows.integer(0)) : 0
  }

  /// Calls `body` for each, in the order of the numbers.
  func forEach(_ body: (Receipt) throws -> Void) throws {
    let rows = try chosen(
      """
      r.receipt_no, r.issued_on, p.payment_no, p.paid_on, p.amount_fen, p.method, p.reference,
      p.payer_name, t.tenant_no, t.name, r.company_no, m.name, m.credit_code, y.name,
      v.voided_on, (SELECT coalesce(sum(l.amount_fen), 0)
        FROM refund_line l JOIN refund f ON f.id = l.refund_id
        WHERE l.payment_no = p.payment_no AND f.booked_on <= ?1)
      """,
      """
      JOIN tenant t ON t.tenant_no = p.tenant_no JOIN company m ON m.company_no = r.company_no
      JOIN property y ON y.property_no = p.property_no
      LEFT JOIN payment_void v ON v.payment_no = p.payment_no AND v.booked_on <= ?1
      """, order: "ORDER BY r.company_no, r.month, r.serial")
    while try rows.step() {
      var receipt = Receipt(
        receiptNo: rows.text(0), issuedOn: try rows.date(1), paymentNo: rows.text(2),
        paidOn: try rows.date(3), amount: rows.money(4), method: rows.optionalText(5),
        reference: rows.optionalText(6), payerName: rows.optionalText(7),
        tenantNo: rows.text(8), tenantName: rows.text(9), companyNo: rows.text(10),
        companyName: rows.text(11), taxNo: rows.optionalText(12), propertyName: rows.text(13),
        voidedOn: try rows.optionalDate(14), refunded: rows.money(15), lines: [])
      receipt.lines = try lines(of: receipt)
      try body(receipt)
    }
  }

  private func lines(of receipt: Receipt) throws -> [Receipt.Line] {
    lines.bind(1, receipt.paymentNo)
    lines.bind(2, selection.asOf)
    lines.bind(3, receipt.voidedOn == nil ? 0 : 1)
    defer { lines.reset() }
    var found: [Receipt.Line] = []
    while try lines.step() {
      found.append(
        Receipt.Line(
          billNo: lines.text(0), itemName: lines.text(1),
          kind: ChargeKind(rawValue: lines.text(2)) ?? .base, isDeposit: lines.integer(3) != 0,
          period: Period(try lines.date(4), try lines.date(5)), amount: lines.money(6)))
    }
    return found
  }
}
