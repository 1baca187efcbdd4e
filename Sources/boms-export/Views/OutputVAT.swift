import Shared

extension Export {
  private static let outputVATFields: [Field] = [
    .code("company_no", "收款主体"), .month("month", "月份"), .rate("tax_rate", "税率"),
    .code("item", "项目代码"), .text("item_name", "项目名称"), .code("tax_code", "税收分类编码"),
    .money("net", "不含税金额"), .money("tax", "税额"), .money("amount", "价税合计"),
    .money("early_net", "其中提前收款不含税"), .money("early_tax", "其中提前收款税额"),
    .money("invoiced_net", "本月开票不含税"), .money("invoiced_tax", "本月开票税额"),
    .money("uninvoiced_net", "未开票不含税"), .money("uninvoiced_tax", "未开票税额"),
  ]

  /// 销项台账: the output tax that fell due, by month, and how much of it was invoiced.
  static let outputVAT = Export(
    name: "output_vat", zh: "销项台账",
    summary: Phrase(
      "output tax that fell due by a day: by company, month, rate and item",
      "截至某日已发生纳税义务的销项税额：分主体、月份、税率、项目"),
    columns: outputVATFields
  ) { db, selection, day, writer in
    try OutputVATStore.write(db, on: day, outputVATFields, selection, writer)
  }
}
