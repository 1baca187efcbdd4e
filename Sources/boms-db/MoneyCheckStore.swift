import Shared

extension CheckStore {
  /// What must hold of payments, receipts, refunds and deposits, and of what they are set against.
  static let money: [Rule] = [
    rule(
      "allocation.sums",
      """
      SELECT 'charge ' || c.id FROM charge_open o JOIN charge c ON c.id = o.charge_id
      WHERE o.open_fen NOT BETWEEN min(c.amount_fen, 0) AND max(c.amount_fen, 0)
      UNION ALL
      SELECT 'payment ' || p.payment_no FROM payment_left l
      JOIN payment p ON p.payment_no = l.payment_no
      WHERE p.amount_fen > 0 AND l.left_fen NOT BETWEEN 0 AND p.amount_fen
      UNION ALL
      SELECT 'opening ' || o.id FROM opening_left l JOIN opening_balance o ON o.id = l.opening_id
      WHERE l.left_fen NOT BETWEEN 0 AND o.amount_fen
      UNION ALL
      SELECT 'deposit ' || charge_id FROM deposit_left WHERE used_fen > 0 AND left_fen < 0
      """,
      Phrase(
        "more is allocated than the charge or the money comes to", "核销金额超过费用或款项")),
    rule(
      "allocation.account",
      """
      SELECT a.id FROM allocation a
      JOIN charge c ON c.id = a.charge_id JOIN bill b ON b.bill_no = c.bill_no
      LEFT JOIN payment_owner p ON p.payment_no = a.payment_no
      LEFT JOIN charge k ON k.id = a.credit_id LEFT JOIN bill n ON n.bill_no = k.bill_no
      LEFT JOIN charge d ON d.id = a.deposit_id LEFT JOIN bill h ON h.bill_no = d.bill_no
      LEFT JOIN opening o ON o.id = a.opening_id
      WHERE NOT EXISTS (SELECT 1 FROM payment_void v WHERE v.payment_no = a.payment_no)
        AND (coalesce(p.tenant_no, n.tenant_no, h.tenant_no, o.tenant_no) IS NOT b.tenant_no
          OR coalesce(p.property_no, n.property_no, h.property_no, o.property_no)
            IS NOT b.property_no
          OR coalesce(CASE p.pays_any WHEN 0 THEN p.entry_company_no END, n.company_no,
            h.company_no, o.company_no, b.company_no) <> b.company_no)
      """,
      Phrase(
        "the money is of another tenant, property or company than the charge",
        "款项与费用的租户、项目或收款主体不符")),
    rule(
      "deposit.held",
      """
      SELECT DISTINCT contract_no || ' ' || item || ' ' || company_no FROM (
        SELECT contract_no, item, company_no, sum(sum(amount_fen)) OVER (
          PARTITION BY contract_no, item, company_no ORDER BY booked_on) AS held_fen
        FROM deposit_movement GROUP BY contract_no, item, company_no, booked_on)
      WHERE held_fen < 0 ORDER BY 1
      """,
      Phrase("more of the deposit is used than was held on a day", "某日已用押金超过结存")),
    numbers(
      "receipt.numbers", of: "receipt",
      Phrase("the numbers of the month's receipts have a gap", "该月收据编号不连续")),
    numbers(
      "refund.numbers", of: "refund",
      Phrase("the numbers of the month's refunds have a gap", "该月退款编号不连续")),
    rule(
      "refund.totals",
      """
      SELECT r.refund_no FROM refund r LEFT JOIN refund_line l ON l.refund_id = r.id
      GROUP BY r.id HAVING coalesce(sum(l.amount_fen), 0) <> r.amount_fen
      UNION ALL
      SELECT v.refund_no FROM refund v JOIN refund r ON r.id = v.reverses
      WHERE v.amount_fen <> -r.amount_fen OR v.company_no <> r.company_no
        OR v.tenant_no IS NOT r.tenant_no OR v.property_no <> r.property_no
      """,
      Phrase(
        "the refund is not the sum of its lines, or not the opposite of what it takes back",
        "退款金额不等于其明细之和，或与所冲回的退款不符")),
    rule(
      "payment_void.in-use",
      """
      SELECT v.payment_no FROM payment_void v
      JOIN payment_left l ON l.payment_no = v.payment_no WHERE l.left_fen <> 0
      UNION ALL
      SELECT v.payment_no FROM payment_void v
      WHERE NOT EXISTS (SELECT 1 FROM payment_entry e WHERE e.payment_no = v.payment_no)
      """,
      Phrase(
        "the payment is void, but something of it is allocated or refunded, or it was never entered",
        "收款已作废，但仍有核销或退款，或从未入账")),
  ]
}
