import GRDB
import Shared

/// Puts invoices and their files into the pool. Ids are given beforehand, so that no row has to be
/// written twice; rows come in the order of their keys.
final class InvoiceStore {
  /// What the pool knows of an invoice to which another file comes.
  struct Known {
    var id: Int64
    var carrier: Carrier
    var sums: Invoice.Sums?
    var issuedOn: CivilDate?
    var sellerTaxNo: String?
    var buyerTaxNo: String?
  }

  /// When and where a file came first.
  struct Sighting {
    var on: CivilDate
    var file: String
  }

  /// A file whose bytes are in the pool.
  struct Kept {
    var fileID: Int64
    var invoiceID: Int64
    var number: String
    var carrier: Carrier
  }

  private let lastIDs: SQLStatement
  private let findContent: SQLStatement
  private let findKept: SQLStatement
  private let findInvoice: SQLStatement
  private let firstFile: SQLStatement
  private let oneFile: SQLStatement
  private let fileOfCarrier: SQLStatement
  private let rulesOfFile: SQLStatement
  private let redsOfBlue: SQLStatement
  private let packing: FilePacking
  private let addContent: SQLStatement
  private let addInvoice: SQLStatement
  private let addFile: SQLStatement
  private let addLines: RowsInsert
  private let addExtras: RowsInsert
  private let addFinding: SQLStatement
  private let fill: SQLStatement
  private let complete: SQLStatement
  private let replace: SQLStatement
  /// The last ones that were given.
  var ids = IDs()

  struct IDs {
    fileprivate var content: Int64 = 0
    fileprivate var invoice: Int64 = 0
    fileprivate var file: Int64 = 0
  }

  init(_ db: Database) throws {
    func sealed(_ table: String, _ column: String, _ value: String, _ key: [String]) throws
      -> String
    {
      try SensitiveColumn.of(table, column)?.sealing(value, key: key, in: db) ?? value
    }
    packing = try FilePacking(db)
    lastIDs = try SQLStatement(
      db,
      """
      SELECT (SELECT max(id) FROM file_content), (SELECT max(id) FROM invoice),
        (SELECT max(id) FROM invoice_file)
      """)
    findContent = try SQLStatement(db, "SELECT id FROM file_content WHERE sha256 = ?1")
    findKept = try SQLStatement(
      db,
      """
      SELECT f.id, f.invoice_id, i.invoice_no, f.carrier FROM invoice_file f
      JOIN invoice i ON i.id = f.invoice_id WHERE f.content_id = ?1 ORDER BY f.id
      """)
    findInvoice = try SQLStatement(
      db,
      """
      SELECT id, carrier, net_fen, tax_fen, gross_fen, issued_on, seller_tax_no, buyer_tax_no
      FROM invoice WHERE invoice_no = ?1
      """)
    firstFile = try SQLStatement(
      db,
      """
      SELECT received_on, name, member FROM invoice_file WHERE invoice_id = ?1 ORDER BY id LIMIT 1
      """)
    oneFile = try SQLStatement(
      db, "SELECT received_on, name, member FROM invoice_file WHERE id = ?1")
    fileOfCarrier = try SQLStatement(
      db, "SELECT 1 FROM invoice_file WHERE invoice_id = ?1 AND carrier = ?2")
    rulesOfFile = try SQLStatement(
      db, "SELECT rule FROM invoice_finding WHERE file_id = ?1 ORDER BY seq")
    redsOfBlue = try SQLStatement(
      db,
      """
      SELECT net_fen, tax_fen, gross_fen FROM invoice
      WHERE blue_no = ?1 AND is_red = 1 AND gross_fen IS NOT NULL
      """)
    addContent = try SQLStatement(
      db,
      """
      INSERT INTO main.file_content (id, sha256, bytes, packing_id, size)
      VALUES (?1, ?2, \(try sealed("file_content", "bytes", "?3", ["?2"])), ?4, ?5)
      """)
    let columns = InvoiceRow.columns
    addInvoice = try SQLStatement(
      db,
      """
      INSERT INTO main.invoice (id, invoice_no, file_id, carrier, \(columns.joined(separator: ", ")))
      VALUES (?1, ?2, ?3, ?4,
        \(try columns.enumerated().map { try sealed("invoice", $1, "?\($0 + 5)", ["?2"]) }
          .joined(separator: ", ")))
      """)
    addFile = try SQLStatement(
      db,
      """
      INSERT INTO invoice_file (id, invoice_id, content_id, carrier, name, member, received_on,
        result, net_fen, tax_fen, gross_fen)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      """)
    addLines = RowsInsert(
      db,
      into: """
        invoice_line (file_id, line, item_name, spec, unit, quantity, price, net_fen, rate_kind,
          tax_rate_e6, tax_e6, gross_e6, tax_code, is_discount)
        """, columns: 14
    ) { value in "(\((1...14).map(value).joined(separator: ", ")))" }
    addExtras = RowsInsert(db, into: "main.invoice_extra (file_id, seq, path, text)", columns: 4) {
      value in
      let text = try sealed("invoice_extra", "text", value(4), [value(1), value(2)])
      return "(\(value(1)), \(value(2)), \(value(3)), \(text))"
    }
    addFinding = try SQLStatement(
      db,
      """
      INSERT INTO invoice_finding (file_id, seq, rule, level, field, line, value, message_en,
        message_zh)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      """)
    func update(_ value: (_ column: String, _ place: String) -> String) throws -> SQLStatement {
      let sets = try columns.enumerated().map { index, column in
        let new = try sealed("invoice", column, "?\(index + 4)", ["invoice_no"])
        return "\(column) = \(value(column, new))"
      }
      return try SQLStatement(
        db,
        """
        UPDATE main.invoice SET carrier = coalesce(?2, carrier), file_id = coalesce(?3, file_id),
          \(sets.joined(separator: ", ")) WHERE id = ?1
        """)
    }
    fill = try update { "coalesce(\($0), \($1))" }
    complete = try update { "coalesce(\($1), \($0))" }
    replace = try update { $1 }
  }

