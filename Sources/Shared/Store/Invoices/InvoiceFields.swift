/// The columns of `boms-invoice list`.
package enum InvoiceFields {
  package static let all: [Field] = [
    .code("invoice_no", "发票号码"),
    .choice("direction", "方向", directions),
    .choice("kind", "票种", kinds),
    .choice("business", "特定业务", businesses),
    .flag("is_red", "红字"), .code("blue_no", "蓝字发票号码"), .date("issued_on", "开票日期"),
    .code("seller_tax_no", "销方识别号"), .text("seller_name", "销方名称"),
    .code("buyer_tax_no", "购方识别号"), .text("buyer_name", "购方名称"),
    .money("net", "金额"), .money("tax", "税额"), .money("gross", "价税合计"),
    .choice("carrier", "载体", carriers), .flag("awaiting", "待补"), .flag("conflict", "冲突"),
    .date("received_on", "收票日期"),
    choice("verified", "查验结果", Verification.self) { $0.zh },
    choice("bureau_status", "发票状态", BureauStatus.self) { $0.zh },
    choice("risk", "风险等级", InvoiceRisk.self) { $0.zh },
    choice("red_lock", "红字锁定", RedLock.self) { $0.zh },
    choice("usage", "用途", InvoiceUsage.self) { $0.zh },
    choice("reversal", "红冲", Reversal.self) { $0.zh }, .money("reversed_gross", "红冲金额"),
    choice("posting", "入账状态", PostingState.self) { $0.zh }, .code("voucher", "凭证号"),
    .month("posted_period", "入账期间"), .money("posted_gross", "入账金额"),
    .money("left_to_post", "待入账金额"), .money("to_reverse", "待冲销金额"),
    choice("deduction", "抵扣状态", DeductionState.self) { $0.zh },
    .month("deduction_period", "抵扣所属期"), .money("deducted_tax", "抵扣税额"),
    .money("selectable_tax", "可勾选税额"), .money("transferred_out", "已转出税额"),
    .money("transfer_due", "应转出税额"), .month("transfer_month", "应转出月份"),
    .code("seller_company_no", "销方主体"), .code("buyer_company_no", "购方主体"),
    .codes("matched", "关联单据"), .codes("findings", "检查提示"),
  ]

  /// The columns of a line.
  package static let lines: [Field] = [
    .integer("line", "行", 1...Int.max), .text("item_name", "项目名称"), .text("spec", "规格型号"),
    .text("unit", "单位"), .code("quantity", "数量"), .code("price", "单价"), .money("net", "金额"),
    .choice(
      "rate_kind", "税率类别",
      [
        Choice("taxed", "征税"), Choice("zero", "零税率"), Choice("exempt", "免税"),
        Choice("nontaxable", "不征税"), Choice("masked", "未注明"),
      ]), .rate("tax_rate", "税率"), .decimal("tax", "税额"), .decimal("gross", "价税合计"),
    .code("tax_code", "税收分类编码"), .flag("is_discount", "折扣行"),
  ]

  package static let directions = [
    Choice("in", "进项"), Choice("out", "销项"), Choice("internal", "内部"), Choice("other", "其他"),
  ]

  package static let kinds = [
    Choice("special", "专用发票"), Choice("ordinary", "普通发票"), Choice("rail", "铁路电子客票"),
    Choice("air", "航空行程单"), Choice("vehicle", "机动车发票"), Choice("used_vehicle", "二手车发票"),
  ]

  package static let businesses = [
    Choice("lease", "不动产经营租赁"), Choice("toll", "通行费"), Choice("passenger", "旅客运输"),
    Choice("construction", "建筑服务"), Choice("freight", "货物运输"), Choice("vehicle", "机动车"),
    Choice("property_sale", "不动产销售"), Choice("other", "其他"),
  ]

  package static let carriers = [
    Choice("xml", "XML"), Choice("ofd", "OFD"), Choice("xbrl", "XBRL"), Choice("pdf", "PDF"),
  ]

  /// What came of a file.
  package static let results = [
    Choice("new", "新增"), Choice("duplicate", "重复"), Choice("carrier", "其他载体"),
    Choice("conflict", "冲突"), Choice("rejected", "拒收"),
  ]

  private static func choice<Word: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ zh: String, _ words: Word.Type, _ word: (Word) -> String
  ) -> Field {
    .choice(name, zh, Word.allCases.map { Choice($0.rawValue, word($0)) })
  }
}
