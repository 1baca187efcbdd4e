import Shared

extension InvoiceRule {
  /// 发票号码: twenty digits, or code and number of an old invoice. Source: 税务总局公告 2024 年第 11 号.
  static let numberForm = InvoiceRule(
    "invoice.number-form", .error,
    meaning: Phrase(
      "the invoice has a number: 20 digits, or 10 or 12 digits of code and 8 of number before 数电票",
      "发票须有号码：数电票 20 位数字；旧版发票为代码 10 或 12 位、号码 8 位"),
    example: Phrase(
      "'2633200000000000114' has 19 digits", "“2633200000000000114”只有 19 位"),
    remedy: Phrase(
      "ask the seller for the XML or OFD as the tax bureau delivered it",
      "请向销售方索取税务平台交付的 XML 或 OFD 原文件")
  ) { item, rule in
    guard item.invoice == nil else { return [] }
    guard let number = item.text.number ?? item.text.headerNumber else {
      return [
        rule.error(field: "invoice_no", Phrase("there is no invoice number", "没有发票号码"))
      ]
    }
    let code = item.text.code.map { $0 + " " } ?? ""
    let count = number.utf8.allSatisfy { (0x30...0x39).contains($0) } && code.isEmpty
    return [
      rule.error(
        field: "invoice_no", value: code + number,
        count
          ? Phrase(
            "the number '\(number)' has \(number.utf8.count) digits, not 20",
            "发票号码“\(number)”为 \(number.utf8.count) 位，应为 20 位")
          : Phrase("'\(code)\(number)' is no invoice number", "“\(code)\(number)”不是发票号码"))
    ]
  }
}
