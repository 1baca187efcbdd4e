import GRDB

/// Which property an invoice belongs to: that of the charges, or of the purchase, that it is for. One
/// that is matched to nothing belongs to none.
package final class InvoicePropertyStore {
  private let find: SQLStatement

  package init(_ db: Database, propertyNo: String) throws {
    find = try SQLStatement(
      db,
      """
      SELECT 1 FROM charge c
      CROSS JOIN contract k ON k.contract_no = c.contract_no AND k.property_no = ?3
      WHERE c.id IN (
        SELECT p.charge_id FROM invoice_request r JOIN invoice_request_part p ON p.request_id = r.id
        WHERE ?1 = 'request' AND r.request_no = ?2
        UNION ALL SELECT id FROM charge WHERE ?1 = 'bill' AND bill_no = ?2
        UNION ALL SELECT CAST(?2 AS INTEGER) WHERE ?1 = 'charge'
        UNION ALL SELECT m.charge_id FROM invoice b JOIN invoice_charge m ON m.invoice_id = b.id
        WHERE ?1 = 'invoice' AND b.invoice_no = ?2)
      UNION ALL
      SELECT 1 FROM purchase WHERE ?1 = 'purchase' AND purchase_no = ?2 AND property_no = ?3
      LIMIT 1
      """)
    find.bind(3, propertyNo)
  }

  /// - Parameter matches: what the invoice is for.
  package func has(_ matches: [InvoiceHistory.Match]) throws -> Bool {
    try matches.contains { match in
      find.bind(1, match.kind)
      find.bind(2, match.number)
      defer { find.reset() }
      return try find.step()
    }
  }
}
