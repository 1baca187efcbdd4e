extension Catalogue {
  /// 租户: who rents, and to whom the invoices go.
  package static let tenant = Register(
    "tenant", "租户",
    Phrase("who rents, and to whom invoices go", "承租人及其开票信息"),
    fields: [
      .code("tenant_no", "租户编号").key.called("编号", "租户号", "商户编号", "客户编号").eg("T0001"),
      .text("name", "租户名称").required
        .called("租户名", "商户名称", "客户名称", "承租方").eg("杭州青禾餐饮管理有限公司"),
      .choice("kind", "租户类型", Choice.tenantKinds).or("company").eg("company"),
      .code("credit_code", "统一社会信用代码").eg("91330106MA2B0CDE1X"),
      .code("id_no", "证件号码").sensitive.called("身份证号", "身份证号码").eg("330106199003071236")
        .note("of a person", "个人租户填写"),
      .text("contact", "联系人").sensitive.eg("王经理"),
      .text("phone", "联系电话").sensitive.called("电话", "手机", "手机号", "联系方式").eg("13800000000"),
      .text("email", "邮箱").sensitive.eg("lease@example.com"),
      .text("trade", "业态").called("经营业态").eg("餐饮"),
      .text("address", "地址").eg("浙江省杭州市西湖区文三路100号"),
      .text("bank_name", "开户银行").called("开户行").eg("招商银行杭州分行"),
      .code("bank_account", "银行账号").sensitive.called("账号", "银行卡号").eg("6214830000001234"),
      .choice("invoice_kind", "发票类型", Choice.invoiceKinds).eg("special"),
      .text("invoice_title", "发票抬头").eg("杭州青禾餐饮管理有限公司")
        .note("if it is not the name", "与租户名称不同时填写"),
      .code("invoice_tax_no", "发票税号").sensitive.eg("91330106MA2B0CDE1X")
        .note("if it is not the credit code or the id", "与信用代码或证件号码不同时填写"),
      .text("invoice_email", "收票邮箱").sensitive.eg("invoice@example.com"),
    ],
    rules: [
      .creditCode("tenant.credit-code", Named("credit_code", "统一社会信用代码")),
      invoiceTaxNumber,
      identityNumber,
      .email("tenant.email", Named("email", "邮箱")),
      .email("tenant.invoice-email", Named("invoice_email", "收票邮箱")),
    ])

  /// Besides credit codes, invoices go to taxpayers with the 15, 17 or 20 characters of older
  /// registrations, and to persons by the number of their identity card.
  private static let invoiceTaxNumber = RowRule(
    "tenant.invoice-tax-no", .warning,
    Phrase(
      "invoice_tax_no is a credit code with the right check character, a person's id, or has 15, "
        + "17 or 20 characters",
      "发票税号为校验位正确的统一社会信用代码、个人身份证号，或为 15、17、20 位")
  ) { record in
    guard let number = record.text("invoice_tax_no"), ![15, 17, 20].contains(number.count),
      !IDNumber.isOne(number)
    else { return nil }
    return RowRule.creditCodeViolation(
      Named("invoice_tax_no", "发票税号"), number,
      shown: Masking.mask(number, field: "invoice_tax_no"))
  }

  private static let identityNumber = RowRule(
    "tenant.id-no", .warning,
    Phrase(
      "id_no of a person, where it is an identity card's, has the right check character",
      "个人的证件号码为身份证号时，校验位正确")
  ) { record in
    guard record.text("kind") == "person", let number = record.text("id_no"),
      IDNumber.hasForm(number), IDNumber.expectedCheck(of: number) != number.last
    else { return nil }
    let shown = Masking.mask(number, field: "id_no")
    return Violation(
      "id_no",
      Phrase("check digit of '\(shown)' does not match", "“\(shown)”的校验位不符"),
      hint: Phrase("compare it with the identity card", "请与身份证核对"))
  }
}

extension Choice {
  static let tenantKinds = [
    Choice("company", "企业").called("公司", "单位"),
    Choice("person", "个人").called("自然人", "个体户", "个体工商户"),
  ]
  static let invoiceKinds = [
    Choice("special", "专票").called("专用发票", "增值税专用发票"),
    Choice("ordinary", "普票").called("普通发票", "增值税普通发票"),
  ]
}
