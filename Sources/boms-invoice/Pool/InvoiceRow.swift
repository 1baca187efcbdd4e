import Shared

/// The columns of `invoice` that a carrier fills, with their values: for new rows, and for rows that
/// a better carrier completes.
enum InvoiceRow {
  static let columns = [
    "kind", "business", "is_red", "blue_no", "confirmation_no", "issued_on", "requested_at",
    "issued_at", "seller_tax_no", "seller_name", "seller_address", "seller_phone", "seller_bank",
    "seller_account", "buyer_tax_no", "buyer_name", "buyer_address", "buyer_phone", "buyer_bank",
    "buyer_account", "net_fen", "tax_fen", "gross_fen", "capitals", "drawer", "remark", "version",
    "bureau_code", "bureau_name", "signature",
  ]

  /// Binds them in their order.
  /// - Parameter first: the position of the first one.
  static func bind(_ invoice: Invoice, to statement: SQLStatement, from first: Int32) {
    var position = first
    func next() -> Int32 {
      position += 1
      return position - 1
    }
    func party(_ party: InvoiceText.PartyText) {
      statement.bind(next(), party.taxNumber)
      statement.bind(next(), party.name)
      statement.bind(next(), party.address)
      statement.bind(next(), party.phone)
      statement.bind(next(), party.bank)
      statement.bind(next(), party.account)
    }
    statement.bind(next(), invoice.kind?.rawValue)
    statement.bind(next(), invoice.business?.rawValue)
    statement.bind(next(), invoice.isRed ? 1 : 0)
    statement.bind(next(), invoice.blueNumber?.text)
    statement.bind(next(), invoice.confirmationNumber)
    statement.bind(next(), invoice.issuedOn)
    statement.bind(next(), invoice.requestedAt)
    statement.bind(next(), invoice.issuedAt)
    party(invoice.seller)
    party(invoice.buyer)
    statement.bind(next(), invoice.sums?.net.fen)
    statement.bind(next(), invoice.sums?.tax.fen)
    statement.bind(next(), invoice.sums?.gross.fen)
    statement.bind(next(), invoice.capitals)
    statement.bind(next(), invoice.drawer)
    statement.bind(next(), invoice.remark)
    statement.bind(next(), invoice.version)
    statement.bind(next(), invoice.bureauCode)
    statement.bind(next(), invoice.bureauName)
    statement.bind(next(), invoice.isSigned ? "present_unverified" : "absent")
  }
}
