import Shared

extension InvoiceRule {
  static let numberHeaderAgrees = InvoiceRule(
    "invoice.number-header-agrees", .error,
    meaning: Phrase(
      "the number in the header (EIid) and that of the tax bureau's block are the same",
      "票头号码（EIid）与税务监管信息中的发票号码一致"),
    example: Phrase(
      "header '26332000000000000101', bureau '26332000000000000102'",
      "票头“26332000000000000101”，监管信息“26332000000000000102”"),
    remedy: Phrase(
      "the file was put together from two invoices or altered: ask the seller for the original",
      "文件可能被拼接或改动，请向销售方索取原文件")
  ) { item, rule in
    guard let number = item.text.number, let header = item.text.headerNumber, number != header,
      item.text.code == nil
    else { return [] }
    return [
      rule.error(
        field: "invoice_no", value: header,
        Phrase(
          "the header says number '\(header)', the tax bureau's block '\(number)'",
          "票头号码为“\(header)”，监管信息中为“\(number)”"))
    ]
  }
}
