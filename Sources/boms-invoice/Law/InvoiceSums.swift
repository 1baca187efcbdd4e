import Shared

extension Invoice.Sums {
  static let zero = Self(net: .zero, tax: .zero, gross: .zero)

  static func + (a: Self, b: Self) throws(ValueError) -> Self {
    Self(net: try a.net + b.net, tax: try a.tax + b.tax, gross: try a.gross + b.gross)
  }

  static func - (a: Self, b: Self) throws(ValueError) -> Self {
    Self(net: try a.net - b.net, tax: try a.tax - b.tax, gross: try a.gross - b.gross)
  }
}
