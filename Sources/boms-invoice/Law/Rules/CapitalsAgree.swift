import Shared

extension InvoiceRule {
  static let capitalsAgree = InvoiceRule(
    "invoice.capitals-agree", .either,
    meaning: Phrase(
      "the gross amount in capitals is that in figures; another amount is an error, capitals that cannot be read or lack 负数 a warning",
      "价税合计大写与小写一致；金额不同为错误，大写无法识别或缺少“负数”为警告"),
    example: Phrase("'壹佰零柒圆整' beside 106.00", "大写“壹佰零柒圆整”，小写 106.00"),
    remedy: Phrase(
      "do not post it: ask the seller for the original, or verify it with the tax bureau",
      "请勿入账，向销售方索取原件或到税务平台查验")
  ) { item, rule in
    guard let invoice = item.invoice, let gross = invoice.sums?.gross,
      let capitals = invoice.capitals, !InvoiceValue.isNothing(capitals)
    else { return [] }
    guard let said = Money(capitals: capitals) else {
      return [
        rule.warning(
          field: "capitals", value: capitals,
          Phrase("'\(capitals)' is no amount in capitals", "“\(capitals)”不是大写金额"),
          hint: Phrase("compare it with the printed invoice", "请与票面核对"))
      ]
    }
    if said == gross { return [] }
    let message = Phrase(
      "'\(capitals)' is \(said), the figures say \(gross)", "大写“\(capitals)”为 \(said)，小写为 \(gross)")
    return [
      said.fen.magnitude == gross.fen.magnitude
        ? rule.warning(
          field: "capitals", value: capitals, message,
          hint: Phrase("the sign is missing in one of them", "其中之一缺少负号"))
        : rule.error(field: "capitals", value: capitals, message)
    ]
  }
}
