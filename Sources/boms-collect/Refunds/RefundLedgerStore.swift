import GRDB
import Shared

/// The ledger of refunds (退款): money that goes back to a tenant, numbered per company and month.
final class RefundLedgerStore {
  struct Header {
    var companyNo: String
    var propertyNo: String
    /// Nil: the money was nobody's.
    var tenantNo: String?
    var refundedOn: CivilDate
    /// The day on which the newest of the money was booked: it does not go back before.
    var moneyBookedOn: CivilDate
    var method: String?
    /// Of the bank's transfer; each counts once per company.
    var reference: String?
    var reason: String
  }

  struct Line {
    /// A payment, a credit note, a deposit, or an opening balance.
    var source: Allocation.Source
    /// Above zero.
    var amount: Money
  }

  struct Appended {
    var id: Int64
    var refundNo: String
    var bookedOn: CivilDate
  }

  private let db: Database
  private let open: OpenMonths
  private let insert: SQLStatement
  private let insertLine: SQLStatement

  init(_ db: Database) throws {
    self.db = db
    open = try OpenMonths(db)
    insert = try SQLStatement(
      db,
      """
      INSERT INTO refund (refund_no, company_no, month, serial, property_no, tenant_no, refunded_on,
        booked_on, amount_fen, method, reference, reason, reverses)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    insertLine = try SQLStatement(
      db,
      """
      INSERT INTO refund_line (refund_id, payment_no, credit_id, deposit_id, opening_id, amount_fen)
      VALUES (?, ?, ?, ?, ?, ?)
      """)
  }

  /// - Parameter lines: at least one; of money of the header's company and tenant.
  /// - Throws: `refund.reference` if another refund that stands has the reference.
  func append(_ header: Header, _ lines: [Line]) throws -> Appended {
    try requireNew(header)
    let amount = try lines.reduce(Money.zero) { try $0 + $1.amount }
    let appended = try append(header, amount, reverses: nil)
    for line in lines { try append(line, to: appended.id) }
    return appended
  }

  /// Balances a refund, line by line.
  /// - Parameter amount: what went back.
  func takeBack(_ original: Int64, _ amount: Money, _ header: Header) throws -> Appended {
    let appended = try append(header, try .zero - amount, reverses: original)
    try db.execute(
      sql: """
        INSERT INTO refund_line (refund_id, payment_no, credit_id, deposit_id, opening_id, amount_fen)
        SELECT ?, payment_no, credit_id, deposit_id, opening_id, -amount_fen
        FROM refund_line WHERE refund_id = ? ORDER BY id
        """, arguments: [appended.id, original])
    return appended
  }

  private func requireNew(_ header: Header) throws {
    guard let reference = header.reference else { return }
    let other = try String.fetchOne(
      db,
      sql: """
        SELECT refund_no FROM refund r WHERE company_no = ? AND reference = ? AND reverses IS NULL
          AND NOT EXISTS (SELECT 1 FROM refund v WHERE v.reverses = r.id)
        """, arguments: [header.companyNo, reference])
    guard let other else { return }
    throw ValueError(
      "refund.reference",
      Phrase(
        "refund '\(other)' of company '\(header.companyNo)' has the reference '\(reference)'",
        "收款主体“\(header.companyNo)”的退款“\(other)”已使用流水号“\(reference)”"),
      hint: Phrase(
        "one transfer is one refund: see 'boms-export refunds'",
        "一笔转账只登记一次，可用 'boms-export refunds' 查看"))
  }

  private func append(
    _ header: Header, _ amount: Money, reverses: Int64?
  ) throws -> Appended {
    let bookedOn = max(open.bookedOn(header.companyNo, header.refundedOn), header.moneyBookedOn)
    let month = bookedOn.month
    let numbers = try NumberSeries(db, DocumentNumber.refund.series)
    let serial = try numbers.next(header.companyNo, month: month)
    try numbers.save()
    let number = DocumentNumber.refund.text(
      companyNo: header.companyNo, month: month, serial: serial)
    insert.bind(1, number)
    insert.bind(2, header.companyNo)
    insert.bind(3, month.description)
    insert.bind(4, serial)
    insert.bind(5, header.propertyNo)
    insert.bind(6, header.tenantNo)
    insert.bind(7, header.refundedOn)
    insert.bind(8, bookedOn)
    insert.bind(9, amount)
    insert.bind(10, header.method)
    insert.bind(11, header.reference)
    insert.bind(12, header.reason)
    insert.bind(13, reverses)
    try insert.run()
    return Appended(id: insert.lastInsertedRowID, refundNo: number, bookedOn: bookedOn)
  }

  private func append(_ line: Line, to refund: Int64) throws {
    for position: Int32 in 2...5 { insertLine.bind(position, null: ()) }
    insertLine.bind(1, refund)
    switch line.source {
    case .payment(let no): insertLine.bind(2, no)
    case .creditNote(let id): insertLine.bind(3, id)
    case .deposit(let id): insertLine.bind(4, id)
    case .prepaid(let id): insertLine.bind(5, id)
    case .other: break
    }
    insertLine.bind(6, line.amount)
    try insertLine.run()
  }
}
