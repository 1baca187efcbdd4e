import Shared

/// The red invoices of a blue one take back no more than it was. It needs the pool, so it is asked
/// when a red one or its blue one comes.
enum RedWithinBlue {
  static let rule = InvoiceRule(
    "invoice.red-within-blue", .warning,
    meaning: Phrase(
      "all red invoices of a blue one together take back no more net, tax and gross than it has",
      "同一蓝字发票的红字发票合计，金额、税额、价税合计均不超过该蓝字发票"),
    example: Phrase(
      "a blue one of 30000.00, red ones of 29000.00 and '1000.01'",
      "蓝字发票 30000.00，红字发票 29000.00 和“1000.01”"),
    remedy: Phrase(
      "verify both with the tax bureau before you post or deduct either",
      "入账、抵扣前请到税务平台查验两张发票")
  ) { _, _ in [] }

  /// What is left of a blue invoice after red ones, whose sums are below zero.
  static func remainder(
    of blue: Invoice.Sums, after reds: [Invoice.Sums]
  ) throws(ValueError) -> Invoice.Sums {
    var left = blue
    for red in reds { left = try left + red }
    return left
  }

  /// What is wrong with the red invoices of a blue one.
  static func findings(
    blue number: InvoiceNumber, _ blue: Invoice.Sums, reds: [Invoice.Sums]
  ) throws(ValueError) -> [InvoiceFinding] {
    let left = try remainder(of: blue, after: reds)
    var findings: [InvoiceFinding] = []
    for (field, amount) in [("net", left.net), ("tax", left.tax), ("gross", left.gross)]
    where amount < .zero {
      let excess = try Money.zero - amount
      findings.append(
        rule.warning(
          field: field, value: excess.description,
          Phrase(
            "the red invoices take back '\(excess)' more \(field) than '\(number)' has",
            "红字发票合计\(InvoiceRule.word(field))超出蓝字发票“\(number)”“\(excess)”")))
    }
    return findings
  }
}
