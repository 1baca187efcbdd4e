import Shared
import TestSupport

@testable import boms_invoice

/// A pool with invoices that are there without files having been read.
final class HandMadePool {
  let path: String
  private let folder: Workspace

  init() throws {
    folder = try Workspace()
    path = folder.path + "/pool.db"
    _ = try Migration.apply(to: path, creating: true, wait: 1)
  }

  /// Puts an invoice in as a file of `carrier` brings it.
  func receive(
    _ number: String, _ sums: Invoice.Sums?, blue: String? = nil, on day: CivilDate = "2026-09-01",
    issued: CivilDate? = "2026-08-31", carrier: Carrier = .xml
  ) throws {
    func text(_ value: (some CustomStringConvertible)?) -> String {
      value.map { "'\($0)'" } ?? "NULL"
    }
    let money = sums.map { "\($0.net.fen), \($0.tax.fen), \($0.gross.fen)" } ?? "NULL, NULL, NULL"
    let id = try TestDatabase.texts("SELECT coalesce(max(id), 0) + 1 FROM invoice", path)[0]
    try Books.openUnchecked(path, wait: 10).write { db in
      try db.run(
        """
        INSERT INTO file_content (sha256, bytes) VALUES (randomblob(32), x'2A');
        INSERT INTO invoice (id, invoice_no, file_id, carrier, is_red, blue_no, issued_on, net_fen,
          tax_fen, gross_fen)
        VALUES (\(id), '\(number)', (SELECT coalesce(max(id), 0) + 1 FROM invoice_file),
          '\(carrier.rawValue)', \(blue == nil ? 0 : 1), \(text(blue)), \(text(issued)), \(money));
        INSERT INTO invoice_file (invoice_id, content_id, carrier, name, received_on, result, net_fen,
          tax_fen, gross_fen)
        VALUES (\(id), (SELECT max(id) FROM file_content), '\(carrier.rawValue)', 'a.xml', '\(day)', 'new', \(money))
        """)
      try InvoiceEventStore(db).append(
        InvoiceEvent(
          .received, on: day,
          fileID: Int64(try TestDatabase.texts(db, "SELECT max(id) FROM invoice_file")[0]),
          code: carrier.rawValue), to: Int64(id) ?? 0)
    }
  }

  func append(_ event: InvoiceEvent, to number: String) throws {
    try Books.openUnchecked(path, wait: 10).write { db in
      let id = try KnownInvoiceStore.require(number, db).id
      try InvoiceEventStore(db).append(event, to: id)
    }
  }

  /// The rule by which an event is refused; nil if it is not.
  func refusal(_ event: InvoiceEvent, to number: String) -> String? {
    do {
      try append(event, to: number)
      return nil
    } catch let error as ValueError {
      return error.rule
    } catch {
      return "\(error)"
    }
  }

  func standing(_ number: String, asOf day: CivilDate = "2026-12-31") throws -> InvoiceStanding? {
    try Books.openUnchecked(path, wait: 10).read {
      try InvoiceStandingStore($0, asOf: day).standing(of: number)
    }
  }
}

extension Invoice.Sums {
  /// Sums at 13 percent: 100 and 13 are 113.
  static func of(_ net: Int64) -> Self {
    Self(net: Money(fen: net * 100), tax: Money(fen: net * 13), gross: Money(fen: net * 113))
  }
}

extension InvoiceEvent {
  static func posted(
    _ sums: Invoice.Sums, on day: CivilDate = "2026-09-10", voucher: String = "记-1"
  ) -> Self {
    Self(
      .posted, on: day, period: day.month, voucher: voucher, net: sums.net, tax: sums.tax,
      gross: sums.gross)
  }

  static func deducted(_ tax: Money, on day: CivilDate = "2026-10-08") -> Self {
    Self(.deducted, on: day, period: day.month.adding(-1), tax: tax)
  }

  static func transferredOut(
    _ tax: Money, red: String? = nil, on day: CivilDate = "2026-11-08"
  ) -> Self {
    Self(.transferredOut, on: day, period: day.month.adding(-1), tax: tax, otherNo: red)
  }
}
