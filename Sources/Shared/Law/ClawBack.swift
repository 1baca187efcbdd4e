/// 追回免租: what the rent-free time that a contract has had would have cost. The law charges the
/// contract twice, with its rent-free spans and without, up to its last day.
package struct ClawBack: Sendable {
  /// One item of one company under one rate.
  package struct Part: Sendable {
    package var item: String
    /// As the terms have it; nil: the contract's.
    package var companyNo: String?
    /// As the terms have it; nil: the item's.
    package var taxRate: Fixed?
    /// Whether the amounts below include their tax.
    package var taxIncluded: Bool
    /// The spans that freed it, cut at the contract's last day.
    package var spans: [Period]
    /// What the lines come to without and with the spans.
    package var whole: Money
    package var charged: Money
    /// What is clawed back of the difference.
    package var amount: Money
  }

  /// In the order of lines; only what is above nothing.
  package private(set) var parts: [Part] = []

  /// - Parameter percent: how much of the difference is clawed back.
  /// - Throws: what `Billing` throws.
  package init(
    _ lease: Lease, taxes: TaxTable, percent: Fixed = .hundred
  ) throws(ValueError) {
    var own = lease
    own.terms = lease.terms.filter { [.fixed, .area, .turnover].contains($0.method) }
    own.openings = []
    let charged = try ClawBack.sums(own, taxes)
    own.rentFree = []
    let whole = try ClawBack.sums(own, taxes)
    for term in own.terms {
      let (its, free) = (whole[term.line] ?? .zero, charged[term.line] ?? .zero)
      if its == free { continue }
      let index = parts.firstIndex {
        $0.item == term.item && $0.companyNo == term.companyNo && $0.taxRate == term.taxRate
          && $0.taxIncluded == term.taxIncluded
      }
      if let index {
        parts[index].whole = try parts[index].whole + its
        parts[index].charged = try parts[index].charged + free
      } else {
        parts.append(
          Part(
            item: term.item, companyNo: term.companyNo, taxRate: term.taxRate,
            taxIncluded: term.taxIncluded, spans: ClawBack.spans(term.item, lease), whole: its,
            charged: free, amount: .zero))
      }
    }
    for index in parts.indices {
      let difference = try parts[index].whole - parts[index].charged
      parts[index].amount = Money(
        fen: try roundHalfUp(
          Int128(difference.fen) * Int128(percent.millionths),
          over: Int128(Fixed.hundred.millionths)))
    }
    parts.removeAll { $0.amount <= .zero }
  }

  /// What each line comes to up to the last day, whenever it is due, the tax in it or not as the
  /// line says. Turnover rent counts beside its guarantee: where the months were reported, a
  /// guarantee that comes back is not owed on top of it.
  private static func sums(
    _ lease: Lease, _ taxes: TaxTable
  ) throws(ValueError) -> [Int: Money] {
    var scope = Billing.Scope(asOf: lease.lastDay)
    for term in lease.terms {
      for source in ["L\(term.line)", "Y\(term.line)"] {
        scope.recordedThrough[source] = lease.lastDay
      }
    }
    var sums: [Int: Money] = [:]
    for charge in try Billing(lease, taxes: taxes, billingFrom: nil).charges(scope).charges {
      guard let line = charge.line else { continue }
      let amount = charge.taxIncluded ? charge.amounts.amount : charge.amounts.net
      sums[line] = try (sums[line] ?? .zero) + amount
    }
    return sums
  }

  private static func spans(_ item: String, _ lease: Lease) -> [Period] {
    guard lease.startOn <= lease.lastDay else { return [] }
    let days = Period(lease.startOn, lease.lastDay)
    return lease.rentFree.filter { $0.item == item || $0.item == "*" }
      .compactMap { $0.days.intersection(days) }.sorted { $0.from < $1.from }
  }
}
