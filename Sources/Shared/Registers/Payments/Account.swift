extension Catalogue {
  /// 科目: the account of the general ledger for each role of the journal.
  package static let account = Register(
    "account", "科目",
    Phrase("the account of the general ledger for each role of the journal", "凭证各用途对应的会计科目"),
    fields: [
      .code("role", "用途").key.eg("receivable"),
      .code("code", "科目编码").required.eg("112201"),
      .text("name", "科目名称").required.eg("应收账款—租户"),
    ],
    rules: [accountRole])

  private static let accountRole = RowRule(
    "account.role", Phrase("the role is one of the journal's", "用途为凭证所用的用途之一")
  ) { record in
    guard let role = record.text("role"), !Choice.accountRoles.contains(where: { $0.code == role })
    else { return nil }
    let roles = Choice.accountRoles.map { ($0.code, "\($0.code) \($0.zh)") }
    return Violation(
      "role", Phrase("the journal has no role '\(role)'", "凭证没有用途“\(role)”"),
      hint: Phrase(
        "the roles are \(roles.map(\.0).joined(separator: ", "))",
        "可用的用途：\(roles.map(\.1).joined(separator: "、"))"))
  }
}

extension Choice {
  /// What the journal posts to: schema steps 7 and 10 ship an account for each. In the order in which the
  /// lines of a voucher stand.
  package static let accountRoles = [
    Choice("bank", "银行存款"), Choice("receivable", "应收账款"),
    Choice("straight_line", "直线法差额"), Choice("intercompany", "内部往来"),
    Choice("asset_receivable", "资产处置应收"),
    Choice("asset_fixed", "固定资产"), Choice("asset_fixed_depreciation", "累计折旧"),
    Choice("asset_fixed_impairment", "固定资产减值准备"), Choice("asset_clearing", "固定资产清理"),
    Choice("asset_investment_property", "投资性房地产"),
    Choice("asset_investment_property_depreciation", "投资性房地产累计折旧"),
    Choice("asset_investment_property_impairment", "投资性房地产减值准备"),
    Choice("asset_right_of_use", "使用权资产"),
    Choice("asset_right_of_use_depreciation", "使用权资产累计折旧"),
    Choice("asset_right_of_use_impairment", "使用权资产减值准备"),
    Choice("asset_intangible", "无形资产"), Choice("asset_intangible_depreciation", "累计摊销"),
    Choice("asset_intangible_impairment", "无形资产减值准备"),
    Choice("asset_deferred", "长期待摊费用"), Choice("asset_payable", "资产购置应付"),
    Choice("bad_debt", "坏账准备"), Choice("credit", "租户余款"), Choice("unclaimed", "待认领"),
    Choice("advance_rent", "预收租金"), Choice("contract_liability", "合同负债"),
    Choice("deposit", "押金"), Choice("pass_through", "代收代付"),
    Choice("output_vat_pending", "待转销项税额"), Choice("output_vat", "销项税额"),
    Choice("revenue_rent", "租金收入"), Choice("revenue_service", "服务收入"),
    Choice("revenue_resale", "转售收入"), Choice("penalty_income", "违约金收入"),
    Choice("asset_disposal_gain", "资产处置损益"), Choice("asset_disposal_income", "处置营业外收入"),
    Choice("depreciation_expense", "折旧费用"), Choice("asset_impairment_loss", "资产减值损失"),
    Choice("asset_disposal_loss", "处置营业外支出"),
    Choice("opening", "期初结转"),
  ]
}
