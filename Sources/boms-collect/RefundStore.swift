import GRDB
import Shared

/// Appends refunds (退款): money that goes back to a tenant.
final class RefundStore {
  struct Header {
    var companyNo: String
    var propertyNo: String
    /// Nil: the money was nobody's.
    var tenantNo: String?
    var refundedOn: CivilDate
    /// The day on which the newest of the money was booked: it does not go back before.
    var moneyBookedOn: CivilDate
    var method: String?
    var reference: String?
    var reason: String
  }

  struct Line {
    /// A payment, a credit note, a deposit, or an opening balance.
    var source: Allocation.Source
    /// Above zero.
    var amount: Money
  }

  private let db: Database
  private let open: OpenMonths
  private let numbers: NumberSeries
  private let insert: SQLStatement
  private let insertLine: SQLStatement

  init(_ db: Database) throws {
    self.db = db
    open = try OpenMonths(db)
    numbers = try NumberSeries(db, "refund")
    insert = try SQLStatement(
      db,
      """
      INSERT INTO refund (refund_no, company_no, month, serial, property_no, tenant_no, refunded_on,
        booked_on, amount_fen, method, reference, reason)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    insertLine = try SQLStatement(
      db,
      """
      INSERT INTO refund_line (refund_id, payment_no, credit_id, deposit_id, opening_id, amount_fen)
      VALUES (?, ?, ?, ?, ?, ?)
      """)
  }

  /// - Parameter lines: at least one; of money of the header's company and tenant.
  /// - Returns: the refund's number, and the day on which it is booked.
  func append(
    _ header: Header, _ lines: [Line]
  ) throws -> (refundNo: String, bookedOn: CivilDate) {
    let bookedOn = max(open.bookedOn(header.companyNo, header.refundedOn), header.moneyBookedOn)
    let serial = try numbers.next(header.companyNo, month: bookedOn.month)
    let number = RefundNumber.text(
      companyNo: header.companyNo, month: bookedOn.month, serial: serial)
    insert.bind(1, number)
    insert.bind(2, header.companyNo)
    insert.bind(3, bookedOn.month.description)
    insert.bind(4, serial)
    insert.bind(5, header.propertyNo)
    insert.bind(6, header.tenantNo)
    insert.bind(7, header.refundedOn)
    insert.bind(8, bookedOn)
    insert.bind(9, try lines.reduce(Money.zero) { try $0 + $1.amount })
    insert.bind(10, header.method)
    insert.bind(11, header.reference)
    insert.bind(12, header.reason)
    try insert.run()
    let id = insert.lastInsertedRowID
    for line in lines { try append(line, to: id) }
    try numbers.save()
    return (number, bookedOn)
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
