extension Catalogue {
  /// 收款主体: the legal person that charges, and in whose name invoices are made.
  package static let company = Register(
    "company", "收款主体",
    Phrase("who charges: the legal person in whose name bills and invoices are made", "出账和开票的法人主体"),
    fields: [
      .code("company_no", "主体编号").key.eg("WY"),
      .text("name", "名称").required.called("公司名称", "主体名称").eg("杭州星河物业服务有限公司"),
      .code("credit_code", "统一社会信用代码").required.eg("91330000142942095H"),
      .choice("taxpayer_kind", "纳税人类型", Choice.taxpayerKinds).eg("general"),
      .text("bank_name", "开户银行").called("开户行").eg("工商银行杭州分行"),
      .code("bank_account", "收款账号").eg("1202000000002002"),
      .text("address", "地址").eg("浙江省杭州市西湖区文三路100号"),
      .text("phone", "电话").eg("0571-88880002"),
    ],
    rules: [.creditCode("company.credit-code", Named("credit_code", "统一社会信用代码"))])
}

extension Choice {
  static let taxpayerKinds = [
    Choice("general", "一般纳税人").called("一般", "增值税一般纳税人"),
    Choice("small", "小规模纳税人").called("小规模", "增值税小规模纳税人"),
  ]
}
