import Shared

extension InvoiceRule {
  /// Source: 增值税法 (2026) for 13, 9 and 6; 5, 3, 2, 1.5, 1 and 0.5 of the simplified method; 17, 16,
  /// 11 and 10 until 2019-03-31, which later red invoices still bear; 7 and 4 of former rules.
  static let rateKnown = InvoiceRule(
    "invoice.rate-known", .warning,
    meaning: Phrase(
      "the rate of a line is one that there is: 13, 9, 6, 5, 3, 2, 1.5, 1, 0.5 or 0 %, formerly 17, 16, 11, 10, 4; or 免税, 不征税, ***",
      "税率（征收率）须为现行或曾用税率：13、9、6、5、3、2、1.5、1、0.5、0%，曾用 17、16、11、10、4%，或免税、不征税、***"),
    example: Phrase("a rate of '8%'", "税率“8%”"),
    remedy: Phrase(
      "verify it with the tax bureau before deducting it", "抵扣前请到税务平台查验")
  ) { item, rule in
    guard let invoice = item.invoice else { return [] }
    var findings: [InvoiceFinding] = []
    for (index, line) in invoice.lines.enumerated() {
      let text = line.written.rate
      switch line.rate {
      case .taxed(let rate) where !Rates.known.contains(rate.millionths):
        findings.append(
          rule.warning(
            field: "rate", line: index + 1, value: text,
            Phrase("there is no rate of '\(rate.percent)'", "没有“\(rate.percent)”的税率")))
      case nil:
        guard let text else { continue }
        findings.append(
          rule.warning(
            field: "rate", line: index + 1, value: text,
            Phrase("'\(text)' is no rate", "“\(text)”不是税率")))
      default: continue
      }
    }
    return findings
  }
}

private enum Rates {
  /// In millionths.
  static let known: Set<Int64> = [
    130_000, 90_000, 60_000, 50_000, 30_000, 20_000, 15_000, 10_000, 5_000,
    170_000, 160_000, 110_000, 100_000, 70_000, 40_000,
  ]
}
