extension Catalogue {
  /// 提成阶梯: marginal shares of a month's turnover, in force from a day on.
  package static let turnoverTier = Register(
    "turnover_tier", "提成阶梯",
    Phrase("marginal shares of a month's turnover, from a day on", "按营业额分段的提成比例"),
    group: ["contract_no"],
    fields: [
      .code("contract_no", "合同编号").key.eg("HT-2026-0001"),
      .integer("line", "行号", 1...9999).key.eg("1"),
      .date("from_on", "起").key.eg("2026-01-15"),
      .money("sales_from", "营业额起", .notNegative).key.eg("200000.00")
        .note("the percent is for what the month sells above this", "比例适用于当月超过此额的部分"),
      .percent("percent", "提成比例").required.eg("8"),
    ],
    references: [Reference(["contract_no", "line"], "charge_term")],
    rules: [.partOfWhole("turnover_tier.percent", Named("percent", "提成比例"))])
}
