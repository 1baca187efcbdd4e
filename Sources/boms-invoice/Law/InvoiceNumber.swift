import Shared

/// 发票号码: 20 digits, or the code and number of an invoice from before 数电票.
struct InvoiceNumber: Hashable, Sendable, CustomStringConvertible {
  /// As it is stored: the 20 digits, or `CODE-NUMBER`.
  let text: String

  var description: String { text }

  private init(text: String) {
    self.text = text
  }

  /// The number of these digits; with a code, the number of an old invoice, unless both together
  /// are a 20-digit number that was split (12 + 8) on its way.
  ///
  /// Source: 国家税务总局公告2024年第11号 (year, region, channel, sequence). The old code of 12 digits begins
  /// with 0, 1 or 2 and has its region in places 2 to 5; that of a 20-digit number has the year first.
  init?(code: String?, number: String) {
    let number = InvoiceNumber.trimmed(number)
    guard let code = code.map(InvoiceNumber.trimmed), !code.isEmpty else {
      guard InvoiceNumber.isDigits(number, 20) else { return nil }
      self.init(text: number)
      return
    }
    guard InvoiceNumber.isDigits(number, 8),
      InvoiceNumber.isDigits(code, 10) || InvoiceNumber.isDigits(code, 12)
    else { return nil }
    self.init(
      text: InvoiceNumber.isDigital(code + number) ? code + number : "\(code)-\(number)")
  }

  /// As a person writes it: `20 digits`, `CODE-NUMBER`, or code and number with a space.
  init?(written text: String) {
    let parts = text.split { $0 == "-" || $0 == " " }.map(String.init)
    switch parts.count {
    case 1: self.init(code: nil, number: parts[0])
    case 2: self.init(code: parts[0], number: parts[1])
    default: return nil
    }
  }

  var isDigital: Bool { text.utf8.count == 20 && !text.utf8.contains(0x2D) }

  private static func isDigital(_ digits: String) -> Bool {
    guard digits.utf8.count == 20, let year = Int(digits.prefix(2)),
      let region = Int(digits.dropFirst(2).prefix(2))
    else { return false }
    return year >= 21 && ((11...65).contains(region) || (91...95).contains(region))
  }

  private static func isDigits(_ text: String, _ count: Int) -> Bool {
    text.utf8.count == count && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  private static func trimmed(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return text }
    return String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
