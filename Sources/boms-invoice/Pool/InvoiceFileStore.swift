import GRDB
import Shared

/// The files of invoices, with their bytes.
struct InvoiceFileStore {
  struct Kept {
    var id: Int64
    var carrier: Carrier
    var name: String
    var bytes: [UInt8]
  }

  let db: Database

  init(_ db: Database) {
    self.db = db
  }

  /// One file: that of an id, the first of a carrier, or the one whose values count.
  /// - Throws: `Failure` 66 if the invoice has none such, 74 if it is not what came any more.
  func file(
    of invoice: (id: Int64, number: String), carrier: Carrier? = nil, id: Int64? = nil
  ) throws -> Kept {
    let find = try SQLStatement(
      db,
      """
      SELECT f.id, f.carrier, coalesce(f.member, f.name), f.content_id FROM invoice_file f
      WHERE f.invoice_id = ?1 AND (?2 IS NULL OR f.carrier = ?2) AND f.id = coalesce(?3,
        CASE WHEN ?2 IS NULL THEN (SELECT file_id FROM invoice WHERE id = ?1) ELSE f.id END)
      ORDER BY f.id LIMIT 1
      """)
    find.bind(1, invoice.id)
    find.bind(2, carrier?.rawValue)
    find.bind(3, id)
    guard try find.step() else {
      let what = id.map { "\($0)" } ?? carrier?.rawValue ?? ""
      throw Failure(
        .noInput,
        Phrase(
          "invoice '\(invoice.number)' has no file '\(what)'",
          "发票“\(invoice.number)”没有文件“\(what)”"),
        hint: Phrase(
          "'boms-invoice show \(invoice.number)' lists its files",
          "可用 'boms-invoice show \(invoice.number)' 查看其文件"))
    }
    return Kept(
      id: find.integer(0), carrier: Carrier(rawValue: find.text(1)) ?? .pdf, name: find.text(2),
      bytes: try bytes(find.integer(3), of: (find.integer(0), invoice.number)))
  }

  private func bytes(
    _ contentID: Int64, of file: (id: Int64, invoice: String)
  ) throws -> [UInt8] {
    do {
      let content = try SQLStatement(
        db, "SELECT \(FilePacking.columns) FROM file_content WHERE id = ?1")
      content.bind(1, contentID)
      if try content.step() { return try FilePacking(db).bytes(content) }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {}
    throw Failure(
      .inputOutput,
      Phrase(
        "file \(file.id) of invoice '\(file.invoice)' is damaged: it is not what came",
        "发票“\(file.invoice)”的文件 \(file.id) 已损坏，与收到时不一致"),
      hint: Phrase(
        "a backup has it whole; 'boms-db check' names all that are damaged",
        "请从备份中取回；'boms-db check' 可列出所有损坏的文件"))
  }
}
