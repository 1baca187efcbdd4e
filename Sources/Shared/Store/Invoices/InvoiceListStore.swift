import GRDB

/// The pool, invoice by invoice, as it stands on a day.
package struct InvoiceListStore {
  /// Which invoices; nil leaves open.
  package struct Filter {
    package var from: CivilDate?
    package var to: CivilDate?
    package var direction: String?
    package var kind: String?
    package var seller: String?
    package var buyer: String?
    package var companyNo: String?
    package var propertyNo: String?
    /// All of them must hold.
    package var statuses: [InvoiceStatus] = []

    package init() {}
  }

  private static let facts =
    """
    \(InvoiceStandingStore.columns), d.direction, i.kind, i.business, i.seller_tax_no,
    i.seller_name, i.buyer_tax_no, i.buyer_name, d.seller_company_no, d.buyer_company_no,
    (SELECT group_concat(DISTINCT rule) FROM invoice_finding n WHERE n.file_id = i.file_id)
    """

  private let db: Database
  private let standings: InvoiceStandingStore

  package init(_ db: Database, asOf day: CivilDate) throws {
    self.db = db
    standings = try InvoiceStandingStore(db, asOf: day)
  }

  /// One invoice; nil if it had not come by the day.
  package func listed<Result>(_ number: String, _ body: (Listed) throws -> Result) throws -> Result?
  {
    let row = try SQLStatement(
      db,
      """
      SELECT \(Self.facts) FROM invoice i JOIN invoice_direction d ON d.invoice_id = i.id
      WHERE i.invoice_no = ?1
      """)
    row.bind(1, number)
    guard try row.step(), let standing = try standings.standing(row) else { return nil }
    return try body(Listed(row: row, standing: standing))
  }

  /// Calls `body` with each invoice in the order of days and numbers.
  package func forEach(_ filter: Filter = Filter(), _ body: (Listed) throws -> Void) throws {
    let rows = try SQLStatement(
      db,
      """
      SELECT \(Self.facts) FROM invoice i JOIN invoice_direction d ON d.invoice_id = i.id
      WHERE (?1 IS NULL OR i.issued_on >= ?1) AND (?2 IS NULL OR i.issued_on <= ?2)
        AND (?3 IS NULL OR d.direction = ?3) AND (?4 IS NULL OR i.kind = ?4)
        AND (?5 IS NULL OR i.seller_tax_no = ?5 OR instr(i.seller_name, ?5) > 0)
        AND (?6 IS NULL OR i.buyer_tax_no = ?6 OR instr(i.buyer_name, ?6) > 0)
        AND (?7 IS NULL OR d.seller_company_no = ?7 OR d.buyer_company_no = ?7)
      ORDER BY i.issued_on, i.invoice_no
      """)
    rows.bind(1, filter.from)
    rows.bind(2, filter.to)
    rows.bind(3, filter.direction)
    rows.bind(4, filter.kind)
    rows.bind(5, filter.seller)
    rows.bind(6, filter.buyer)
    rows.bind(7, filter.companyNo)
    let property = try filter.propertyNo.map { try InvoicePropertyStore(db, propertyNo: $0) }
    while try rows.step() {
      guard let standing = try standings.standing(rows) else { continue }
      if let property, try !property.has(standing.history.matches) { continue }
      let listed = Listed(row: rows, standing: standing)
      if filter.statuses.allSatisfy({ $0.holds(standing, canBeDeducted: listed.canBeDeducted) }) {
        try body(listed)
      }
    }
  }

  /// An invoice in the list.
  package struct Listed {
    fileprivate let row: SQLStatement
    package let standing: InvoiceStanding

    private static let at = InvoiceStandingStore.columnCount

    package var gross: Money { standing.sums.gross }

    /// Whether its kind and its direction let tax of it be deducted.
    package var canBeDeducted: Bool {
      let direction = row.text(Self.at)
      guard direction == "in" || direction == "internal" else { return false }
      return DeductionCase.isDeductible(
        row.optionalText(Self.at + 1).flatMap(InvoiceKind.init),
        row.optionalText(Self.at + 2).flatMap(BusinessType.init))
    }

    /// In the order of `InvoiceFields.all`.
    package func cells() throws -> [Cell] {
      let facts = row.cells(Self.at + 10)
      let history = standing.history
      let sums = standing.isAwaiting ? nil : standing.sums
      let matches = history.matches.map { "\($0.kind):\($0.number)" }
      let rules = row.optionalText(Self.at + 9)?.split(separator: ",") ?? []
      return [facts[1]] + facts[Self.at...Self.at + 2] + facts[2...4]
        + facts[Self.at + 3...Self.at + 6]
        + [
          Cell(sums?.net), Cell(sums?.tax), Cell(sums?.gross), Cell(history.carrier?.rawValue),
          .integer(standing.isAwaiting ? 1 : 0), .integer(history.isInConflict ? 1 : 0),
          Cell(history.receivedOn), Cell(history.verification?.word.rawValue),
          Cell(history.bureauStatus?.word.rawValue), Cell(history.risk?.word.rawValue),
          Cell(history.lock?.word.rawValue), Cell(history.usage?.word.rawValue),
          .text(standing.reversal.rawValue), Cell(standing.reversed.gross),
        ] + (try use()) + facts[Self.at + 7...Self.at + 8]
        + [
          matches.isEmpty ? .null : .text(matches.joined(separator: ";")),
          rules.isEmpty ? .null : .text(rules.joined(separator: ";")),
        ]
    }

    /// 入账 and 抵扣.
    private func use() throws -> [Cell] {
      let (posting, deduction) = (standing.history.posting, standing.history.deduction)
      let gone = try deduction?.transfers.reduce(Money.zero) { try $0 + $1.tax }
      let due = try standing.transfersDue.reduce(Money.zero) { try $0 + $1.tax }
      return [
        .text(PostingState(standing).rawValue), Cell(posting?.voucher),
        Cell(posting?.period.description), Cell(posting?.sums.gross),
        Cell(standing.leftToPost.gross), Cell(standing.toReverse.gross),
        .text(DeductionState(standing).rawValue), Cell(deduction?.period.description),
        Cell(deduction?.tax), Cell(canBeDeducted ? standing.selectableTax : nil), Cell(gone),
        Cell(standing.isDeducted ? due : nil),
        Cell(standing.transfersDue.first?.month.description),
      ]
    }
  }
}
