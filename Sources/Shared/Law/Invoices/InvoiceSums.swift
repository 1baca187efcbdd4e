/// 金额, 税额, 价税合计 of an invoice.
package struct InvoiceSums: Hashable, Sendable {
  package var net: Money
  package var tax: Money
  package var gross: Money

  package init(net: Money, tax: Money, gross: Money) {
    (self.net, self.tax, self.gross) = (net, tax, gross)
  }

  package static let zero = Self(net: .zero, tax: .zero, gross: .zero)

  package static func + (a: Self, b: Self) throws(ValueError) -> Self {
    Self(net: try a.net + b.net, tax: try a.tax + b.tax, gross: try a.gross + b.gross)
  }

  package static func - (a: Self, b: Self) throws(ValueError) -> Self {
    Self(net: try a.net - b.net, tax: try a.tax - b.tax, gross: try a.gross - b.gross)
  }
}
