/// What is open of each charge, and what is left of each payment, as of a day (?1): the sums that open
/// items, credits and aging stand on.
///
/// Both are one scan of each ledger, and a row only where something is left.
enum OpenChargesStore {
  /// `charge_id`; `open_fen`, below zero of what is owed to the tenant; `written_off_fen`, which is
  /// no longer in the books and still claimed; `refunded_fen`, what of a credit note was paid out.
  static let charges =
    """
    SELECT m.charge_id, sum(m.amount_fen) AS open_fen,
      -sum(CASE m.kind WHEN 'write_off' THEN m.amount_fen ELSE 0 END) AS written_off_fen,
      sum(CASE m.kind WHEN 'refund' THEN m.amount_fen ELSE 0 END) AS refunded_fen
    FROM charge_movement m WHERE m.booked_on <= ?1
    GROUP BY m.charge_id HAVING open_fen <> 0 OR written_off_fen <> 0
    """

  /// Payments that are somebody's by the day, and prepaid money. `held_by` is the company that got
  /// it; `company_no` the one whose charges it pays, nothing: those of any.
  static let money =
    """
    WITH m AS MATERIALIZED (\(left))
    SELECT 'payment' AS paid_by, p.payment_no AS paid_by_no, p.property_no,
      coalesce(p.tenant_no, (SELECT k.tenant_no FROM payment_claim k
        WHERE k.payment_no = p.payment_no AND k.booked_on <= ?1 ORDER BY k.id DESC LIMIT 1))
        AS tenant_no,
      e.company_no AS held_by, CASE e.pays_any WHEN 0 THEN e.company_no END AS company_no,
      p.contract_no, NULL AS item, p.paid_on AS since, p.amount_fen, m.used_fen, m.left_fen,
      m.refunded_fen, 2 AS place, p.id
    FROM m CROSS JOIN payment p ON p.payment_no = m.payment_no
    JOIN payment_entry e ON e.payment_no = m.payment_no
    UNION ALL
    SELECT 'prepaid', o.contract_no, o.property_no, o.tenant_no, o.company_no, o.company_no,
      o.contract_no, o.item, o.since, o.amount_fen, m.used_fen, m.left_fen, m.refunded_fen, 0, o.id
    FROM m JOIN prepaid_opening o ON o.id = m.opening_id
    """

  private static let left =
    """
    SELECT m.payment_no, m.opening_id, sum(m.amount_fen) AS left_fen,
      -sum(CASE m.kind WHEN 'allocation' THEN m.amount_fen ELSE 0 END) AS used_fen,
      -sum(CASE m.kind WHEN 'refund' THEN m.amount_fen ELSE 0 END) AS refunded_fen
    FROM money_movement m WHERE m.booked_on <= ?1
    GROUP BY m.payment_no, m.opening_id HAVING left_fen <> 0
    """
}
