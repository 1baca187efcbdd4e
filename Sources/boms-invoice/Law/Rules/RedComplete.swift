import Shared

extension InvoiceRule {
  static let redComplete = InvoiceRule(
    "invoice.red-complete", .either,
    meaning: Phrase(
      "a red invoice has sums below zero and a blue one has not (else an error); a red one names its blue one (else a warning)",
      "红字发票合计为负、蓝字发票不为负（否则为错误）；红字发票须注明被红冲的蓝字发票号码（否则为警告）"),
    example: Phrase("marked red (N) with a gross of '106.00'", "标记为红字（N），价税合计“106.00”"),
    remedy: Phrase(
      "ask the seller which invoice it takes back, and for the original",
      "请向销售方确认所红冲的发票并索取原件")
  ) { item, rule in
    guard let invoice = item.invoice else { return [] }
    var findings: [InvoiceFinding] = []
    if let gross = invoice.sums?.gross, gross != .zero, (gross < .zero) != invoice.isRed {
      findings.append(
        rule.error(
          field: "gross", value: gross.description,
          invoice.isRed
            ? Phrase(
              "a red invoice with a gross amount of '\(gross)'", "红字发票的价税合计为“\(gross)”")
            : Phrase(
              "a blue invoice with a gross amount of '\(gross)'", "蓝字发票的价税合计为“\(gross)”")))
    }
    guard invoice.isRed, invoice.carrier != .pdf else { return findings }
    if invoice.blueNumber == invoice.number {
      findings.append(
        rule.error(
          field: "blue_no", value: invoice.number.text,
          Phrase(
            "'\(invoice.number)' names itself as its blue invoice",
            "“\(invoice.number)”注明的蓝字发票是其自身")))
    } else if invoice.blueNumber == nil {
      findings.append(
        rule.warning(
          field: "blue_no", value: item.text.blueNumber,
          item.text.blueNumber.map {
            Phrase(
              "'\($0)', which it takes back, is no invoice number", "被红冲号码“\($0)”不是发票号码")
          } ?? Phrase("it does not say which invoice it takes back", "未注明被红冲的蓝字发票号码")))
    }
    return findings
  }
}
