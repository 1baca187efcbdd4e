import Shared

extension InvoiceRule {
  static let moneyForm = InvoiceRule(
    "invoice.money-form", .either,
    meaning: Phrase(
      "amounts are numbers: two places in the sums; tax and gross of a line up to six. An amount of a line with more than two places is rounded, with a warning",
      "金额须为数字：合计两位小数，明细的税额和价税合计最多六位；明细金额超过两位的四舍五入并警告"),
    example: Phrase("a net amount of '1O0.00'", "合计金额为“1O0.00”"),
    remedy: Phrase(
      "the file is damaged or was typed: ask the seller for the original",
      "文件已损坏或为人工录入，请向销售方索取原文件")
  ) { item, rule in
    var findings: [InvoiceFinding] = []
    func refuse(_ field: String, _ value: String?, line: Int? = nil) {
      // What stands in a wrong place may be anything.
      guard let value = value.map({ Masking.mask($0, field: "text") }) else { return }
      findings.append(
        rule.error(
          field: field, line: line, value: value,
          Phrase("\(field) '\(value)' is no amount", "\(InvoiceRule.word(field))“\(value)”不是金额")))
    }
    func isWrong(_ value: String?) -> Bool {
      !InvoiceValue.isNothing(value) && InvoiceValue.money(value) == nil
    }
    if item.invoice?.sums == nil {
      if isWrong(item.text.net) { refuse("net", item.text.net) }
      if isWrong(item.text.tax) { refuse("tax", item.text.tax) }
      if isWrong(item.text.gross) { refuse("gross", item.text.gross) }
    }
    guard let invoice = item.invoice else { return findings }
    for (index, line) in invoice.lines.enumerated() {
      if line.net == nil, !InvoiceValue.isNothing(line.written.net) {
        refuse("net", line.written.net, line: index + 1)
      }
      if line.tax == nil, !InvoiceValue.isNothing(line.written.tax) {
        refuse("tax", line.written.tax, line: index + 1)
      }
      if line.gross == nil, !InvoiceValue.isNothing(line.written.gross) {
        refuse("gross", line.written.gross, line: index + 1)
      }
      if let net = line.net, let value = line.written.net, InvoiceValue.money(value) == nil {
        findings.append(
          rule.warning(
            field: "net", line: index + 1, value: value,
            Phrase(
              "the amount '\(value)' has more than two places and is taken as \(net)",
              "金额“\(value)”超过两位小数，按 \(net) 计")))
      }
    }
    return findings
  }

  /// The field in Chinese.
  static func word(_ field: String) -> String {
    switch field {
    case "net": "金额"
    case "tax": "税额"
    case "gross": "价税合计"
    default: field
    }
  }
}
