import Shared

/// Notices as records, one per charge, each with all that a letter of one's own needs.
enum NoticeRecords {
  static let fields: [Field] = [
    .code("notice", "通知单"), .code("bill_no", "账单号"),
    .choice("bill_kind", "单据类型", [Choice("bill", "账单"), Choice("credit_note", "冲减单")]),
    .date("bill_on", "出账日"), .date("due_on", "应收日期"), .code("company_no", "收款主体"),
    .text("company_name", "收款主体名称"), .text("bank_name", "开户银行"),
    .code("bank_account", "收款账号"), .code("property_no", "项目编号"),
    .text("property_name", "项目名称"), .code("tenant_no", "租户编号"), .text("tenant_name", "租户名称"),
    .code("contract_no", "合同编号"), .text("brand", "品牌"), .codes("unit_no", "铺位号"),
    .integer("line", "行号", 0...9999), .code("item", "项目代码"), .text("item_name", "收费项目"),
    .chargeKind,
    .date("period_start", "账期起"), .date("period_end", "账期止"), .rate("tax_rate", "税率"),
    .money("net", "不含税金额"), .money("tax", "税额"), .money("amount", "价税合计"),
    .text("explain", "计算说明"), .money("bill_amount", "账单合计"),
    .money("notice_amount", "通知单合计"), .text("notice_capitals", "合计大写"),
  ]

  static func write(_ notice: Notice, _ writer: RecordWriter) throws {
    let capitals = notice.amounts.amount.capitals
    for bill in notice.bills {
      for charge in bill.charges {
        writer.text(notice.number)
        writer.text(bill.billNo)
        writer.text(bill.isCredit ? "credit_note" : "bill")
        writer.date(bill.billOn)
        writer.date(bill.dueOn)
        writer.text(notice.payee.companyNo)
        writer.text(notice.payee.name)
        writer.optional(notice.payee.bankName)
        writer.optional(notice.payee.bankAccount)
        writer.text(bill.propertyNo)
        writer.text(bill.propertyName)
        writer.text(notice.tenantNo)
        writer.text(notice.tenantName)
        writer.text(bill.contractNo)
        writer.optional(bill.brand)
        writer.optional(bill.unitNos.isEmpty ? nil : bill.unitNos.joined(separator: ";"))
        write(charge, writer)
        writer.integer(bill.amounts.amount.fen)
        writer.integer(notice.amounts.amount.fen)
        writer.text(capitals)
        try writer.endRow()
      }
    }
  }

  private static func write(_ charge: Notice.Charge, _ writer: RecordWriter) {
    if let line = charge.line { writer.integer(Int64(line)) } else { writer.null() }
    writer.text(charge.item)
    writer.text(charge.itemName)
    writer.text(charge.kind.rawValue)
    writer.date(charge.period.from)
    writer.date(charge.period.to)
    writer.integer(charge.taxRate.millionths)
    writer.integer(charge.amounts.net.fen)
    writer.integer(charge.amounts.tax.fen)
    writer.integer(charge.amounts.amount.fen)
    writer.text(charge.explain)
  }
}

extension RecordWriter {
  /// A text, or nothing.
  func optional(_ value: String?) {
    if let value { text(value) } else { null() }
  }
}
