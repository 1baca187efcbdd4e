import GRDB
import Shared

extension CheckStore {
  /// What must hold of the vouchers, and of what is earned and lost month by month.
  static let journal: [Rule] = [
    rule(
      "journal.balanced",
      """
      SELECT company_no || ' ' || document || ' ' || document_no || ' ' || booked_on
      FROM journal_entry GROUP BY company_no, document, document_no, booked_on, red
      HAVING sum(amount_fen) <> 0
      """,
      Phrase("debit and credit of the document are not equal", "该单据的凭证借贷不平")),
    rule(
      "journal.ties", journalTies,
      Phrase(
        "the journal's account is not what the ledger says", "凭证科目发生额与明细账不符")),
    Rule(id: "accrual.straight-line") { try straightLine($0) },
    Rule(id: "depreciation.law") { try depreciation($0) },
  ]

  /// What the accounts of the journal come to on each day, against the ledgers that they sum up: so
  /// they agree at the end of every month, and on any other day.
  private static let journalTies = """
    WITH entry AS MATERIALIZED (
      SELECT role, company_no, booked_on, sum(amount_fen) AS amount_fen FROM journal_entry
      GROUP BY role, company_no, booked_on
    ), owed AS (
      SELECT c.id, b.company_no, b.booked_on, i.kind,
        CASE WHEN coalesce(r.kind, c.kind) = 'opening' THEN 0 ELSE c.tax_fen END AS tax_fen
      FROM charge c JOIN bill b ON b.bill_no = c.bill_no JOIN fee_item i ON i.item = c.item
      LEFT JOIN charge r ON r.id = c.adjusts
      WHERE i.kind <> 'deposit'
    ), side AS (
      SELECT role AS tie, company_no, booked_on, amount_fen FROM entry
      WHERE role IN ('receivable', 'deposit', 'straight_line', 'output_vat')
      UNION ALL
      SELECT 'receivable', o.company_no, m.booked_on, -m.amount_fen
      FROM charge_movement m JOIN owed o ON o.id = m.charge_id
      UNION ALL
      SELECT 'credit', company_no, booked_on, amount_fen FROM entry
      WHERE role IN ('credit', 'unclaimed')
      UNION ALL
      SELECT 'credit', coalesce(e.company_no, o.company_no), m.booked_on, m.amount_fen
      FROM money_movement m LEFT JOIN payment_entry e ON e.payment_no = m.payment_no
      LEFT JOIN opening o ON o.id = m.opening_id
      UNION ALL
      SELECT 'deposit', company_no, booked_on, amount_fen FROM deposit_movement
      UNION ALL
      SELECT 'straight_line', company_no, booked_on, -straight_fen FROM accrual
      UNION ALL
      SELECT 'straight_line', company_no, since, -amount_fen FROM opening
      WHERE kind = 'straight_line'
      UNION ALL
      SELECT 'output_vat', o.company_no, t.booked_on, t.tax_fen
      FROM tax_movement t JOIN owed o ON o.id = t.charge_id
      UNION ALL
      SELECT 'output_vat_pending', company_no, booked_on, amount_fen FROM entry
      WHERE role IN ('output_vat', 'output_vat_pending')
      UNION ALL
      SELECT 'output_vat_pending', company_no, booked_on, tax_fen FROM owed
      UNION ALL
      SELECT 'intercompany', '', booked_on, amount_fen FROM entry WHERE role = 'intercompany'
      UNION ALL
      -- Assets: what stands on their accounts is what the ledgers of assets say; 固定资产清理 is empty.
      SELECT role, company_no, booked_on, amount_fen FROM entry
      WHERE role = 'asset_clearing' OR role IN (SELECT cost_role FROM asset_role
        UNION SELECT depreciation_role FROM asset_role
        UNION SELECT impairment_role FROM asset_role)
      UNION ALL
      SELECT CASE n.leg WHEN 1 THEN r.cost_role WHEN 2 THEN r.depreciation_role
          ELSE r.impairment_role END, m.company_no, m.booked_on,
        CASE n.leg WHEN 1 THEN -m.cost_fen WHEN 2 THEN m.accumulated_fen
          ELSE m.impairment_fen END
      FROM asset_change m JOIN asset_role r ON r.asset_no = m.asset_no
      JOIN (SELECT 1 AS leg UNION ALL SELECT 2 UNION ALL SELECT 3) n
    )
    SELECT tie || ' ' || company_no || ' ' || booked_on FROM side
    GROUP BY tie, company_no, booked_on HAVING sum(amount_fen) <> 0
    """
}
