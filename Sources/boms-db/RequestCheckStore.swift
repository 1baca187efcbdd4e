import Shared

extension CheckStore {
  /// What must hold of requests for invoices, and of the invoices of charges.
  static let requests: [Rule] = [
    rule(
      "invoice_request.sums",
      """
      SELECT r.request_no FROM invoice_request r
      LEFT JOIN (SELECT request_id, sum(net_fen) net, sum(tax_fen) tax, sum(gross_fen) gross
        FROM invoice_request_line GROUP BY 1) l ON l.request_id = r.id
      WHERE l.request_id IS NULL OR l.net <> r.net_fen OR l.tax <> r.tax_fen
        OR l.gross <> r.gross_fen
      UNION
      SELECT r.request_no FROM invoice_request_line l JOIN invoice_request r ON r.id = l.request_id
      LEFT JOIN invoice_request_part p ON p.request_id = l.request_id AND p.line = l.line
      GROUP BY l.request_id, l.line HAVING coalesce(sum(p.gross_fen), 0) <> l.gross_fen
        OR (min(p.gross_fen) < 0) <> (r.colour = 'red')
      """,
      Phrase(
        "the request is not the sum of its lines, or a line not that of its charges",
        "开票申请不等于明细之和，或明细不等于费用之和")),
    numbers(
      "invoice_request.numbers", of: "invoice_request",
      Phrase("the numbers of the month have a gap", "该月流水号不连续")),
    // A charge was worth its rows so far each time that something was asked for: of some such sum no
    // more can stand.
    rule(
      "invoice_request.worth",
      """
      SELECT 'charge ' || a.charge_id FROM charge_invoiced a
      JOIN (SELECT root, max(worth) AS most FROM (
          SELECT coalesce(adjusts, id) AS root,
            sum(amount_fen) OVER (PARTITION BY coalesce(adjusts, id) ORDER BY id) AS worth
          FROM charge) GROUP BY root) w ON w.root = a.charge_id
      WHERE a.asked_fen NOT BETWEEN 0 AND w.most
      """,
      Phrase(
        "more is asked for than the charge was ever worth, or less than nothing",
        "已申请开票金额超过费用曾有的金额，或小于零")),
    rule(
      "invoice_request.red",
      """
      SELECT r.request_no FROM invoice_request r JOIN invoice_request b ON b.id = r.blue_id
      JOIN invoice_request_state s ON s.request_id = r.id AND s.state <> 'withdrawn'
      JOIN invoice_request_state t ON t.request_id = b.id
      WHERE t.state = 'withdrawn' OR b.colour <> 'blue' OR b.company_no <> r.company_no
        OR b.tenant_no <> r.tenant_no
      UNION
      SELECT b.request_no FROM invoice_request b JOIN invoice_request_part p ON p.request_id = b.id
      JOIN (SELECT r.blue_id, p.charge_id, sum(p.gross_fen) AS gross_fen
        FROM invoice_request r JOIN invoice_request_part p ON p.request_id = r.id
        JOIN invoice_request_state s ON s.request_id = r.id AND s.state <> 'withdrawn'
        WHERE r.colour = 'red' GROUP BY 1, 2) k ON k.blue_id = b.id AND k.charge_id = p.charge_id
      WHERE p.gross_fen + k.gross_fen < 0
      """,
      Phrase(
        "red requests take back what is not on the blue one", "红字申请冲回了蓝字申请中没有的金额")),
    rule(
      "invoice.charges",
      """
      SELECT i.invoice_no FROM invoice i
      LEFT JOIN invoice_match m ON m.invoice_id = i.id AND m.side = 'out'
      LEFT JOIN (SELECT invoice_id, sum(net_fen) AS net_fen, sum(tax_fen) AS tax_fen
        FROM invoice_charge GROUP BY invoice_id) s ON s.invoice_id = i.id
      WHERE (m.invoice_id IS NOT NULL OR s.invoice_id IS NOT NULL)
        AND (coalesce(s.net_fen, 0) <> iif(m.invoice_id IS NULL, 0, i.net_fen)
          OR coalesce(s.tax_fen, 0) <> iif(m.invoice_id IS NULL, 0, i.tax_fen))
      """,
      Phrase(
        "the charges of the invoice do not sum to it, or it has some and is matched to nothing",
        "发票对应的费用合计与发票金额不符，或未匹配却有对应费用")),
    rule(
      "invoice.requests",
      """
      SELECT coalesce(s.invoice_no, i.invoice_no)
      FROM (SELECT request_id, invoice_no FROM invoice_request_state WHERE state = 'issued') s
      FULL JOIN (SELECT DISTINCT c.request_id, v.invoice_no FROM invoice_match m
          JOIN invoice v ON v.id = m.invoice_id JOIN invoice_charge c ON c.invoice_id = v.id
            AND c.reverses IS NULL
            AND NOT EXISTS (SELECT 1 FROM invoice_charge r WHERE r.reverses = c.id)
          WHERE m.side = 'out') i
        ON i.request_id = s.request_id AND i.invoice_no = s.invoice_no
      WHERE s.request_id IS NULL OR i.request_id IS NULL
      """,
      Phrase(
        "the invoice of a request is matched to something else, or a matched one is not issued",
        "开票申请的发票匹配到别处，或已匹配的申请未标记为已开")),
  ]
}
