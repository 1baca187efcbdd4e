import GRDB
import Shared

enum JournalStore {
  /// The vouchers of a period, company by company, in the order of days and documents.
  ///
  /// They are numbered by the month, so the whole of the first month is read.
  static func forEach(
    _ db: Database, in period: JournalPeriod, _ body: (JournalVoucher) throws -> Void
  ) throws {
    if let company = period.companyNo { try KnownNumber.require("company", company, "收款主体", db) }
    let documents = rank(JournalDocument.allCases.map(\.rawValue), "document")
    let roles = rank(Choice.accountRoles.map(\.code), "role")
    let rows = try SQLStatement(
      db,
      """
      SELECT j.company_no, j.booked_on, j.document, j.document_no, j.red, j.role,
        coalesce(j.account_code, a.code), \(AccountBalanceStore.name),
        j.property_no, j.tenant_no, t.name, j.contract_no, j.item, j.counterpart_no, j.fen
      FROM (SELECT company_no, booked_on, document, document_no, red, role, property_no, tenant_no,
          contract_no, item, counterpart_no, account_code, sum(amount_fen) AS fen
        FROM journal_entry
        WHERE booked_on >= ?1 AND booked_on <= ?2 AND (?3 IS NULL OR company_no = ?3)
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
        HAVING sum(amount_fen) <> 0) j
      LEFT JOIN account a ON a.role = j.role LEFT JOIN tenant t ON t.tenant_no = j.tenant_no
      ORDER BY j.company_no, j.booked_on, \(documents), j.document_no, j.red,
        (j.fen < 0) <> j.red, \(roles), j.tenant_no, j.contract_no, j.item, j.property_no,
        j.counterpart_no, j.account_code
      """)
    rows.bind(1, period.from?.month.first.description ?? "0000-00-00")
    rows.bind(2, period.to)
    rows.bind(3, period.companyNo)

    var voucher: JournalVoucher?
    func end() throws {
      guard let voucher, voucher.bookedOn >= period.from ?? voucher.bookedOn else { return }
      try body(voucher)
    }
    while try rows.step() {
      let next = try head(of: rows)
      if next != voucher {
        try end()
        let number =
          voucher.map { old in
            old.companyNo == next.companyNo && old.bookedOn.month == next.bookedOn.month
              ? old.number + 1 : 1
          } ?? 1
        voucher = next
        voucher?.number = number
      }
      voucher?.lines.append(line(of: rows))
    }
    try end()
  }

  private static func head(of rows: SQLStatement) throws -> JournalVoucher {
    guard let document = JournalDocument(rawValue: rows.text(2)) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "document '\(rows.text(2))'")
    }
    return JournalVoucher(
      companyNo: rows.text(0), bookedOn: try rows.date(1), number: 0, document: document,
      documentNo: rows.text(3), isRed: rows.integer(4) != 0)
  }

  /// A role without an account, which nobody can make by import, shows as itself.
  private static func line(of rows: SQLStatement) -> JournalVoucher.Line {
    JournalVoucher.Line(
      role: rows.text(5), accountCode: rows.optionalText(6) ?? rows.text(5),
      accountName: rows.optionalText(7) ?? rows.text(5), propertyNo: rows.optionalText(8),
      tenantNo: rows.optionalText(9), tenantName: rows.optionalText(10),
      contractNo: rows.optionalText(11), item: rows.optionalText(12),
      counterpartNo: rows.optionalText(13), amount: rows.money(14))
  }

  private static func rank(_ words: [String], _ column: String) -> String {
    let whens = words.enumerated().map { "WHEN '\($1)' THEN \($0)" }
    return "CASE j.\(column) \(whens.joined(separator: " ")) END"
  }
}

extension JournalVoucher {
  /// Whether two rows are of one voucher.
  fileprivate static func != (a: JournalVoucher, b: JournalVoucher?) -> Bool {
    guard let b else { return true }
    return a.companyNo != b.companyNo || a.bookedOn != b.bookedOn || a.document != b.document
      || a.documentNo != b.documentNo || a.isRed != b.isRed
  }
}
