import Shared
import TestSupport

@testable import boms_invoice

/// A pool in which one company of ours (WY) bought, for the built programs to work on.
final class TaxBooks {
  static let ours = "91330106MACKX4QG41"
  static let seller = "91330000142942095H"

  let pool: HandMadePool
  let workspace: Workspace

  init() throws {
    pool = try HandMadePool()
    workspace = try Workspace()
    try TestDatabase.run(
      "INSERT INTO company (company_no, name, credit_code) VALUES ('WY', '我方 & 公司', '\(TaxBooks.ours)')",
      pool.path)
  }

  struct Line {
    var name: String
    var code: String?
    var tax: Money
  }

  /// An invoice that we received (or issued), with one line unless others are given.
  func receive(
    _ number: String, net: Int64 = 100, kind: InvoiceKind = .special, blue: String? = nil,
    issued: CivilDate = "2026-09-10", carrier: Carrier = .xml, business: BusinessType? = nil,
    lines: [Line]? = nil, isOurs: Bool = true, on day: CivilDate = "2026-09-15"
  ) throws {
    let sums: Invoice.Sums? = carrier == .pdf ? nil : .of(net)
    try pool.receive(
      number, sums, blue: blue, on: day, issued: carrier == .pdf ? nil : issued, carrier: carrier)
    let lines = lines ?? [Line(name: "*租赁*房租", tax: sums?.tax ?? .zero)]
    let texts = lines.enumerated().map { index, line in
      """
      INSERT INTO invoice_line (file_id, line, item_name, tax_code, rate_kind, tax_rate_e6, tax_e6)
      SELECT file_id, \(index + 1), '\(line.name)', \(line.code.map { "'\($0)'" } ?? "NULL"), 'taxed',
        130000, \(line.tax.fen * 10_000) FROM invoice WHERE invoice_no = '\(number)';
      """
    }
    let (buyer, seller) = isOurs ? (TaxBooks.ours, TaxBooks.seller) : (TaxBooks.seller, "X")
    try TestDatabase.run(
      """
      UPDATE invoice SET kind = \(carrier == .pdf ? "NULL" : "'\(kind.rawValue)'"),
        business = \(business.map { "'\($0.rawValue)'" } ?? "NULL"), buyer_tax_no = '\(buyer)',
        seller_tax_no = '\(seller)', seller_name = '甲 <乙>', requested_at = '\(issued) 10:11:12'
      WHERE invoice_no = '\(number)';
      \(texts.joined())
      """, pool.path)
  }

  @discardableResult
  func run(_ arguments: String..., stdin: String? = nil) throws -> Workspace.Run {
    try workspace.run(
      "boms-invoice", arguments, stdin: stdin, environment: ["BOMS_DB": pool.path])
  }

  /// The column of that name in a CSV that a program wrote, row by row.
  static func column(_ name: String, _ run: Workspace.Run) -> [String] {
    guard let headings = run.lines.first?.split(separator: ",", omittingEmptySubsequences: false),
      let at = headings.firstIndex(where: { $0 == name })
    else { return [] }
    return run.lines.dropFirst().map {
      String($0.split(separator: ",", omittingEmptySubsequences: false)[at])
    }
  }

  func events() throws -> [String] {
    try TestDatabase.rows(
      """
      SELECT substr(i.invoice_no, -2), e.kind, e.code, e.period, e.tax_fen FROM invoice_event e
      JOIN invoice i ON i.id = e.invoice_id WHERE e.kind <> 'received'
      ORDER BY e.happened_on, i.invoice_no, e.seq
      """, pool.path
    ).map { $0.filter { !$0.isEmpty }.joined(separator: " ") }
  }
}

extension String {
  /// A 20-digit number that ends so.
  static func invoice(_ end: Int) -> String {
    "263320000000000000" + (end < 10 ? "0" : "") + "\(end)"
  }
}
