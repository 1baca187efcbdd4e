import GRDB

/// Reads the contracts of `Look` with what the law needs to recognize revenue, and with what is
/// accrued. Memory is that of one contract.
package final class AccrualCursor {
  package struct Entry {
    package var lease: Lease
    /// In the order in which it was booked.
    package var recorded: [RevenueRecognition.Recorded]
    private let recognition: () throws(ValueError) -> RevenueRecognition

    fileprivate init(
      _ lease: Lease, _ recorded: [RevenueRecognition.Recorded],
      _ recognition: @escaping () throws(ValueError) -> RevenueRecognition
    ) {
      self.lease = lease
      self.recorded = recorded
      self.recognition = recognition
    }

    /// - Throws: what the law of billing throws for the contract.
    package func revenue() throws(ValueError) -> RevenueRecognition { try recognition() }
  }

  private let leases: LeaseCursor
  private let accruals: ContractRows
  private let openings: ContractRows
  private let taxes: TaxTable
  private let kinds: [String: RevenueRecognition.Kind]

  package init(_ db: Database) throws {
    leases = try LeaseCursor(db)
    taxes = try TaxTable(db)
    accruals = try ContractRows(
      db, "company_no, item, basis, month, revision, earned_fen, straight_fen, brought_fen",
      of: "accrual", order: "id", sorted: false)
    openings = try ContractRows(
      db, "item, amount_fen", of: "opening_balance", order: "item",
      where: "x.kind = 'straight_line'", sorted: false)
    var kinds: [String: RevenueRecognition.Kind] = [:]
    let items = try SQLStatement(
      db, "SELECT item, kind = 'rent' FROM fee_item WHERE kind IN ('rent', 'service', 'resale')")
    while try items.step() { kinds[items.text(0)] = items.integer(1) != 0 ? .lease : .service }
    self.kinds = kinds
  }

  package func next() throws -> Entry? {
    guard let entry = try leases.next() else { return nil }
    var recorded: [RevenueRecognition.Recorded] = []
    try accruals.forEach(entry.seq) { row in
      recorded.append(
        RevenueRecognition.Recorded(
          group: RevenueRecognition.Group(
            companyNo: row.text(1), item: row.text(2),
            basis: row.text(3) == "fact" ? .fact : .time),
          month: try row.month(4), revision: row.integer(5), earned: row.money(6),
          straight: row.money(7), brought: row.money(8)))
    }
    var differences: [RevenueRecognition.Opening] = []
    try openings.forEach(entry.seq) { row in
      differences.append(
        RevenueRecognition.Opening(item: row.text(1), difference: row.money(2)))
    }
    let (kinds, openings, charges) = (kinds, differences, entry.recorded)
    let billing = Billing(entry.lease, taxes: taxes, billingFrom: entry.billingFrom)
    return Entry(entry.lease, recorded) { () throws(ValueError) in
      try RevenueRecognition(billing, recorded: charges, kinds: kinds, openings: openings)
    }
  }
}
