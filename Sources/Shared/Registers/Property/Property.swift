extension Catalogue {
  /// 项目: a mall, a market, an office tower.
  package static let property = Register(
    "property", "项目",
    Phrase("a mall, a market, an office tower", "购物中心、市场、写字楼等经营项目"),
    fields: [
      .code("property_no", "项目编号").key.eg("XH01"),
      .text("name", "项目名称").required.eg("星河城购物中心"),
      .choice("kind", "项目类型", Choice.propertyKinds).eg("mall"),
      .text("address", "地址").eg("浙江省杭州市西湖区文三路100号"),
      .date("opened_on", "开业日期").eg("2019-09-28"),
      .code("company_no", "收款主体").required.eg("WY")
        .note("who charges where neither contract nor term says so", "合同和条款未指定时的收款主体"),
      .date("billing_from", "系统启用日期").eg("2026-09-01")
        .note("nothing due before this day is billed", "应收日早于此日的费用不出账"),
    ],
    references: [Reference("company_no", "company")],
    rules: [plausibleBillingFrom])

  private static let plausibleBillingFrom = RowRule(
    "property.billing-from", .warning,
    Phrase("billing_from lies in the years 2000 to 2099", "系统启用日期在 2000 至 2099 年之间")
  ) { record in
    guard let day = record.date("billing_from"), !(2000...2099).contains(day.parts.year) else {
      return nil
    }
    return Violation(
      "billing_from",
      Phrase("billing_from '\(day)' is hardly meant", "系统启用日期“\(day)”不合常理"),
      hint: Phrase(
        "give the first day whose dues are to be billed here; older ones are opening balances",
        "请填写开始由本系统出账的首日；更早的欠款录入期初余额"))
  }
}

extension Choice {
  static let propertyKinds = [
    Choice("mall", "购物中心").called("商场"), Choice("office", "写字楼").called("办公楼"),
    Choice("market", "市场"),
    Choice("apartment", "公寓"), Choice("other", "其他"),
  ]
}
