import Shared

extension InvoiceRule {
  /// The sums are those of the lines. Where issuers round the tax of a line and that of the ticket
  /// apart, the taxes may differ by up to six cents a line (what billing programs allow).
  static let linesSum = InvoiceRule(
    "invoice.lines-sum", .either,
    meaning: Phrase(
      "the lines sum to net and tax, rounded to the cent line by line or in the sum. A difference that rounding explains (net 0.01, tax 0.06 a line) is a warning, more an error",
      "明细金额、税额之和等于合计（逐行或合计后按分四舍五入）。可由舍入解释的差异（每行金额 0.01、税额 0.06 以内）为警告，超过为错误"),
    example: Phrase(
      "nine lines of tax sum to 0.27, the invoice says '0.28': a warning",
      "九行税额合计 0.27，票面合计税额“0.28”：警告"),
    remedy: Phrase(
      "the sums of the ticket count; compare the lines with the printed invoice",
      "以票面合计为准，请将明细与票面核对")
  ) { item, rule in
    guard let invoice = item.invoice, let sums = invoice.sums, !invoice.lines.isEmpty else {
      return []
    }
    var findings: [InvoiceFinding] = []
    func compare(
      _ field: String, _ total: Int128?, _ sum: Money, _ perLine: Int, unrounded: Int128? = nil
    ) {
      guard let total, total != Int128(sum.fen) else { return }
      if let unrounded, isRounded(unrounded, to: sum) { return }
      let shown = Int64(exactly: total).map { Money(fen: $0).description } ?? "…"
      let message = Phrase(
        "the lines' \(field) is \(shown), that of the invoice '\(sum)'",
        "明细\(InvoiceRule.word(field))之和为 \(shown)，票面合计为“\(sum)”")
      let allowed = Int128(perLine * invoice.lines.count)
      let isSmall = (total - Int128(sum.fen)).magnitude <= allowed.magnitude
      findings.append(
        isSmall
          ? rule.warning(field: field, value: sum.description, message)
          : rule.error(field: field, value: sum.description, message))
    }
    let net = total(invoice.lines) { $0.net.map { Int128($0.fen) } }
    let tax = total(invoice.lines) { line in
      guard let tax = line.tax else { return line.bearsNoTax ? 0 : nil }
      return tax.money.map { Int128($0.fen) }
    }
    let gross = total(invoice.lines) { $0.gross?.money.map { Int128($0.fen) } }
    compare("net", net, sums.net, 1)
    let unrounded = total(invoice.lines) { line in
      line.tax.map { Int128($0.millionths) } ?? (line.bearsNoTax ? 0 : nil)
    }
    compare("tax", tax, sums.tax, 6, unrounded: unrounded)
    if net == nil || tax == nil { compare("gross", gross, sums.gross, 6) }
    return findings
  }

  /// Whether a sum of millionths, rounded half away from zero, is so many fen.
  private static func isRounded(_ millionths: Int128, to sum: Money) -> Bool {
    let rounded = (millionths.magnitude + 5_000) / 10_000
    return (millionths < 0 ? -Int128(rounded) : Int128(rounded)) == Int128(sum.fen)
  }

  /// The sum over all lines; nil if one of them does not say it.
  private static func total(_ lines: [Invoice.Line], _ value: (Invoice.Line) -> Int128?) -> Int128?
  {
    var sum: Int128 = 0
    for line in lines {
      guard let value = value(line) else { return nil }
      sum += value
    }
    return sum
  }
}

extension Invoice.Line {
  /// Whether no tax is said because there is none.
  fileprivate var bearsNoTax: Bool {
    switch rate {
    case .exempt, .nontaxable, .zero: true
    case .taxed, .masked, nil: false
    }
  }
}
