extension Catalogue {
  /// 采购与费用: what is bought. Invoices that come in are matched to it.
  package static let purchase = Register(
    "purchase", "采购与费用",
    Phrase(
      "what is bought; incoming invoices are matched to it", "采购与费用支出；进项发票与其匹配"),
    fields: [
      .code("purchase_no", "采购单号").key.eg("CG-202611-0007"),
      .code("company_no", "采购主体").required.eg("CQ"),
      .code("property_no", "项目编号").eg("XH01"),
      .text("supplier", "供应商").required.eg("杭州净城保洁服务有限公司"),
      .code("supplier_tax_no", "供应商税号").eg("91330106MACKX4QG41")
        .note("empty: the invoice is found by the supplier's name", "留空：按供应商名称匹配发票"),
      .date("purchased_on", "采购日期").required.eg("2026-11-03"),
      .money("amount", "金额").required.eg("10600.00").note("tax included", "含税"),
      .text("item", "内容").eg("11月保洁服务"),
      .choice("use", "用途", Choice.expenseUses).eg("taxable")
        .note(
          "whether the input tax may be deducted; the matched invoice takes it over",
          "决定进项税额能否抵扣；匹配的发票沿用此用途"),
      .text("note", "备注").eg("合同 BJ-2026-01"),
    ],
    references: [Reference("company_no", "company"), Reference("property_no", "property")],
    rules: [
      .number(
        "purchase.amount", Named("amount", "金额"), asks: Phrase("must not be zero", "不能为零"),
        hint: Phrase("what was sent back is below zero", "退货请填负数")
      ) { $0 != 0 },
      .creditCode("purchase.credit-code", Named("supplier_tax_no", "供应商税号")),
    ])
}

extension Choice {
  /// For what something is used that was bought: only of taxable use the input tax is deducted.
  package static let expenseUses = [
    Choice("taxable", "应税"), Choice("welfare", "集体福利"), Choice("personal", "个人消费"),
    Choice("exempt", "免税"), Choice("simplified", "简易计税"),
  ]
}
