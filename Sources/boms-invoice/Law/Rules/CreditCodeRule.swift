import Shared

extension InvoiceRule {
  /// 纳税人识别号. Only what can be checked is: a credit code or an identity number of 18 places. Old
  /// numbers of 15, 17 and 20 places have no check digit; of a masked one nothing can be said.
  static let creditCode = InvoiceRule(
    "invoice.credit-code", .warning,
    meaning: Phrase(
      "the tax numbers of seller and buyer are right: 15, 17, 18 or 20 digits or letters; at 18 the check digit matches",
      "销售方、购买方纳税人识别号有效：15、17、18 或 20 位；18 位的校验码正确"),
    example: Phrase(
      "'9153************2521' with a wrong check digit", "“9153************2521”校验码不符"),
    remedy: Phrase(
      "compare it with the business licence; an invoice with another's number cannot be deducted",
      "请与营业执照核对；识别号有误的发票不得抵扣")
  ) { item, rule in
    guard item.invoice != nil else { return [] }
    var findings: [InvoiceFinding] = []
    func look(_ field: String, _ number: String?, _ en: String, _ zh: String) {
      guard let number, let problem = TaxNumber.problem(number) else { return }
      let shown = Masking.identity(number)
      findings.append(
        rule.warning(
          field: field, value: shown,
          Phrase(
            "the \(en)'s tax number '\(shown)' \(problem.en)", "\(zh)识别号“\(shown)”\(problem.zh)")))
    }
    look("seller_tax_no", item.text.seller.taxNumber, "seller", "销售方")
    look("buyer_tax_no", item.text.buyer.taxNumber, "buyer", "购买方")
    return findings
  }
}

private enum TaxNumber {
  static func problem(_ number: String) -> Phrase? {
    if CreditCode.problem(in: number) == nil { return nil }
    let bytes = Array(number.uppercased().utf8)
    if isHidden(bytes) { return nil }
    guard bytes.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }) else {
      return Phrase("has other characters than digits and letters", "含有数字、字母以外的字符")
    }
    switch bytes.count {
    case 15, 17, 20: return nil
    case 18:
      let text = String(decoding: bytes, as: UTF8.self)
      guard CreditCode.problem(in: text) != nil, IDNumber.expectedCheck(of: text) != text.last
      else { return nil }
      return Phrase("has a wrong check digit", "校验码不符")
    default: return Phrase("has \(bytes.count) places", "为 \(bytes.count) 位")
    }
  }

  /// Masked with `*` or `X`, or with its middle taken out (`91440000000000000X`).
  private static func isHidden(_ bytes: [UInt8]) -> Bool {
    var run = 0
    for (index, byte) in bytes.enumerated() {
      if byte == 0x2A { return true }
      run = index > 0 && bytes[index - 1] == byte ? run + 1 : 1
      if run >= (byte == 0x58 ? 4 : 8) { return true }
    }
    return false
  }
}
