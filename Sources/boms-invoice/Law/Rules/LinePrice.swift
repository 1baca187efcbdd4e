import Shared

extension InvoiceRule {
  /// Quantity and price are for the reader: some issuers write a date or a price with tax there, so
  /// nothing is ever rejected for them.
  static let linePrice = InvoiceRule(
    "invoice.line-price", .warning,
    meaning: Phrase(
      "quantity × price is the amount of the line, within 0.01", "数量 × 单价 = 金额，误差不超过 0.01 元"),
    example: Phrase(
      "20260327 × 5.45 is not 5.45: a date in the place of the quantity",
      "20260327 × 5.45 不等于 5.45：数量处写的是日期"),
    remedy: Phrase(
      "the amount counts; look at the printed invoice if you need quantity or price",
      "以金额为准；如需数量、单价请核对票面")
  ) { item, rule in
    guard let invoice = item.invoice else { return [] }
    var findings: [InvoiceFinding] = []
    for (index, line) in invoice.lines.enumerated() {
      guard let net = line.net, let quantity = line.written.quantity,
        let price = line.written.price, let first = PrintedNumber(quantity),
        let second = PrintedNumber(price), !first.times(second, is: net.fen, within: 1)
      else { continue }
      findings.append(
        rule.warning(
          field: "quantity", line: index + 1, value: quantity,
          Phrase(
            "'\(quantity)' × '\(price)' is not \(net)", "“\(quantity)” × “\(price)”不等于 \(net)")))
    }
    return findings
  }
}
