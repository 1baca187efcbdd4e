/// The entries of statements to a day (?2), as SQL: company, day, kind, number, contract, due day,
/// method, reference, net, tax, amount; in the order of companies and days.
///
/// Summed over a tenant they are what is open of the charges, written off or not, less what is left
/// of payments and prepaid money: `charge_movement` and `money_movement`, told as documents.
enum StatementEntriesStore {
  /// Of a tenant (?1): payments count whole, for the company that got them, whatever they pay; what
  /// pays charges of another company goes over to it.
  static let ofTenant =
    """
    WITH owned AS (
      SELECT p.*, e.company_no AS got_by, e.booked_on AS from_on, NULL AS to_on
      FROM payment p JOIN payment_entry e ON e.payment_no = p.payment_no WHERE p.tenant_no = ?1
      UNION ALL
      SELECT p.*, e.company_no, max(k.booked_on, e.booked_on),
        (SELECT max(min(n.booked_on), e.booked_on) FROM payment_claim n
          WHERE n.payment_no = k.payment_no AND n.id > k.id)
      FROM payment_claim k JOIN payment p ON p.payment_no = k.payment_no
      JOIN payment_entry e ON e.payment_no = k.payment_no WHERE k.tenant_no = ?1),
    \(used("k.tenant_no = ?1"))
    \(bills("b.contract_no IN (SELECT contract_no FROM contract WHERE tenant_no = ?1)"))
    UNION ALL
    SELECT o.company_no, o.since, 'prepaid', o.contract_no, o.contract_no, NULL, NULL, NULL, NULL,
      NULL, o.amount_fen, 1, o.id
    FROM prepaid_opening o WHERE o.tenant_no = ?1
    UNION ALL
    SELECT got_by, from_on, 'payment', payment_no, contract_no, NULL, method, reference, NULL, NULL,
      amount_fen, 2, id
    FROM owned WHERE to_on IS NULL OR from_on < to_on
    UNION ALL
    SELECT got_by, to_on, 'reclaim', payment_no, contract_no, NULL, method, reference, NULL, NULL,
      -amount_fen, 3, id
    FROM owned WHERE from_on < to_on
    UNION ALL
    SELECT o.got_by, max(v.booked_on, o.from_on), 'void', o.payment_no, o.contract_no, NULL, o.method,
      o.reference, NULL, NULL, -o.amount_fen, 4, v.id
    FROM owned o JOIN payment_void v ON v.payment_no = o.payment_no WHERE o.to_on IS NULL
    UNION ALL
    \(paid("deposit", "company_no", "kind = 'deposit'", place: 5))
    UNION ALL
    \(paid("transfer", "company_no", goesOver, place: 6, other: "from_company_no"))
    UNION ALL
    \(paid("transfer", "from_company_no", goesOver, place: 6, sign: "-", other: "company_no"))
    UNION ALL
    \(refunds("r.tenant_no = ?1 AND (l.deposit_id IS NULL AND o.kind IS NOT 'deposit')"))
    \(order)
    """

  /// Of a contract (?1): payments count with what of them paid its charges, on the day on which they
  /// did; credit notes of other contracts likewise.
  static let ofContract =
    """
    WITH \(used("k.contract_no = ?1")),
    given AS (
      SELECT a.id, a.booked_on AS day, a.amount_fen, n.bill_no AS number, n.company_no,
        n.contract_no, c.contract_no AS to_contract_no, b.company_no AS to_company_no
      FROM bill n CROSS JOIN charge m ON m.bill_no = n.bill_no
      CROSS JOIN allocation a ON a.credit_id = m.id
      JOIN charge c ON c.id = a.charge_id JOIN bill b ON b.bill_no = c.bill_no
      WHERE n.contract_no = ?1)
    \(bills("b.contract_no = ?1"))
    UNION ALL
    \(paid("prepaid", "company_no", "kind = 'prepaid'", place: 1))
    UNION ALL
    SELECT u.company_no, u.day, 'payment', p.payment_no, u.contract_no, NULL, p.method, p.reference,
      NULL, NULL, sum(u.amount_fen), 2, min(u.id)
    FROM used u JOIN payment p ON p.payment_no = u.number WHERE u.kind = 'payment'
    GROUP BY u.company_no, u.day, p.payment_no HAVING sum(u.amount_fen) <> 0
    UNION ALL
    \(paid("deposit", "company_no", "kind = 'deposit'", place: 5))
    UNION ALL
    \(paid("transfer", "company_no", """
      kind = 'credit_note' AND (from_contract_no <> contract_no OR from_company_no <> company_no)
      """, place: 6, other: "from_contract_no"))
    UNION ALL
    SELECT company_no, day, 'transfer', number, contract_no, NULL, NULL, to_contract_no, NULL, NULL,
      -sum(amount_fen), 6, min(id)
    FROM given WHERE to_contract_no <> contract_no OR to_company_no <> company_no
    GROUP BY company_no, day, number, to_contract_no HAVING sum(amount_fen) <> 0
    UNION ALL
    \(refunds("n.contract_no = ?1"))
    \(order)
    """

