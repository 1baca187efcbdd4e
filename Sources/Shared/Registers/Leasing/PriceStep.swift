extension Catalogue {
  /// 调价: replaces the price of a term from a day on, in the term's own unit of time.
  package static let priceStep = Register(
    "price_step", "调价",
    Phrase("the price of a term from a day on", "条款自某日起的单价"),
    group: ["contract_no"],
    fields: [
      .code("contract_no", "合同编号").key.eg("HT-2026-0001"),
      .integer("line", "行号", 1...9999).key.eg("1"),
      .date("from_on", "起").key.eg("2027-01-15"),
      .decimal("price", "单价", unit: "元").required.eg("5.8")
        .note("per unit of time, and per ㎡, as the term says", "计价单位同收费条款"),
    ],
    references: [Reference(["contract_no", "line"], "charge_term")])
}
