import GRDB

/// Gives every payment of which something is allocated its receipt (收款收据), once.
///
/// Receipts are numbered by the day on which something of the payment was first allocated, and on a
/// day by the payments' numbers: so nights and one late run give the same numbers.
package enum ReceiptNumbers {
  /// - Returns: how many were issued.
  package static func issue(_ db: Database, property: String?) throws -> Int {
    let waiting = try SQLStatement(
      db,
      """
      SELECT p.payment_no, e.company_no, min(a.booked_on)
      FROM allocation a JOIN payment p ON p.payment_no = a.payment_no
        JOIN payment_entry e ON e.payment_no = p.payment_no
      WHERE a.amount_fen > 0 AND (?1 IS NULL OR p.property_no = ?1)
        AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.payment_no = a.payment_no)
        AND NOT EXISTS (SELECT 1 FROM payment_void v WHERE v.payment_no = a.payment_no)
      GROUP BY p.payment_no ORDER BY 3, 1
      """)
    waiting.bind(1, property)
    let numbers = try NumberSeries(db, DocumentNumber.receipt.series)
    let insert = try SQLStatement(
      db,
      """
      INSERT INTO receipt (receipt_no, payment_no, company_no, month, serial, issued_on)
      VALUES (?, ?, ?, ?, ?, ?)
      """)
    var issued = 0
    while try waiting.step() {
      let companyNo = waiting.text(1)
      let day = try waiting.date(2)
      let serial = try numbers.next(companyNo, month: day.month)
      insert.bind(
        1, DocumentNumber.receipt.text(companyNo: companyNo, month: day.month, serial: serial))
      insert.bind(2, waiting.text(0))
      insert.bind(3, companyNo)
      insert.bind(4, day.month.description)
      insert.bind(5, serial)
      insert.bind(6, day)
      try insert.run()
      issued += 1
    }
    try numbers.save()
    return issued
  }
}