  /// Sees what others have added: at the start of each transaction.
  func begin() throws {
    defer { lastIDs.reset() }
    guard try lastIDs.step() else { return }
    ids = IDs(
      content: lastIDs.integer(0), invoice: lastIDs.integer(1), file: lastIDs.integer(2))
  }

  // MARK: What is known

  /// Where these bytes are, if they are there, and the files that have them; several only where a PDF
  /// was given several numbers.
  func kept(_ sha256: [UInt8]) throws -> (contentID: Int64?, files: [Kept]) {
    guard let content = try content(sha256) else { return (nil, []) }
    findKept.bind(1, content)
    defer { findKept.reset() }
    var kept: [Kept] = []
    while try findKept.step() {
      kept.append(
        Kept(
          fileID: findKept.integer(0), invoiceID: findKept.integer(1), number: findKept.text(2),
          carrier: Carrier(rawValue: findKept.text(3)) ?? .pdf))
    }
    return (content, kept)
  }

  private func content(_ sha256: [UInt8]) throws -> Int64? {
    sha256.withUnsafeBytes { findContent.bind(1, blob: $0) }
    defer { findContent.reset() }
    return try findContent.step() ? findContent.integer(0) : nil
  }

  func known(_ number: InvoiceNumber) throws -> Known? {
    findInvoice.bind(1, number.text)
    defer { findInvoice.reset() }
    guard try findInvoice.step() else { return nil }
    return Known(
      id: findInvoice.integer(0), carrier: Carrier(rawValue: findInvoice.text(1)) ?? .pdf,
      sums: Invoice.Sums(findInvoice, from: 2), issuedOn: try findInvoice.optionalDate(5),
      sellerTaxNo: findInvoice.optionalText(6), buyerTaxNo: findInvoice.optionalText(7))
  }

  func firstSighting(ofInvoice id: Int64) throws -> Sighting? { try sighting(firstFile, id) }

  func sighting(ofFile id: Int64) throws -> Sighting? { try sighting(oneFile, id) }

  private func sighting(_ query: SQLStatement, _ id: Int64) throws -> Sighting? {
    query.bind(1, id)
    defer { query.reset() }
    guard try query.step() else { return nil }
    let member = query.optionalText(2).map { "/" + $0 } ?? ""
    return Sighting(on: try query.date(0), file: query.text(1) + member)
  }

  /// Whether one of its files is of this kind.
  func hasFile(of invoiceID: Int64, _ carrier: Carrier) throws -> Bool {
    fileOfCarrier.bind(1, invoiceID)
    fileOfCarrier.bind(2, carrier.rawValue)
    return try fileOfCarrier.hasRow()
  }

  /// The rules that found something in a file when it came.
  func rules(ofFile id: Int64) throws -> [String] {
    rulesOfFile.bind(1, id)
    defer { rulesOfFile.reset() }
    var rules: [String] = []
    while try rulesOfFile.step() {
      let rule = rulesOfFile.text(0)
      if !rules.contains(rule) { rules.append(rule) }
    }
    return rules
  }

  /// The sums of the reds that name this blue invoice.
  func reds(of number: String) throws -> [Invoice.Sums] {
    redsOfBlue.bind(1, number)
    defer { redsOfBlue.reset() }
    var reds: [Invoice.Sums] = []
    while try redsOfBlue.step() {
      if let sums = Invoice.Sums(redsOfBlue, from: 0) { reds.append(sums) }
    }
    return reds
  }

  // MARK: What is new

  /// A file as it is to be kept.
  struct File {
    var name: String
    var member: String?
    var receivedOn: CivilDate
    var sha256: [UInt8]
    var bytes: [UInt8]
    /// Nil if the pool does not have the bytes.
    var contentID: Int64?
  }

