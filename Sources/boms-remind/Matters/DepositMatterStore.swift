import GRDB
import Shared

/// 押金待退: deposits that are still held of contracts that are over, with what the contract still owes.
struct DepositMatterStore: MatterSource {
  let scope: MatterScope

  func forEach(_ body: (Matter) throws -> Void) throws {
    let rows = try SQLStatement(
      scope.db,
      """
      SELECT c.contract_no, c.property_no, c.tenant_no, t.name,
        min(c.end_on, coalesce(c.terminated_on, c.end_on)) AS last_on, h.held_fen
      FROM (SELECT contract_no, sum(amount_fen) AS held_fen FROM deposit_movement
        WHERE booked_on <= ?1 GROUP BY contract_no HAVING held_fen > 0) h
      JOIN contract c ON c.contract_no = h.contract_no
      JOIN tenant t ON t.tenant_no = c.tenant_no
      WHERE last_on < ?1 AND (?2 IS NULL OR c.property_no = ?2)
      ORDER BY c.contract_no
      """)
    rows.bind(1, scope.asOf)
    rows.bind(2, scope.property)
    let arrears = try SQLStatement(
      scope.db,
      """
      SELECT coalesce(sum(m.amount_fen), 0) FROM charge c JOIN fee_item i ON i.item = c.item
      JOIN charge_movement m ON m.charge_id = c.id
      WHERE c.contract_no = ?2 AND i.kind <> 'deposit' AND m.booked_on <= ?1
      """)
    while try rows.step() {
      arrears.bind(1, scope.asOf)
      arrears.bind(2, rows.text(0))
      let owed = try arrears.step() ? arrears.money(0) : .zero
      arrears.reset()
      let held = rows.money(5)
      var facts: Matter.Facts = [
        "contract_no": .text(rows.text(0)), "tenant_no": .text(rows.text(2)),
        "tenant_name": .text(rows.text(3)), "held": .money(held),
      ]
      if owed > .zero { facts["arrears"] = .money(owed) }
      var matter = scope.matter(
        .depositRefundDue, rows.text(0), dueOn: try rows.date(4), propertyNo: rows.text(1),
        tenantNo: rows.text(2), facts)
      matter.amount = held
      try body(matter)
    }
  }
}
