extension Catalogue {
  /// 收款分配: the payer's instruction which bills a payment is for. A ledger, and so without a
  /// group: `--replace` would remove rows.
  package static let paymentLine = Register(
    "payment_line", "收款分配",
    Phrase("the payer's instruction which bills a payment is for", "付款人指定的核销账单"),
    change: .refuse,
    fields: [
      .code("payment_no", "收款单号").key.eg("SK000001"),
      .code("bill_no", "账单号").key.eg("WY-202609-0001"),
      .money("amount", "金额").required.eg("50000.00"),
    ],
    references: [
      Reference("payment_no", "payment"),
      Reference("bill_no", "bill", isForeignKey: false),
    ],
    rules: [.aboveZero("payment_line.amount")])
}
