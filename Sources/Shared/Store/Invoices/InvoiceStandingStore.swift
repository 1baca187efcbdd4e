import GRDB

/// The standing of invoices on a day: the one place where list, show, posting and deduction have it
/// from. Invoices without reds cost one look at their events; those with them are known beforehand.
package final class InvoiceStandingStore {
  /// What a query over `invoice i` selects first, for `standing(_:)`.
  package static let columns =
    """
    i.id, i.invoice_no, i.is_red, i.blue_no, i.issued_on, i.net_fen, i.tax_fen, i.gross_fen, i.file_id
    """
  package static let columnCount = 9

  package let day: CivilDate
  private let events: InvoiceEventStore
  private let byNumber: SQLStatement
  private let fileSums: SQLStatement
  /// The reds that had come by the day, by the number of their blue one.
  private var reds: [String: [InvoiceStanding.Member]] = [:]

  package init(_ db: Database, asOf day: CivilDate) throws {
    self.day = day
    events = try InvoiceEventStore(db)
    byNumber = try SQLStatement(
      db, "SELECT \(Self.columns) FROM invoice i WHERE invoice_no = ?1")
    fileSums = try SQLStatement(
      db, "SELECT net_fen, tax_fen, gross_fen FROM invoice_file WHERE id = ?1")
    let rows = try SQLStatement(
      db, "SELECT \(Self.columns) FROM invoice i WHERE blue_no IS NOT NULL AND is_red = 1")
    while try rows.step() {
      guard let red = try member(rows), let blueNo = red.blueNo else { continue }
      reds[blueNo, default: []].append(red)
    }
  }

  /// The standing of a row whose first columns are `columns`; nil if it had not come by the day.
  package func standing(_ row: SQLStatement) throws -> InvoiceStanding? {
    try member(row).map(standing)
  }

  /// - Returns: nil if there is no such invoice, or it had not come by the day.
  package func standing(of number: String) throws -> InvoiceStanding? {
    try member(number).map(standing)
  }

  /// - Returns: what the standing is made of, for what is made of several (nil as above).
  package func member(_ number: String) throws -> InvoiceStanding.Member? {
    byNumber.bind(1, number)
    defer { byNumber.reset() }
    return try byNumber.step() ? member(byNumber) : nil
  }

  /// The reds of a blue invoice that had come by the day.
  package func reds(of number: String) -> [InvoiceStanding.Member] { reds[number] ?? [] }

  private func standing(_ own: InvoiceStanding.Member) throws -> InvoiceStanding {
    guard own.isRed else { return try InvoiceStanding(own, reds: reds(of: own.number)) }
    guard let blueNo = own.blueNo else { return try InvoiceStanding(own) }
    return try InvoiceStanding(own, reds: reds(of: blueNo), blue: member(blueNo))
  }

  private func member(_ row: SQLStatement) throws -> InvoiceStanding.Member? {
    let history = InvoiceHistory(try events.events(of: row.integer(0), asOf: day), asOf: day)
    guard history.receivedOn != nil else { return nil }
    return InvoiceStanding.Member(
      number: row.text(1), isRed: row.integer(2) != 0, blueNo: row.optionalText(3),
      issuedOn: try row.optionalDate(4), sums: try sums(row, history), history: history)
  }

  /// The sums that counted on the day: the row has those of today, each file has its own.
  private func sums(_ row: SQLStatement, _ history: InvoiceHistory) throws -> InvoiceSums? {
    guard let fileID = history.fileID, fileID != row.optionalInteger(8) else {
      return InvoiceSums(row, from: 5)
    }
    fileSums.bind(1, fileID)
    defer { fileSums.reset() }
    return try fileSums.step() ? InvoiceSums(fileSums, from: 0) : nil
  }
}

extension InvoiceSums {
  /// Three columns of a row; nil where there are none.
  package init?(_ row: SQLStatement, from column: Int) {
    if row.isNull(column + 2) { return nil }
    self.init(
      net: row.money(column), tax: row.money(column + 1), gross: row.money(column + 2))
  }
}
