import Shared

extension InvoiceRule {
  /// The tax of a line is its amount times its rate, within six cents (what billing programs allow).
  /// Two kinds of legal invoice are computed otherwise: 差额征税 taxes a margin, and 减按 computes the
  /// amount with another rate than the tax.
  static let lineTax = InvoiceRule(
    "invoice.line-tax", .either,
    meaning: Phrase(
      "the tax of a line is amount × rate, within 0.06; a line that is 免税 or 不征税 has none. For 差额征税 and 减按 a difference is a warning, else an error",
      "明细税额 = 金额 × 税率，误差不超过 0.06 元；免税、不征税行无税额。差额征税、减按征收的差异为警告，其余为错误"),
    example: Phrase(
      "100.00 × 6% is 6.00, not '13.00'", "100.00 × 6% = 6.00，票面税额“13.00”"),
    remedy: Phrase(
      "do not deduct it: verify it with the tax bureau, or ask the seller for the original",
      "请勿抵扣，到税务平台查验或向销售方索取原件")
  ) { item, rule in
    guard let invoice = item.invoice else { return [] }
    var findings: [InvoiceFinding] = []
    for (index, line) in invoice.lines.enumerated() {
      guard let tax = line.tax else { continue }
      let text = line.written.tax ?? tax.description
      guard let wrong = LineTax.problem(line, tax, text) else { continue }
      let isExplained = LineTax.isComputedOtherwise(line, invoice)
      findings.append(
        isExplained
          ? rule.warning(
            field: "tax", line: index + 1, value: text, wrong,
            hint: Phrase(
              "it is taxed on a margin or at a reduced rate: compare it with the printed invoice",
              "属差额征税或减按征收，请与票面核对"))
          : rule.error(field: "tax", line: index + 1, value: text, wrong))
    }
    return findings
  }
}

private enum LineTax {
  /// In 10⁻⁸ yuan, the unit of fen times millionths.
  static let tolerance: UInt128 = 6_000_000

  static func problem(_ line: Invoice.Line, _ tax: Fixed, _ text: String) -> Phrase? {
    switch line.rate {
    case .taxed(let rate):
      guard let net = line.net else { return nil }
      let product = Int128(net.fen) * Int128(rate.millionths)
      guard (product - Int128(tax.millionths) * 100).magnitude > tolerance else { return nil }
      let wanted = (try? roundHalfUp(product, over: Int128(Fixed.one))).map { Money(fen: $0) }
      let shown = wanted?.description ?? "…"
      return Phrase(
        "\(net) × \(rate.percent) is \(shown), not '\(text)'",
        "\(net) × \(rate.percent) = \(shown)，票面税额为“\(text)”")
    case .zero, .exempt, .nontaxable:
      guard (Int128(tax.millionths) * 100).magnitude > tolerance else { return nil }
      return Phrase(
        "there is tax of '\(text)' on a line that bears none", "不应有税额的行有税额“\(text)”")
    case .masked, nil: return nil
    }
  }

  static func isComputedOtherwise(_ line: Invoice.Line, _ invoice: Invoice) -> Bool {
    if case .taxed(let rate) = line.rate, rate.millionths == 15_000 { return true }
    func says(_ text: String?) -> Bool {
      text.map { $0.holds("差额") || $0.holds("减按") } ?? false
    }
    return says(invoice.remark) || invoice.extras.contains { says($0.text) }
  }
}

extension Fixed {
  /// A share as percent: `6%`.
  var percent: String { Decimals.text(millionths, places: 4, trim: true) + "%" }
}
