import Shared

extension Export {
  /// 余款: money that nothing has used up.
  static let credits = Export(
    name: "credits", zh: "余款",
    summary: Phrase(
      "what is left as of a day of payments, credit notes and prepaid money",
      "截至某日收款、冲减单、期初预收的余款"),
    columns: [
      .choice("paid_by", "款项来源", Choice.moneyKinds), .code("paid_by_no", "来源单号"),
      .code("property_no", "项目编号"), .code("tenant_no", "租户编号"),
      .text("tenant_name", "租户名称"), .code("company_no", "收款主体"),
      .code("contract_no", "合同编号"), .code("item", "项目代码"), .date("since", "款项日期"),
      .money("amount", "金额"), .money("used", "已核销"), .money("left", "余额"),
    ]
  ) { db, selection, day, writer in
    try CreditsStore.forEach(db, on: day) { credit in
      try ComputedRow(cells: [
        .text(credit.kind), .text(credit.number), .text(credit.propertyNo),
        .text(credit.tenantNo), .text(credit.tenantName), Cell(credit.companyNo),
        Cell(credit.contractNo), Cell(credit.item), Cell(credit.since), Cell(credit.amount),
        Cell(credit.used), Cell(try credit.amount - credit.used),
      ]).write(selection, to: writer)
    }
  }
}