  /// Ends what `bills` begins: nothing after the last day.
  private static let order = ") WHERE day <= ?2 ORDER BY company_no, day, place, id"

  private static func bills(_ isAsked: String) -> String {
    """
    SELECT * FROM (
    SELECT b.company_no, b.booked_on AS day, b.kind, b.bill_no, b.contract_no, b.due_on, NULL, NULL,
      b.net_fen, b.tax_fen, b.amount_fen, 0 AS place, b.id
    FROM bill b WHERE \(isAsked)
    """
  }

  /// What pays charges of some contracts: of what kind, of whom, by which document.
  private static func used(_ isAsked: String) -> String {
    """
    used AS MATERIALIZED (
      SELECT a.id, a.booked_on AS day, a.amount_fen, b.company_no, b.contract_no,
        CASE WHEN a.payment_no IS NOT NULL THEN 'payment'
          WHEN a.credit_id IS NOT NULL THEN 'credit_note'
          WHEN a.deposit_id IS NOT NULL OR o.kind = 'deposit' THEN 'deposit' ELSE 'prepaid' END
          AS kind,
        coalesce(a.payment_no, n.bill_no, d.bill_no, o.contract_no) AS number,
        coalesce(e.company_no, n.company_no, o.company_no) AS from_company_no,
        n.contract_no AS from_contract_no
      FROM contract k CROSS JOIN bill b ON b.contract_no = k.contract_no
      CROSS JOIN charge c ON c.bill_no = b.bill_no CROSS JOIN allocation a ON a.charge_id = c.id
      LEFT JOIN payment_entry e ON e.payment_no = a.payment_no
      LEFT JOIN charge m ON m.id = a.credit_id LEFT JOIN bill n ON n.bill_no = m.bill_no
      LEFT JOIN charge h ON h.id = a.deposit_id LEFT JOIN bill d ON d.bill_no = h.bill_no
      LEFT JOIN opening o ON o.id = a.opening_id
      WHERE \(isAsked))
    """
  }

  private static let goesOver = "kind <> 'deposit' AND from_company_no <> company_no"

  /// What was used, by company, day and document.
  /// - Parameter other: where it comes from or goes to, which stands as the reference.
  private static func paid(
    _ kind: String, _ company: String, _ isAsked: String, place: Int, sign: String = "",
    other: String = "NULL"
  ) -> String {
    """
    SELECT \(company), day, '\(kind)', number, contract_no, NULL, NULL, \(other), NULL, NULL,
      \(sign)sum(amount_fen), \(place), min(id)
    FROM used WHERE \(isAsked)
    GROUP BY \(company), day, number, contract_no, \(other) HAVING sum(amount_fen) <> 0
    """
  }

  /// What went back of payments, credit notes and prepaid money.
  private static func refunds(_ isAsked: String) -> String {
    """
    SELECT coalesce(e.company_no, n.company_no, o.company_no), r.booked_on, 'refund', r.refund_no,
      coalesce(n.contract_no, o.contract_no), NULL, r.method, r.reference, NULL, NULL,
      -sum(l.amount_fen), 7, r.id
    FROM refund r JOIN refund_line l ON l.refund_id = r.id
    LEFT JOIN payment_entry e ON e.payment_no = l.payment_no
    LEFT JOIN charge m ON m.id = l.credit_id LEFT JOIN bill n ON n.bill_no = m.bill_no
    LEFT JOIN opening o ON o.id = l.opening_id
    WHERE \(isAsked) GROUP BY r.id, 1, 5
    """
  }
}
