import GRDB

extension TaxTable {
  /// The rates of all fee items: the item's own first, then the dated ones in order.
  package init(_ db: Database) throws {
    self.init()
    let items = try SQLStatement(db, "SELECT item, tax_rate_e6, tax_code FROM fee_item")
    while try items.step() {
      add(
        Entry(rate: items.optionalFixed(1) ?? .zero, code: items.optionalText(2)),
        for: items.text(0))
    }
    let dated = try SQLStatement(
      db,
      """
      SELECT r.item, r.from_on, r.tax_rate_e6, coalesce(r.tax_code, i.tax_code)
      FROM tax_rate r JOIN fee_item i ON i.item = r.item ORDER BY r.item, r.from_on
      """)
    while try dated.step() {
      add(
        Entry(
          fromOn: try dated.date(1), rate: dated.fixed(2), code: dated.optionalText(3)),
        for: dated.text(0))
    }
  }
}
