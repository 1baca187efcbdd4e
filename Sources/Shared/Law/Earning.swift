/// What a charge comes to net of tax, and the days over which it is earned. It is earned by days,
/// rounded as a running total, so that it is earned to the fen when its period is over.
package struct Earning: Sendable, Equatable {
  /// What it is charged for, as the books name it: `L1`, `MK0001`, `PNH`.
  package var source: String
  package var net: Money
  package var days: Period
  /// Rent of a turnover arises on the last of its days: until then nobody knows whether the month,
  /// or the lease year, comes to more than its guarantee.
  package var isEarnedAtEnd = false
  /// When it falls due, of what arises from time: before the system started, the old books billed it.
  package var dueOn: CivilDate?

  /// What is earned of it through a day.
  package func earned(through day: CivilDate) throws(ValueError) -> Money {
    if day >= days.to { return net }
    if day < days.from || isEarnedAtEnd { return .zero }
    let elapsed = Int128(day.days(since: days.from) + 1)
    return Money(fen: try roundHalfUp(Int128(net.fen) * elapsed, over: Int128(days.days)))
  }

  /// What of it is earned from the start of the system through a day and was billed before; below
  /// zero what is billed here and was earned before. What is earned here less this is what is billed
  /// here, once it is earned whole.
  func brought(through day: CivilDate, since start: CivilDate) throws(ValueError) -> Money {
    guard let dueOn else { return .zero }
    let before = try earned(through: start.previous)
    return dueOn < start ? try earned(through: day) - before : try .zero - before
  }
}

extension Earning {
  /// What a charge of the law comes to, earned over its period.
  package init(_ charge: Charge) {
    self.init(
      source: charge.source, net: charge.amounts.net, days: charge.period, dueOn: charge.dueOn)
  }

  /// What is recorded, with its adjustments.
  package init(_ charge: RecordedCharge) {
    self.init(
      source: charge.source, net: charge.amounts.net, days: charge.period,
      isEarnedAtEnd: charge.kind == .turnover)
  }
}

extension Billing {
  /// Every charge that arises from time alone, of the whole contract as it stands: prices over
  /// time, the guarantee of turnover rent, one-off amounts. What was due before the system started
  /// is among them.
  package func chargesOverTime() throws(ValueError) -> [Charge] {
    var lease = lease
    lease.openings = []
    lease.terms = lease.terms.compactMap { term in
      switch term.method {
      case .fixed, .area, .once: return term
      case .metered, .share: return nil
      case .turnover:
        guard lease.hasGuarantee(term) else { return nil }
        var guarantee = term
        guarantee.method = term.isGuaranteePerArea ? .area : .fixed
        return guarantee
      }
    }
    // A day after every billing day that a schedule can give.
    let end = max(lease.endOn, lease.startOn).adding(days: 100_000)
    return try Billing(lease, taxes: taxes, billingFrom: nil).charges(Scope(asOf: end)).charges
  }
}
