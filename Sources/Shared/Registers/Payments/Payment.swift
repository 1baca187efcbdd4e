extension Catalogue {
  /// 收款: money that came in. A ledger; what goes back is a refund of `boms-collect`.
  package static let payment = Register(
    "payment", "收款",
    Phrase("money that came in", "收到的款项"),
    change: .refuse,
    fields: [
      .code("payment_no", "收款单号").key.resolved.eg("SK000001")
        .note(
          "empty: the last four digits of our_account, and reference",
          "留空：收款账号后四位加流水号"),
      .code("tenant_no", "租户编号").eg("T0001")
        .note("empty: matched by the payer, else unclaimed", "留空：按付款人匹配，否则待认领"),
      .code("property_no", "项目编号").required.eg("XH01"),
      .code("company_no", "收款主体").eg("WY"),
      .date("paid_on", "收款日期").required.eg("2026-09-06"),
      .money("amount", "金额").required.eg("93681.28"),
      .choice("method", "收款方式", Choice.paymentMethods).called("付款方式", "支付方式").eg("bank"),
      .text("payer_name", "付款户名").called("付款人", "付款方", "付款单位").eg("杭州青禾餐饮管理有限公司"),
      .code("payer_account", "付款账号").sensitive.eg("6214830000001234"),
      .code("our_account", "收款账号").eg("1202000000002002"),
      .code("reference", "流水号").eg("525905502272"),
      .code("contract_no", "合同编号").eg("HT-2026-0001"),
      .code("bill_no", "账单号").eg("WY-202609-0001"),
      .text("note", "备注").sensitive.eg("9月租金"),
    ],
    references: [
      Reference("tenant_no", "tenant"),
      Reference("property_no", "property"),
      Reference("company_no", "company"),
      Reference("contract_no", "contract"),
      Reference("bill_no", "bill", isForeignKey: false),
    ],
    rules: [.aboveZero("payment.amount")])
}

extension RowRule {
  static func aboveZero(_ id: String) -> RowRule {
    number(
      id, Named("amount", "金额"), asks: Phrase("must be above zero", "必须大于零"),
      hint: Phrase(
        "money that goes back is 'boms-collect refund', a wrong payment 'boms-collect void'",
        "退款请用 'boms-collect refund'，录错或退票请用 'boms-collect void'")
    ) { $0 > 0 }
  }
}

extension Choice {
  package static let paymentMethods = [
    Choice("bank", "银行转账").called("转账", "网银"), Choice("wechat", "微信").called("微信支付"),
    Choice("alipay", "支付宝"),
    Choice("card", "刷卡").called("POS"), Choice("cash", "现金"), Choice("cheque", "支票"),
  ]
}
