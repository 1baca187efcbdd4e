extension Catalogue {
  /// 期初余额: what was open when the books moved here.
  package static let openingBalance = Register(
    "opening_balance", "期初余额",
    Phrase("what was open when the books moved here", "系统启用时的未结余额"),
    group: ["contract_no"],
    fields: [
      .code("contract_no", "合同编号").key.eg("HT-2026-0001"),
      .choice("kind", "类别", Choice.openingKinds).key.eg("receivable"),
      .code("item", "项目代码").key.eg("rent"),
      .date("due_on", "应收日期").key.eg("2026-08-05"),
      .money("amount", "金额").required.eg("16383.25"),
      .flag("invoiced", "已开票").or("no").eg("yes"),
    ],
    references: [Reference("contract_no", "contract"), Reference("item", "fee_item")],
    rules: [amountAboveZero])

  private static let amountAboveZero = RowRule(
    "opening_balance.amount",
    Phrase(
      "amount is above zero, except for straight_line", "金额大于零（直线法差额除外）")
  ) { record in
    guard let kind = record.text("kind"), kind != "straight_line",
      let fen = record.number("amount"), fen <= 0
    else { return nil }
    let amount = Money(fen: fen)
    return Violation(
      "amount",
      Phrase("amount '\(amount)' must be above zero", "金额“\(amount)”应大于零"),
      hint: Phrase(
        "what the tenant has paid too much is a row of kind prepaid",
        "租户多付的款项请按“预收”录入"))
  }
}

extension Choice {
  static let openingKinds = [
    Choice("receivable", "应收"), Choice("prepaid", "预收"), Choice("deposit", "押金").called("保证金"),
    Choice("straight_line", "直线法差额"),
  ]
}
