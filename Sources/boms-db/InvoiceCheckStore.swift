import GRDB
import Shared

extension CheckStore {
  /// What must hold of the pool of invoices.
  static let invoices: [Rule] = [
    rule(
      "invoice.events",
      """
      SELECT i.invoice_no FROM invoice i LEFT JOIN (
        SELECT invoice_id, min(seq) AS first, max(seq) AS last, count(*) AS rows,
          min(CASE kind WHEN 'received' THEN seq END) AS received,
          sum(kind = 'received') AS arrivals
        FROM invoice_event GROUP BY invoice_id) e ON e.invoice_id = i.id
      WHERE e.rows IS NULL OR e.first <> 1 OR e.last <> e.rows OR e.received IS NOT 1
        OR e.arrivals <> 1
      """,
      Phrase(
        "its events have a gap, or do not begin with its first file",
        "事件序列有缺口，或不以收到首份文件开始")),
    rule(
      "invoice.files",
      """
      SELECT i.invoice_no FROM invoice i
      LEFT JOIN invoice_file f ON f.id = i.file_id AND f.invoice_id = i.id
      WHERE f.id IS NULL OR f.carrier <> i.carrier OR f.gross_fen IS NOT i.gross_fen
        OR f.net_fen IS NOT i.net_fen OR f.tax_fen IS NOT i.tax_fen
      UNION
      SELECT i.invoice_no FROM invoice_event e JOIN invoice i ON i.id = e.invoice_id
      LEFT JOIN invoice_file f ON f.id = e.file_id
      WHERE e.file_id IS NOT NULL AND f.invoice_id IS NOT e.invoice_id
      """,
      Phrase(
        "it is not what the file says whose values count, or names a file of another invoice",
        "与所依据文件的内容不符，或指向其他发票的文件")),
    rule(
      "invoice.uses",
      """
      SELECT DISTINCT i.invoice_no FROM (
        SELECT invoice_id, kind, lag(kind) OVER (PARTITION BY invoice_id,
          kind IN ('posted', 'unposted') ORDER BY seq) AS before
        FROM invoice_event WHERE kind IN ('posted', 'unposted', 'deducted', 'undeducted')) u
      JOIN invoice i ON i.id = u.invoice_id
      WHERE (u.kind = 'posted' AND u.before = 'posted')
        OR (u.kind = 'unposted' AND u.before IS NOT 'posted')
        OR (u.kind = 'deducted' AND u.before = 'deducted')
        OR (u.kind = 'undeducted' AND u.before IS NOT 'deducted')
      UNION
      SELECT i.invoice_no FROM invoice_event e JOIN invoice i ON i.id = e.invoice_id
      WHERE e.kind IN ('posted', 'deducted', 'selected') AND i.carrier = 'pdf'
      """,
      Phrase(
        "it is posted or deducted twice, or without its original", "重复入账或抵扣，或未收到原件即使用")),
    rule(
      "invoice.transfers",
      """
      SELECT i.invoice_no FROM invoice i JOIN (
        SELECT e.invoice_id, sum(CASE e.kind WHEN 'deducted' THEN e.tax_fen ELSE -e.tax_fen END)
          AS kept
        FROM invoice_event e
        WHERE e.kind IN ('deducted', 'transferred_out') AND e.seq >= (
          SELECT max(d.seq) FROM invoice_event d
          WHERE d.invoice_id = e.invoice_id AND d.kind = 'deducted')
        GROUP BY e.invoice_id) k ON k.invoice_id = i.id
      WHERE k.kept < 0
      """,
      Phrase("more tax went out than was deducted", "进项转出超过已抵扣税额")),
    Rule(id: "invoice.content") { try contents($0) },
  ]

  /// A kept file is what its SHA-256 says. Each is read by itself: what is wrong with one, sealed or not, says
  /// nothing of the next.
  private static func contents(_ db: Database) throws -> [Found] {
    let packing = try FilePacking(db)
    let content = try SQLStatement(
      db, "SELECT \(FilePacking.columns) FROM file_content WHERE id = ?1")
    func isWhole(_ id: Int64) throws -> Bool {
      content.bind(1, id)
      defer { content.reset() }
      do {
        guard try content.step() else { return false }
        _ = try packing.bytes(content)
        return true
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
        return false
      }
    }
    let files = try SQLStatement(
      db,
      """
      SELECT coalesce(c.id, f.content_id), f.id, i.invoice_no
      FROM file_content c FULL JOIN invoice_file f ON f.content_id = c.id
      LEFT JOIN invoice i ON i.id = f.invoice_id ORDER BY 1, 2
      """)
    var found: [Found] = []
    // A PDF may be a file of several invoices.
    var last: (id: Int64, isWhole: Bool)?
    while try files.step() {
      let id = files.integer(0)
      // Content that is no file of an invoice is known by its own number.
      let file = files.optionalInteger(1) ?? id
      if last?.id != id { last = (id, try isWhole(id)) }
      if last?.isWhole == true { continue }
      found.append(
        Found(
          rule: "invoice.content", subject: files.optionalText(2) ?? "",
          message: Phrase(
            "the bytes of file \(file) are not those that came", "文件 \(file) 的内容与收到时不一致")))
    }
    return found
  }
}
