extension Catalogue {
  /// 合同: who rents in which property, from when to when. What is charged stands in its terms.
  package static let contract = Register(
    "contract", "合同",
    Phrase("who rents in which property, from when to when", "租户与项目之间的合同及其期限"),
    fields: [
      .code("contract_no", "合同编号").key.resolved.called("合同号").eg("HT-2026-0001")
        .note("empty: numbered on import", "留空：导入时自动编号"),
      .code("tenant_no", "租户编号").required.called("租户号", "商户编号", "客户编号").eg("T0001"),
      .code("property_no", "项目编号").required.eg("XH01"),
      .choice("kind", "合同类型", Choice.contractKinds).or("lease").eg("lease"),
      .date("signed_on", "签订日期").called("签约日期").eg("2025-12-20"),
      .date("start_on", "开始日期").required.called("起租日", "起租日期").eg("2026-01-15"),
      .date("end_on", "结束日期").required.called("到期日", "到期日期").eg("2028-01-14")
        .note("the last day, which is charged", "合同最后一日，当日计费"),
      .date("handover_on", "交付日期").eg("2026-01-10")
        .note("empty: start_on", "留空：同开始日期"),
      .date("terminated_on", "终止日期").eg("2027-06-30")
        .note("the last day if the contract ends early", "提前终止时的最后一日"),
      .code("previous_contract_no", "原合同编号").eg("HT-2024-0001"),
      .code("company_no", "收款主体").eg("WY").note("empty: the property's", "留空：同项目"),
      .text("brand", "品牌").called("品牌名称").eg("青禾小馆"),
      .text("trade", "业态").called("经营业态").eg("餐饮"),
      .choice("status", "状态", Choice.contractStatuses).or("signed").eg("signed")
        .note("only signed contracts are billed", "仅“已签”合同出账"),
      .text("note", "备注").eg("续签，租金不变"),
    ],
    references: [
      Reference("tenant_no", "tenant"),
      Reference("property_no", "property"),
      Reference("company_no", "company"),
      Reference("previous_contract_no", "contract", "contract_no"),
    ],
    rules: [
      .order("contract.dates", Named("start_on", "开始日期"), Named("end_on", "结束日期")),
      termination,
      // Who stays on after the end and leaves later often has that day in the books: it ends
      // nothing, and nothing after end_on is charged.
      .order(
        "contract.terminated-late", Named("terminated_on", "终止日期"), Named("end_on", "结束日期"),
        level: .warning,
        hint: Phrase(
          "the contract ends on end_on; if it was prolonged, give a later end_on",
          "合同按结束日期终止；如已延期，请修改结束日期")),
      .order(
        "contract.signed", Named("signed_on", "签订日期"), Named("end_on", "结束日期"),
        level: .warning,
        hint: Phrase("see whether the year of signed_on is right", "请检查签订日期的年份")),
      .order(
        "contract.handover", Named("handover_on", "交付日期"), Named("end_on", "结束日期"),
        level: .warning,
        hint: Phrase("see whether the year of handover_on is right", "请检查交付日期的年份")),
      previousContract,
      twentyYears,
    ])

  private static let termination = RowRule(
    "contract.terminated",
    Phrase("terminated_on is not before start_on", "终止日期不早于开始日期")
  ) { record in
    guard let end = record.date("terminated_on"), let start = record.date("start_on"), end < start
    else { return nil }
    return Violation(
      "terminated_on",
      Phrase(
        "terminated_on '\(end)' is before start_on '\(start)'",
        "终止日期“\(end)”早于开始日期“\(start)”"),
      hint: Phrase(
        "a contract that never began has status archived and no terminated_on",
        "未履行的合同请将状态改为“归档”，终止日期留空"))
  }

  private static let previousContract = RowRule(
    "contract.previous",
    Phrase("a contract does not follow itself", "原合同不是合同本身")
  ) { record in
    guard let number = record.text("contract_no"), number == record.text("previous_contract_no")
    else { return nil }
    return Violation(
      "previous_contract_no",
      Phrase("contract '\(number)' names itself as the previous one", "合同“\(number)”的原合同是其本身"),
      hint: Phrase("give the contract that it follows, or nothing", "请填写被续签的合同，或留空"))
  }

  /// Civil Code (民法典) article 705: what exceeds twenty years of a lease is void.
  private static let twentyYears = RowRule(
    "contract.twenty-years", .warning,
    Phrase("a lease lasts at most twenty years", "租赁期限不超过二十年")
  ) { record in
    guard record.text("kind") ?? "lease" == "lease", let start = record.date("start_on"),
      let end = record.date("end_on"), end >= start.adding(months: 240)
    else { return nil }
    return Violation(
      "end_on",
      Phrase(
        "a lease from '\(start)' to '\(end)' is longer than twenty years",
        "租赁期限“\(start)”至“\(end)”超过二十年"),
      hint: Phrase(
        "correct the years; the part beyond twenty years is void (Civil Code, article 705)",
        "请核对年份；超过二十年的部分无效（民法典第七百零五条）"))
  }
}

extension Choice {
  package static let contractKinds = [
    Choice("lease", "租赁").called("租赁合同", "房屋租赁"), Choice("management", "物业").called("物业服务", "物业管理"),
    Choice("ad", "广告").called("广告位"),
    Choice("parking", "车位").called("停车位"), Choice("other", "其他"),
  ]
  static let contractStatuses = [
    Choice("draft", "草稿"), Choice("signed", "已签").called("已签约", "已签订"),
    Choice("archived", "归档").called("已归档"),
  ]
}
