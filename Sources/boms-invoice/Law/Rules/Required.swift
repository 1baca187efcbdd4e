import Shared

extension InvoiceRule {
  /// What an invoice must say. Source: 发票管理办法实施细则, 第四条 (what an invoice contains).
  static let required = InvoiceRule(
    "invoice.required", .either,
    meaning: Phrase(
      "net, tax and gross are there (else an error); so are kind, date, seller, buyer and lines (else a warning)",
      "合计金额、合计税额、价税合计须齐全（否则为错误）；票种、开票日期、销售方、购买方、明细应齐全（否则为警告）"),
    example: Phrase("there is no 'gross'", "缺少“价税合计”"),
    remedy: Phrase(
      "ask for the complete original; what is taken in without it is filled in when it comes",
      "请索取完整原件；已收下的，待原件到达后补全")
  ) { item, rule in
    // Of a file's name nothing more is known, and the invoice waits for its original.
    guard let invoice = item.invoice, invoice.carrier != .pdf else { return [] }
    var findings: [InvoiceFinding] = []
    func miss(_ level: Finding.Level, _ field: String, _ en: String, _ zh: String, line: Int? = nil)
    {
      let message = Phrase("\(en) is missing", "缺少\(zh)")
      findings.append(
        level == .error
          ? rule.error(field: field, line: line, message)
          : rule.warning(field: field, line: line, message))
    }
    if invoice.sums == nil {
      if InvoiceValue.isNothing(item.text.net) { miss(.error, "net", "the net amount", "合计金额") }
      if InvoiceValue.isNothing(item.text.tax) { miss(.error, "tax", "the tax", "合计税额") }
      if InvoiceValue.isNothing(item.text.gross) {
        miss(.error, "gross", "the gross amount", "价税合计")
      }
    }
    if invoice.kind == nil { miss(.warning, "kind", "the kind of invoice", "票种") }
    if invoice.issuedOn == nil, item.text.requestedAt == nil, item.text.issuedAt == nil {
      miss(.warning, "issued_on", "the day of issue", "开票日期")
    }
    // A railway ticket names no seller, an air ticket often none either.
    if invoice.kind != .rail, invoice.kind != .air {
      if item.text.seller.name == nil {
        miss(.warning, "seller_name", "the seller's name", "销售方名称")
      }
      if item.text.seller.taxNumber == nil {
        miss(.warning, "seller_tax_no", "the seller's tax number", "销售方纳税人识别号")
      }
    }
    if item.text.buyer.name == nil { miss(.warning, "buyer_name", "the buyer's name", "购买方名称") }
    if item.text.buyer.taxNumber == nil, invoice.kind == .special {
      miss(.warning, "buyer_tax_no", "the buyer's tax number", "购买方纳税人识别号")
    }
    // The instance that a buyer writes after posting has no lines.
    if item.text.lines.isEmpty, invoice.carrier != .xbrl {
      miss(.warning, "lines", "the list of lines", "明细")
    }
    for (index, line) in invoice.lines.enumerated()
    where InvoiceValue.isNothing(line.written.net) {
      miss(.warning, "net", "the amount", "金额", line: index + 1)
    }
    return findings
  }
}
