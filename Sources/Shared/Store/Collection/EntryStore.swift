import GRDB

/// Takes payments into the books (入账): each once, in the month of its day, or in the first open month
/// if that is closed.
package final class EntryStore {
  private let db: Database
  private let companies: PaymentCompanies
  private let open: OpenMonths
  private let insert: SQLStatement

  package init(_ db: Database) throws {
    self.db = db
    companies = try PaymentCompanies(db)
    open = try OpenMonths(db)
    insert = try SQLStatement(
      db,
      """
      INSERT INTO payment_entry (payment_no, company_no, pays_any, booked_on) VALUES (?, ?, ?, ?)
      """)
  }

  /// Enters every payment that is not, in the order of their days and numbers.
  /// - Parameter tenant: only those that name the tenant, or that were claimed for it.
  /// - Returns: the numbers of those entered, each with its day in the books.
  @discardableResult
  package func enter(
    asOf: CivilDate, property: String?, tenant: String? = nil
  ) throws -> [String: CivilDate] {
    let rows = try waiting(
      """
      paid_on <= ?1 AND (?2 IS NULL OR property_no = ?2)
        AND (?3 IS NULL OR EXISTS (SELECT 1 FROM payment_owner o
          WHERE o.payment_no = p.payment_no AND o.tenant_no = ?3))
      """)
    rows.bind(1, asOf)
    rows.bind(2, property)
    rows.bind(3, tenant)
    return try enter(rows)
  }

  /// Enters one payment, whatever its day, if it is not entered: something is decided about it.
  package func enter(_ paymentNo: String) throws {
    let rows = try waiting("payment_no = ?1")
    rows.bind(1, paymentNo)
    _ = try enter(rows)
  }

  private func waiting(_ condition: String) throws -> SQLStatement {
    try SQLStatement(
      db,
      """
      SELECT payment_no, property_no, paid_on, company_no, our_account, contract_no, bill_no
      FROM payment p WHERE \(condition) AND amount_fen > 0
        AND NOT EXISTS (SELECT 1 FROM payment_entry e WHERE e.payment_no = p.payment_no)
      ORDER BY paid_on, payment_no
      """)
  }

  private func enter(_ rows: SQLStatement) throws -> [String: CivilDate] {
    var entered: [String: CivilDate] = [:]
    while try rows.step() {
      let found = try companies.company(
        of: .init(
          companyNo: rows.optionalText(3), ourAccount: rows.optionalText(4),
          billNo: rows.optionalText(6), contractNo: rows.optionalText(5),
          propertyNo: rows.text(1)))
      let day = open.bookedOn(found.companyNo, try rows.date(2))
      insert.bind(1, rows.text(0))
      insert.bind(2, found.companyNo)
      insert.bind(3, found.paysAny ? 1 : 0)
      insert.bind(4, day)
      try insert.run()
      entered[rows.text(0)] = day
    }
    return entered
  }
}
