extension Catalogue {
  /// 税率: replaces rate and code of a fee item from a day on.
  package static let taxRate = Register(
    "tax_rate", "税率",
    Phrase("the tax rate of a fee item from a day on", "收费项目自某日起的税率"),
    group: ["item"],
    fields: [
      .code("item", "项目代码").key.eg("mgmt"),
      .date("from_on", "起").key.eg("2026-01-01"),
      .rate("tax_rate", "税率").required.eg("0.06"),
      .code("tax_code", "税收分类编码").eg("3040801010000000000")
        .note("empty: the item's", "留空：沿用收费项目的编码"),
    ],
    references: [Reference("item", "fee_item")],
    rules: [
      .rate("tax_rate.tax-rate", Named("tax_rate", "税率")),
      .taxCode("tax_rate.tax-code"),
    ])
}
