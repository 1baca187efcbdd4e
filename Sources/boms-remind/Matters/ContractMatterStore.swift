import GRDB
import Shared

/// 合同到期: signed contracts that end, or are over, and were not renewed. A draft does not renew. What
/// ended before the system started is the old system's.
struct ContractMatterStore: MatterSource {
  let scope: MatterScope

  func forEach(_ body: (Matter) throws -> Void) throws {
    let rows = try SQLStatement(
      scope.db,
      """
      SELECT c.contract_no, c.property_no, c.tenant_no, t.name,
        min(c.end_on, coalesce(c.terminated_on, c.end_on)) AS last_on, c.start_on,
        (SELECT group_concat(unit_no, '、') FROM (SELECT DISTINCT u.unit_no FROM contract_unit u
          WHERE u.contract_no = c.contract_no ORDER BY u.unit_no))
      FROM contract c JOIN tenant t ON t.tenant_no = c.tenant_no
      JOIN property p ON p.property_no = c.property_no
      WHERE c.status = 'signed' AND last_on <= ?1 AND last_on >= coalesce(p.billing_from, last_on)
        AND (?2 IS NULL OR c.property_no = ?2)
        AND NOT EXISTS (SELECT 1 FROM contract n
          WHERE n.previous_contract_no = c.contract_no AND n.status <> 'draft')
      ORDER BY c.contract_no
      """)
    rows.bind(1, scope.horizon(.contractExpiry))
    rows.bind(2, scope.property)
    while try rows.step() {
      var facts: Matter.Facts = [
        "contract_no": .text(rows.text(0)), "tenant_no": .text(rows.text(2)),
        "tenant_name": .text(rows.text(3)), "start_on": .date(try rows.date(5)),
      ]
      facts["units"] = rows.optionalText(6).map(Fact.text)
      try body(
        scope.matter(
          .contractExpiry, rows.text(0), dueOn: try rows.date(4), propertyNo: rows.text(1),
          tenantNo: rows.text(2), facts))
    }
  }
}
