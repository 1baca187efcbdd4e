import Shared

extension InvoiceRule {
  /// The name as it is registered. Full-width and half-width brackets are the same name.
  static let buyerNameExact = InvoiceRule(
    "invoice.buyer-name-exact", .warning,
    meaning: Phrase(
      "an invoice with our tax number has our registered name, character by character",
      "使用本单位识别号的发票，购买方名称须与登记名称完全一致"),
    example: Phrase("'杭州示例科技公司' for 杭州示例科技有限公司", "“杭州示例科技公司”应为“杭州示例科技有限公司”"),
    remedy: Phrase(
      "ask the seller to take it back and issue it to the right name", "请销售方红冲后按正确抬头重开")
  ) { item, rule in
    guard let invoice = item.invoice, let number = invoice.buyer.taxNumber?.uppercased(),
      let name = invoice.buyer.name, let registered = item.setting.companies[number],
      name != registered
    else { return [] }
    let (given, wanted) = (CompanyName.comparable(name), CompanyName.comparable(registered))
    guard given != wanted else { return [] }
    let place = zip(given, wanted).prefix { $0 == $1 }.count + 1
    let shown = Masking.name(name)
    return [
      rule.warning(
        field: "buyer_name", value: shown,
        Phrase(
          "the buyer's name '\(shown)' is not that of the company: they differ at character \(place)",
          "购买方名称“\(shown)”与登记名称不一致：第 \(place) 个字符不同"))
    ]
  }
}

private enum CompanyName {
  /// Without blanks, full-width forms as ASCII.
  static func comparable(_ name: String) -> [Character] {
    name.unicodeScalars.compactMap { scalar -> Character? in
      if scalar.properties.isWhitespace { return nil }
      guard (0xFF01...0xFF5E).contains(scalar.value) else { return Character(scalar) }
      return Character(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
    }
  }
}
