import GRDB
import Shared

enum DepositsStore {
  /// Everything by `booked_on`: what a month that is closed said stays. A demand that was lowered
  /// before it was paid is asked for less; what was paid beyond it is owed back.
  static func write(
    _ db: Database, on day: CivilDate, _ fields: [Field], _ selection: Selection,
    _ writer: RecordWriter
  ) throws {
    let charge = "JOIN charge c ON c.id = m.charge_id JOIN bill b ON b.bill_no = c.bill_no"
    let deposits =
      """
      (SELECT k.property_no, s.contract_no, k.tenant_no, t.name AS tenant_name, s.item,
        i.name AS item_name, s.company_no, s.demanded_fen, s.opening_fen, s.collected_fen,
        s.transferred_in_fen, s.transferred_out_fen, s.deducted_fen, s.refunded_fen, s.held_fen,
        max(-s.lacking_fen, 0) AS owed_back_fen, max(s.lacking_fen, 0) AS open_fen
      FROM (
        SELECT contract_no, item, company_no,
          coalesce(sum(amount_fen) FILTER (WHERE kind = 'demand'), 0) AS demanded_fen,
          coalesce(sum(amount_fen) FILTER (WHERE kind = 'opening'), 0) AS opening_fen,
          coalesce(sum(amount_fen) FILTER (WHERE kind = 'collect'), 0) AS collected_fen,
          coalesce(sum(amount_fen) FILTER (WHERE kind = 'transfer_in'), 0)
            + max(coalesce(sum(amount_fen) FILTER (WHERE kind = 'credit_note'), 0), 0)
            AS transferred_in_fen,
          max(-coalesce(sum(amount_fen) FILTER (WHERE kind = 'credit_note'), 0), 0)
            - coalesce(sum(amount_fen) FILTER (WHERE kind = 'transfer_out'), 0)
            AS transferred_out_fen,
          -coalesce(sum(amount_fen) FILTER (WHERE kind = 'deduct'), 0) AS deducted_fen,
          -coalesce(sum(amount_fen) FILTER (WHERE kind = 'refund'), 0) AS refunded_fen,
          coalesce(sum(amount_fen) FILTER (WHERE kind <> 'demand' AND kind <> 'lacking'), 0)
            AS held_fen,
          coalesce(sum(amount_fen) FILTER (WHERE kind = 'lacking'), 0) AS lacking_fen
        FROM (
          SELECT contract_no, item, company_no, booked_on, kind, amount_fen FROM deposit_movement
          UNION ALL
          SELECT c.contract_no, c.item, b.company_no, m.booked_on,
            'demand', m.amount_fen
          FROM charge_movement m \(charge) WHERE m.kind = 'charge' AND c.item IN (
            SELECT item FROM fee_item WHERE kind = 'deposit')
          UNION ALL
          SELECT c.contract_no, c.item, b.company_no, m.booked_on, 'lacking', m.amount_fen
          FROM charge_movement m \(charge) WHERE c.item IN (
            SELECT item FROM fee_item WHERE kind = 'deposit'))
        WHERE booked_on <= ?1 GROUP BY contract_no, item, company_no) s
      JOIN contract k ON k.contract_no = s.contract_no
      JOIN tenant t ON t.tenant_no = k.tenant_no JOIN fee_item i ON i.item = s.item
      WHERE s.demanded_fen <> 0 OR s.opening_fen <> 0 OR s.collected_fen <> 0
        OR s.transferred_in_fen <> 0 OR s.held_fen <> 0 OR s.lacking_fen <> 0)
      WHERE 1
      """
    try ExportStore.write(
      db, from: deposits, on: day, order: "property_no, contract_no, item, company_no", fields,
      selection, writer)
  }
}
