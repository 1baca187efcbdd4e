import GRDB

/// The rules of late fees, by property, and the items that are deposits.
package struct LateFeeRuleStore {
  private var rules: [String: LateFeeRules] = [:]
  package let deposits: Set<String>

  package init(_ db: Database) throws {
    let rows = try SQLStatement(
      db,
      """
      SELECT property_no, item, from_on, rate_permille_e6, grace_days, grace_mode, cap_percent_e6
      FROM late_fee_rule ORDER BY property_no, item, from_on
      """)
    while try rows.step() {
      rules[rows.text(0), default: LateFeeRules()].add(
        LateFeeRules.Rule(
          fromOn: try rows.date(2), ratePermille: rows.fixed(3),
          graceDays: Int(rows.integer(4)),
          graceMode: LateFeeRules.GraceMode(rawValue: rows.text(5)) ?? .skip,
          capPercent: rows.optionalFixed(6)), for: rows.text(1))
    }
    deposits = try String.fetchSet(db, sql: "SELECT item FROM fee_item WHERE kind = 'deposit'")
  }

  /// The late fees of a contract, by the rules of its property.
  package func billing(of entry: LeaseCursor.Entry) -> LateFeeBilling {
    LateFeeBilling(
      rules: rules[entry.lease.propertyNo] ?? LateFeeRules(), deposits: deposits,
      billingFrom: entry.billingFrom)
  }

  /// Whether no late fee can be wanted, nor is any recorded.
  package static func isIdle(_ db: Database) throws -> Bool {
    try !SQLStatement(
      db,
      """
      SELECT 1 WHERE EXISTS (SELECT 1 FROM late_fee_rule)
        OR EXISTS (SELECT 1 FROM charge WHERE kind = 'late_fee')
      """
    ).hasRow()
  }
}