  /// A new invoice and its first file.
  func add(_ invoice: Invoice, _ file: File, _ findings: [InvoiceFinding]) throws -> (
    invoiceID: Int64, fileID: Int64
  ) {
    ids.invoice += 1
    addInvoice.bind(1, ids.invoice)
    addInvoice.bind(2, invoice.number.text)
    addInvoice.bind(3, ids.file + 1)
    addInvoice.bind(4, invoice.carrier.rawValue)
    InvoiceRow.bind(invoice, to: addInvoice, from: 5)
    try addInvoice.run()
    return (ids.invoice, try add(file, of: ids.invoice, invoice, "new", findings))
  }

  /// A file of an invoice, with what it says.
  /// - Returns: its id.
  func add(
    _ file: File, of invoiceID: Int64, _ invoice: Invoice, _ result: String,
    _ findings: [InvoiceFinding]
  ) throws -> Int64 {
    let content = try file.contentID ?? addContent(file)
    ids.file += 1
    addFile.bind(1, ids.file)
    addFile.bind(2, invoiceID)
    addFile.bind(3, content)
    addFile.bind(4, invoice.carrier.rawValue)
    addFile.bind(5, file.name)
    addFile.bind(6, file.member)
    addFile.bind(7, file.receivedOn)
    addFile.bind(8, result)
    addFile.bind(9, invoice.sums?.net.fen)
    addFile.bind(10, invoice.sums?.tax.fen)
    addFile.bind(11, invoice.sums?.gross.fen)
    try addFile.run()
    let fileID = ids.file
    try addLines.run(invoice.lines) { index, line, statement, before in
      statement.bind(before + 1, fileID)
      statement.bind(before + 2, index + 1)
      line.bind(to: statement, from: before + 3)
    }
    try addExtras.run(invoice.extras) { index, extra, statement, before in
      statement.bind(before + 1, fileID)
      statement.bind(before + 2, index + 1)
      statement.bind(before + 3, extra.path)
      statement.bind(before + 4, extra.text)
    }
    for (index, finding) in findings.enumerated() { try add(finding, index + 1) }
    return ids.file
  }

  private func addContent(_ file: File) throws -> Int64 {
    ids.content += 1
    addContent.bind(1, ids.content)
    let kept = packing.packed(file.bytes)
    addContent.bind(4, kept.packingID)
    addContent.bind(5, file.bytes.count)
    try file.sha256.withUnsafeBytes { sha256 in
      try kept.bytes.withUnsafeBytes { bytes in
        addContent.bind(2, blob: sha256)
        addContent.bind(3, blob: bytes)
        try addContent.run()
      }
    }
    return ids.content
  }

  private func add(_ finding: InvoiceFinding, _ number: Int) throws {
    addFinding.bind(1, ids.file)
    addFinding.bind(2, number)
    addFinding.bind(3, finding.rule)
    addFinding.bind(4, finding.level.rawValue)
    addFinding.bind(5, finding.field)
    addFinding.bind(6, finding.line)
    addFinding.bind(7, finding.value)
    addFinding.bind(8, finding.message.en)
    addFinding.bind(9, finding.message.zh)
    try addFinding.run()
  }

  // MARK: What changes

  /// Whose values stand where two carriers have one.
  enum Change {
    /// Those that are there; only what is missing is filled in.
    case fill
    /// Those of this file; what it lacks stays.
    case complete
    /// Those of this file and nothing else: a conflict was settled for it.
    case replace
  }

  /// - Throws: `ValueError` `invoice.in-use` or `invoice.money` where the sums must stay.
  func update(_ invoiceID: Int64, by invoice: Invoice, fileID: Int64, _ change: Change) throws {
    let update =
      switch change {
      case .fill: fill
      case .complete: complete
      case .replace: replace
      }
    update.bind(1, invoiceID)
    update.bind(2, change == .fill ? nil : invoice.carrier.rawValue)
    update.bind(3, change == .fill ? nil : fileID)
    InvoiceRow.bind(invoice, to: update, from: 4)
    do { try update.run() } catch let error as DatabaseError {
      throw InvoiceRefusalStore.error(error) ?? error
    }
  }
}

extension Invoice.Line {
  /// Binds what a row has beyond its file and its place in it.
  fileprivate func bind(to statement: SQLStatement, from first: Int32) {
    statement.bind(first, written.itemName)
    statement.bind(first + 1, written.spec)
    statement.bind(first + 2, written.unit)
    statement.bind(first + 3, written.quantity)
    statement.bind(first + 4, written.price)
    statement.bind(first + 5, net?.fen)
    let rate = rate.map(\.stored)
    statement.bind(first + 6, rate?.kind)
    statement.bind(first + 7, rate?.rate)
    statement.bind(first + 8, tax)
    statement.bind(first + 9, gross)
    statement.bind(first + 10, written.taxCode)
    statement.bind(first + 11, isDiscount ? 1 : 0)
  }
}

extension LineRate {
  /// As a line stores it.
  fileprivate var stored: (kind: String, rate: Fixed?) {
    switch self {
    case .taxed(let rate): ("taxed", rate)
    case .zero: ("zero", .zero)
    case .exempt: ("exempt", nil)
    case .nontaxable: ("nontaxable", nil)
    case .masked: ("masked", nil)
    }
  }
}
