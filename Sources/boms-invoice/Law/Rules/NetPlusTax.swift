import Shared

extension InvoiceRule {
  static let netPlusTax = InvoiceRule(
    "invoice.net-plus-tax", .either,
    meaning: Phrase(
      "net + tax = gross. A cent of difference is a warning, more an error; on a line, where it does not change the sums, a warning",
      "合计金额 + 合计税额 = 价税合计。相差 0.01 元为警告，超过为错误；明细行不符而不影响合计的为警告"),
    example: Phrase(
      "net 100.00 + tax 6.00 is 106.00, not '107.00'",
      "金额 100.00 + 税额 6.00 = 106.00，票面为“107.00”"),
    remedy: Phrase(
      "do not post it: ask the seller for the original, or verify it with the tax bureau",
      "请勿入账，向销售方索取原件或到税务平台查验")
  ) { item, rule in
    guard let invoice = item.invoice else { return [] }
    var findings: [InvoiceFinding] = []
    if let sums = invoice.sums {
      let sum = Int128(sums.net.fen) + Int128(sums.tax.fen)
      let difference = (sum - Int128(sums.gross.fen)).magnitude
      if difference > 0 {
        let total = (try? sums.net + sums.tax)?.description ?? "…"
        let message = Phrase(
          "net \(sums.net) + tax \(sums.tax) is \(total), not '\(sums.gross)'",
          "金额 \(sums.net) + 税额 \(sums.tax) = \(total)，票面价税合计为“\(sums.gross)”")
        findings.append(
          difference > 1
            ? rule.error(field: "gross", value: sums.gross.description, message)
            : rule.warning(field: "gross", value: sums.gross.description, message))
      }
    }
    for (index, line) in invoice.lines.enumerated() {
      guard let net = line.net, let gross = line.gross else { continue }
      // The tax of an exempt line is `***`.
      let tax = line.tax ?? .zero
      let sum = Int128(net.fen) * 10_000 + Int128(tax.millionths)
      guard (sum - Int128(gross.millionths)).magnitude > 10_000 else { continue }
      let text = item.text.lines[index].gross ?? gross.description
      let taxText = item.text.lines[index].tax ?? "0.00"
      findings.append(
        rule.warning(
          field: "gross", line: index + 1, value: text,
          Phrase(
            "net \(net) + tax \(taxText) is not '\(text)'",
            "金额 \(net) + 税额 \(taxText) 不等于价税合计“\(text)”"),
          hint: Phrase("look at the line; the sums are right", "请核对该行；合计无误")))
    }
    return findings
  }
}
