import Shared

extension Export {
  private static let receiptsFields: [Field] = [
    .code("receipt_no", "收据号"), .date("issued_on", "开具日期"), .code("payment_no", "收款单号"),
    .date("paid_on", "收款日期"), .code("property_no", "项目编号"), .code("tenant_no", "租户编号"),
    .text("tenant_name", "租户名称"), .code("company_no", "收款主体"),
    .choice("method", "收款方式", Choice.paymentMethods), .code("reference", "流水号"),
    .money("amount", "金额"), .money("allocated", "已核销"), .money("refunded", "已退款"),
    .money("left", "余额"), .flag("void", "作废"),
  ]

  /// 收据: the receipt of every payment of which something was allocated.
  static let receipts = Export(
    name: "receipts", zh: "收据",
    summary: Phrase(
      "receipts issued by a day, what their payments had paid by then, and whether they are void",
      "截至某日开具的收据，其收款的已核销与余额，以及是否作废"),
    columns: receiptsFields
  ) { db, selection, day, writer in
    try ReceiptsStore.write(db, on: day, receiptsFields, selection, writer)
  }
}
