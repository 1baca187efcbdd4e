extension Catalogue {
  /// 租户: who rents, and to whom the invoices go.
  static let tenant = Register(
    "tenant", "租户",
    fields: [
      .code("tenant_no", "租户编号").key.eg("T0001"),
      .text("name", "租户名称").required.eg("杭州青禾餐饮管理有限公司"),
      .choice("kind", "租户类型", [Choice("company", "企业"), Choice("person", "个人")])
        .or("company"),
      .code("credit_code", "统一社会信用代码").eg("91330106MA2B0CDE1X"),
      .code("id_no", "证件号码").sensitive,
      .text("contact", "联系人").eg("王经理"),
      .text("phone", "联系电话").sensitive.eg("13800000000"),
    ])
}
