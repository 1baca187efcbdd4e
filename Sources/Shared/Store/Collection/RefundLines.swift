/// Refunds as records, one for each part of the money that went back: what `boms-collect` says of a
/// new one and `boms-export` of all.
package enum RefundLines {
  /// What money may go back of.
  package static let moneyKinds = Choice.moneyKinds + [Choice("deposit", "押金")]

  package static let fields: [Field] = [
    .code("refund_no", "退款单号"), .code("property_no", "项目编号"), .code("tenant_no", "租户编号"),
    .text("tenant_name", "租户名称"), .code("company_no", "收款主体"), .date("refunded_on", "退款日期"),
    .date("booked_on", "记账日"),
    .choice("paid_by", "款项来源", moneyKinds),
    .code("paid_by_no", "来源单号"), .money("amount", "退款金额"),
    .choice("method", "退款方式", Choice.paymentMethods), .code("reference", "流水号"),
    .text("reason", "原因"), .code("reverses", "撤销的退款单"),
  ]

  /// A query with the columns of the fields, and `refund_id`, `line`, `month`, `serial`.
  package static let select =
    """
    SELECT r.id AS refund_id, l.id AS line, r.month, r.serial, r.refund_no, r.property_no,
      r.tenant_no, t.name AS tenant_name, r.company_no, r.refunded_on, r.booked_on,
      CASE WHEN l.payment_no IS NOT NULL THEN 'payment' WHEN l.credit_id IS NOT NULL
        THEN 'credit_note' WHEN o.kind = 'prepaid' THEN 'prepaid' ELSE 'deposit' END AS paid_by,
      coalesce(l.payment_no, c.bill_no, o.contract_no) AS paid_by_no, l.amount_fen, r.method,
      r.reference, r.reason, v.refund_no AS reverses
    FROM refund r JOIN refund_line l ON l.refund_id = r.id
    LEFT JOIN tenant t ON t.tenant_no = r.tenant_no
    LEFT JOIN charge c ON c.id = coalesce(l.credit_id, l.deposit_id)
    LEFT JOIN opening_balance o ON o.id = l.opening_id LEFT JOIN refund v ON v.id = r.reverses
    """
}
