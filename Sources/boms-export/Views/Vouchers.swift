import Shared

extension Export {
  /// 用友: the fields of U8's general ledger tool (总账工具, 凭证引入) in their order.
  static let voucherYonyou = Export(
    name: "voucher_yonyou", zh: "用友凭证",
    summary: Phrase(
      "the journal in the columns of Yonyou U8's voucher import", "按用友 U8 总账工具“凭证引入”列出的凭证"),
    columns: [
      .date("date", "制单日期"), .text("type", "凭证类别字"), .integer("number", "凭证号", 1...Int.max),
      .integer("attachments", "附单据数", 0...Int.max), .text("summary", "摘要"),
      .code("account_code", "科目编码"), .money("debit", "金额借方"), .money("credit", "金额贷方"),
      .decimal("quantity", "数量"), .money("foreign", "外币"), .decimal("exchange_rate", "汇率"),
      .text("maker", "制单人"), .text("settlement", "结算方式"), .code("settlement_no", "票号"),
      .date("happened_on", "发生日期"), .code("department", "部门编码"), .code("person", "个人编码"),
      .code("customer", "客户编码"), .code("supplier", "供应商编码"), .text("salesman", "业务员"),
      .code("project", "项目编码"),
    ],
    takesPeriod: true, headings: .zh
  ) { db, selection, day, writer in
    try JournalStore.forEach(db, in: selection.period ?? JournalPeriod(to: day)) { voucher in
      for line in voucher.lines {
        let (debit, credit) = voucher.sides(line)
        try ComputedRow(cells: [
          Cell(voucher.bookedOn), .text("记"), .integer(Int64(voucher.number)), .integer(0),
          .text(voucher.summary), .text(line.accountCode), Cell(debit ?? .zero),
          Cell(credit ?? .zero), .null, .null, .null, .null, .null, .null, Cell(voucher.bookedOn),
          .null, .null, Cell(line.tenantNo), .null, .null, Cell(line.propertyNo),
        ]).write(selection, to: writer)
      }
    }
  }

  /// 金蝶: the columns of K/3's standard vouchers (标准凭证引入, sheet 凭证) in their order.
  static let voucherKingdee = Export(
    name: "voucher_kingdee", zh: "金蝶凭证",
    summary: Phrase(
      "the journal in the columns of Kingdee K/3's voucher import", "按金蝶 K/3“标准凭证引入”列出的凭证"),
    columns: [
      .date("date", "凭证日期"), .integer("year", "会计年度", 0...9999),
      .integer("period", "会计期间", 1...12), .text("type", "凭证字"),
      .integer("number", "凭证号", 1...Int.max), .code("account_code", "科目代码"),
      .text("account_name", "科目名称"), .code("currency", "币别代码"),
      .text("currency_name", "币别名称"), .money("original", "原币金额"), .money("debit", "借方"),
      .money("credit", "贷方"), .text("maker", "制单"), .text("auditor", "审核"),
      .text("approver", "核准"), .text("cashier", "出纳"), .text("handler", "经办"),
      .text("settlement", "结算方式"), .code("settlement_no", "结算号"), .text("summary", "凭证摘要"),
      .decimal("quantity", "数量"), .text("unit", "数量单位"), .decimal("price", "单价"),
      .text("reference", "参考信息"), .date("business_date", "业务日期"),
      .code("business_no", "往来业务编号"), .integer("attachments", "附件数", 0...Int.max),
      .integer("serial", "序号", 1...Int.max), .text("module", "系统模块"),
      .text("description", "业务描述"), .text("rate_type", "汇率类型"),
      .decimal("exchange_rate", "汇率"), .integer("entry_no", "分录序号", 0...Int.max),
      .text("dimensions", "核算项目"), .text("posted", "过账"), .text("generated", "机制凭证"),
      .text("cash_flow", "现金流量"),
    ],
    takesPeriod: true, headings: .zh
  ) { db, selection, day, writer in
    var serial: Int64 = 0
    try JournalStore.forEach(db, in: selection.period ?? JournalPeriod(to: day)) { voucher in
      serial += 1
      let parts = voucher.bookedOn.parts
      for (index, line) in voucher.lines.enumerated() {
        let (debit, credit) = voucher.sides(line)
        let tenant = line.tenantNo.map { "客户---\($0)---\(line.tenantName ?? $0)" }
        try ComputedRow(cells: [
          Cell(voucher.bookedOn), .integer(Int64(parts.year)), .integer(Int64(parts.month)),
          .text("记"), .integer(Int64(voucher.number)), .text(line.accountCode),
          .text(line.accountName), .text("RMB"), .text("人民币"), Cell(debit ?? credit),
          Cell(debit ?? .zero), Cell(credit ?? .zero), .null, .null, .null, .null, .null, .null,
          .null, .text(voucher.summary), .integer(0), .null, .integer(0), Cell(line.contractNo),
          Cell(voucher.bookedOn), .text(voucher.documentNo), .integer(0), .integer(serial), .null,
          .null, .text("公司汇率"), .integer(1_000_000), .integer(Int64(index)), Cell(tenant),
          .integer(0), .null, .null,
        ]).write(selection, to: writer)
      }
    }
  }
}
