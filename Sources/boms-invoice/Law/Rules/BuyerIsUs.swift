import Shared

extension InvoiceRule {
  static let buyerIsUs = InvoiceRule(
    "invoice.buyer-is-us", .warning,
    meaning: Phrase(
      "the buyer (or, of an invoice that we issued, the seller) is one of our companies, by its tax number",
      "购买方（我方开具的发票为销售方）的纳税人识别号是本单位的"),
    example: Phrase(
      "the buyer has a tax number that no company in the database has",
      "购买方识别号不属于数据库中的任何收款主体"),
    remedy: Phrase(
      "an invoice for another buyer cannot be posted or deducted here: send it back, or add the company",
      "抬头非本单位的发票不得入账、抵扣，请退回；如确为本单位请补录收款主体")
  ) { item, rule in
    let companies = item.setting.companies
    guard let invoice = item.invoice, !companies.isEmpty, invoice.carrier != .pdf else { return [] }
    func isOurs(_ party: InvoiceText.PartyText) -> Bool {
      party.taxNumber.map { companies[$0.uppercased()] != nil } ?? false
    }
    if isOurs(invoice.buyer) || isOurs(invoice.seller) { return [] }
    guard let number = invoice.buyer.taxNumber else {
      return [
        rule.warning(
          field: "buyer_tax_no",
          Phrase("no tax number says that the buyer is one of us", "没有购买方识别号，无法确认抬头为本单位"))
      ]
    }
    let shown = Masking.identity(number)
    return [
      rule.warning(
        field: "buyer_tax_no", value: shown,
        Phrase("the buyer '\(shown)' is none of our companies", "购买方“\(shown)”不是本单位"))
    ]
  }
}
