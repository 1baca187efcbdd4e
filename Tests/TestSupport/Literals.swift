import Shared

// Values as they are written by hand in a table of cases.

extension CivilDate: ExpressibleByStringLiteral {
  /// `2026-01-31`.
  package init(stringLiteral text: String) {
    guard let date = CivilDate(iso: text) else { preconditionFailure("no date: \(text)") }
    self = date
  }
}

extension CivilMonth: ExpressibleByStringLiteral {
  /// `2026-01`.
  package init(stringLiteral text: String) {
    guard let month = CivilMonth(iso: text) else { preconditionFailure("no month: \(text)") }
    self = month
  }
}

extension Fixed: ExpressibleByStringLiteral {
  /// `-5.5`, up to six places.
  package init(stringLiteral text: String) {
    self.init(millionths: scaled(text, places: 6))
  }
}

extension Money: ExpressibleByStringLiteral {
  /// `-1234.50` yuan.
  package init(stringLiteral text: String) {
    self.init(fen: scaled(text, places: 2))
  }
}

private func scaled(_ text: String, places: Int) -> Int64 {
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  let fraction = parts.count > 1 ? String(parts[1]) : ""
  let digits = parts[0] + fraction + String(repeating: "0", count: places - fraction.count)
  guard let value = Int64(digits) else { preconditionFailure("no number: \(text)") }
  return value
}
