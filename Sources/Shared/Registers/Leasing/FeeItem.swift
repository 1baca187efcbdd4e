extension Catalogue {
  /// 收费项目: what may be charged, how it is taxed, and in which order it is paid off.
  package static let feeItem = Register(
    "fee_item", "收费项目",
    Phrase("what may be charged, how it is taxed, in which order it is paid off", "收费种类及其税率、核销顺序"),
    fields: [
      .code("item", "项目代码").key.eg("mgmt"),
      .text("name", "项目名称").required.eg("物业管理费"),
      .choice("kind", "类别", Choice.feeKinds).required.eg("service"),
      .rate("tax_rate", "税率").eg("0.06"),
      .code("tax_code", "税收分类编码").eg("3040801010000000000"),
      .integer("priority", "核销顺序", 0...9999).eg("20")
        .note("a smaller number is paid off first", "数字小者先核销"),
    ],
    rules: [
      .rate("fee_item.tax-rate", Named("tax_rate", "税率")),
      untaxedKind,
      .taxCode("fee_item.tax-code"),
    ])

  private static let untaxedKind = RowRule(
    "fee_item.untaxed-kind",
    Phrase("a pass_through or deposit bears no tax", "代收代付和押金不计税")
  ) { record in
    guard let kind = record.text("kind"), kind == "pass_through" || kind == "deposit",
      let rate = record.fixed("tax_rate"), rate > .zero
    else { return nil }
    let word = kind == "deposit" ? "押金" : "代收代付"
    return Violation(
      "tax_rate",
      Phrase("a fee of kind '\(kind)' cannot have tax_rate '\(rate)'", "\(word)不能有税率“\(rate)”"),
      hint: Phrase(
        "leave tax_rate empty, or make it kind resale or service",
        "请清空税率，或将类别改为转售、服务"))
  }
}

extension RowRule {
  /// That a code of the classification of goods and services for invoices has its 19 digits: Excel
  /// rounds such a number to 15.
  static func taxCode(_ id: String) -> RowRule {
    RowRule(id, .warning, Phrase("tax_code has 19 digits", "税收分类编码为 19 位数字")) { record in
      guard let code = record.text("tax_code"),
        code.utf8.count != 19 || !code.utf8.allSatisfy({ (0x30...0x39).contains($0) })
      else { return nil }
      return Violation(
        "tax_code",
        Phrase("tax_code '\(code)' does not have 19 digits", "税收分类编码“\(code)”不是 19 位数字"),
        hint: Phrase(
          "fill it up with zeros at the right, and keep the column as text",
          "请在右侧补零至 19 位，并将该列设为文本格式"))
    }
  }
}

extension Choice {
  static let feeKinds = [
    Choice("rent", "租金"), Choice("service", "服务").called("服务费"), Choice("resale", "转售"),
    Choice("pass_through", "代收代付"), Choice("deposit", "押金").called("保证金"),
    Choice("penalty", "违约金").called("滞纳金"),
  ]
}
