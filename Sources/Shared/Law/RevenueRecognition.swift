/// 收入确认: what of a contract is earned month by month, net of tax, and how much of it the books do
/// not have yet. A pure function of the contract, of its recorded charges, and of what was accrued.
package struct RevenueRecognition: Sendable {
  /// What an item's money is earned by; items that are not revenue (deposits, money that is passed
  /// on) or that the bill itself books (penalties) have none.
  package enum Kind: Sendable { case lease, service }

  /// From what an amount arises: from time, so that the law knows it for every month of the
  /// contract, or from facts that come in (readings, reports, shares), as they are recorded.
  package enum Basis: String, Sendable { case time, fact }

  /// What is recognized on its own.
  package struct Group: Hashable, Comparable, Sendable {
    package var companyNo: String
    package var item: String
    package var basis: Basis

    package init(companyNo: String, item: String, basis: Basis) {
      self.companyNo = companyNo
      self.item = item
      self.basis = basis
    }

    package static func < (a: Group, b: Group) -> Bool {
      (a.companyNo, a.item, b.basis.rawValue) < (b.companyNo, b.item, a.basis.rawValue)
    }
  }

  /// What was accrued already: a row of the ledger.
  package struct Recorded: Sendable {
    package var group: Group
    package var month: CivilMonth
    package var revision: Int64
    package var sums: Accrual.Sums

    package init(
      group: Group, month: CivilMonth, revision: Int64, earned: Money, straight: Money,
      brought: Money = .zero
    ) {
      self.group = group
      self.month = month
      self.revision = revision
      sums = Accrual.Sums(earned: earned, straight: straight, brought: brought)
    }

    package var earned: Money { sums.earned }
    package var straight: Money { sums.straight }
    package var brought: Money { sums.brought }
  }

  /// A difference between straight-line income and charges when the system started (期初直线法差额);
  /// above zero where more income than charges was recognized.
  package struct Opening: Sendable {
    package var item: String
    package var difference: Money

    package init(item: String, difference: Money) {
      self.item = item
      self.difference = difference
    }
  }

  /// How one group is earned.
  package struct Path: Sendable {
    package var group: Group
    package var earnings: [Earning] = []
    /// Of rent.
    package var line: StraightLine?
    /// The net of all earnings.
    package var total = Money.zero
    /// What of them was earned before the system started.
    package var before = Money.zero
    /// The difference when the system started.
    package var opening = Money.zero
    /// When the system started, of what arises from time.
    var since: CivilDate?

    func earned(through day: CivilDate) throws(ValueError) -> Money {
      var sum = Money.zero
      for earning in earnings { sum = try sum + earning.earned(through: day) }
      return try sum - before
    }

    /// What the old books billed of what is earned here through a day.
    func brought(through day: CivilDate) throws(ValueError) -> Money {
      guard let since else { return .zero }
      var sum = Money.zero
      for earning in earnings { sum = try sum + earning.brought(through: day, since: since) }
      return sum
    }

    /// The first month that has something, if anything has.
    var firstMonth: CivilMonth? {
      let first = earnings.reduce(line?.days.from) { day, earning in
        day.map { min($0, earning.days.from) } ?? earning.days.from
      }
      return first?.month
    }
  }

  package let lease: Lease
  package let billingFrom: CivilDate?
  /// In the order of company, item and basis.
  package private(set) var paths: [Path] = []

  /// - Parameters:
  ///   - recorded: what the books have of the contract, with adjustments.
  ///   - kinds: the items that are revenue by accrual.
  package init(
    _ billing: Billing, recorded: [RecordedCharge], kinds: [String: Kind], openings: [Opening] = []
  ) throws(ValueError) {
    lease = billing.lease
    billingFrom = billing.billingFrom
    guard lease.isSigned else { return }
    var paths: [Group: Path] = [:]
    for charge in try billing.chargesOverTime() where kinds[charge.item] != nil {
      let group = Group(companyNo: charge.companyNo, item: charge.item, basis: .time)
      paths[group, default: Path(group: group)].earnings.append(Earning(charge))
    }
    for charge in recorded where kinds[charge.item] != nil {
      guard charge.kind == .turnover || charge.kind == .metered || charge.kind == .share else {
        continue
      }
      let group = Group(companyNo: charge.companyNo, item: charge.item, basis: .fact)
      paths[group, default: Path(group: group)].earnings.append(Earning(charge))
    }
    for opening in openings where kinds[opening.item] == .lease {
      let company = lease.terms.first { $0.item == opening.item }?.companyNo ?? lease.companyNo
      let group = Group(companyNo: company, item: opening.item, basis: .time)
      let sum = paths[group]?.opening ?? .zero
      paths[group, default: Path(group: group)].opening = try sum + opening.difference
    }
    let starts = lease.starts(of: kinds)
    for group in paths.keys.sorted() {
      guard var path = paths[group] else { continue }
      for earning in path.earnings { path.total = try path.total + earning.net }
      if group.basis == .time {
        if let billingFrom {
          path.before = try path.earned(through: billingFrom.previous)
          path.since = billingFrom
        }
        if kinds[group.item] == .lease {
          path.line = lease.straightLine(of: group, starts: starts, since: billingFrom)
        }
      }
      self.paths.append(path)
    }
  }
}

extension RevenueRecognition {
  /// What is to be booked so that a month and all before it are accrued: wanted minus recorded.
  ///
  /// What is accrued stays: a month before the newest one that the contract has rows of is not
  /// computed again, what changed since is taken in by the first month that is. The newest one
  /// itself may be revised while it is open, if it is the one asked for.
  /// - Parameters:
  ///   - recorded: all rows of the contract.
  ///   - firstOpen: the first day that a company may book on; nil: any.
  package func accruals(
    through month: CivilMonth, recorded: [Recorded],
    firstOpen: (String) -> CivilDate? = { _ in nil }
  ) throws(ValueError) -> [Accrual] {
    guard lease.isSigned else { return [] }
    let newest = recorded.map(\.month).max()
    var found: [Accrual] = []
    // What was accrued and is wanted no more (another item, another company) is taken back.
    let groups = Set(paths.map(\.group))
    let gone = Set(recorded.map(\.group)).subtracting(groups).sorted().map { Path(group: $0) }
    for path in paths + gone {
      let first: CivilMonth
      if let newest {
        let isClosed = firstOpen(path.group.companyNo).map { newest.last < $0 } ?? false
        first = newest == month && !isClosed ? newest : newest.adding(1)
      } else {
        let start = path.firstMonth ?? billingFrom?.month ?? month
        first = billingFrom.map { max(start, $0.month) } ?? start
      }
      if first > month { continue }
      try add(path, first, month, recorded.filter { $0.group == path.group }, to: &found)
    }
    return found
  }

  private func add(
    _ path: Path, _ first: CivilMonth, _ last: CivilMonth, _ recorded: [Recorded],
    to found: inout [Accrual]
  ) throws(ValueError) {
    var before = Accrual.Sums()
    for row in recorded where row.month < first { try before.add(row.sums) }
    var month = first
    while month <= last {
      var booked = Accrual.Sums()
      var revision: Int64 = 0
      for row in recorded where row.month == month {
        try booked.add(row.sums)
        revision = max(revision, row.revision + 1)
      }
      let wanted = try wanted(of: path, month, before)
      let missing = try wanted - booked
      if missing != Accrual.Sums() {
        found.append(
          Accrual(
            path: path, month: month, revision: revision, missing: missing, wanted: wanted,
            booked: booked, before: before))
      }
      try before.add(wanted)
      month = month.adding(1)
    }
  }

  /// What a month should have, after what was recognized before it.
  private func wanted(
    of path: Path, _ month: CivilMonth, _ before: Accrual.Sums
  ) throws(ValueError) -> Accrual.Sums {
    let earned = try path.earned(through: month.last) - before.earned
    let brought = try path.brought(through: month.last) - before.brought
    guard let line = path.line else {
      return Accrual.Sums(
        earned: earned, straight: try .zero - path.opening - before.straight, brought: brought)
    }
    let income = try line.income(of: month, left: path.left(before))
    return Accrual.Sums(earned: earned, straight: try income - earned, brought: brought)
  }
}

extension RevenueRecognition.Path {
  /// What is left to be recognized.
  func left(_ before: Accrual.Sums) throws(ValueError) -> Money {
    try total - self.before - opening - before.earned - before.straight
  }
}

extension Lease {
  /// The first day of each term of rent over time.
  fileprivate func starts(of kinds: [String: RevenueRecognition.Kind]) -> [CivilDate] {
    terms.compactMap { term in
      guard kinds[term.item] == .lease, isSpread(term) else { return nil }
      return days(of: term)?.from
    }
  }

  /// Whether a term charges time: what is read, reported, shared or charged once has no days.
  private func isSpread(_ term: LeaseTerm) -> Bool {
    switch term.method {
    case .fixed, .area: true
    case .turnover: hasGuarantee(term)
    case .metered, .share, .once: false
    }
  }

  /// The days of a group's income: from the day on which the tenant has the premises to the last
  /// day of its terms. Rent that begins after other rent of the contract (another unit, another
  /// company) is of that time only; where none is charged before it, the time before is free.
  fileprivate func straightLine(
    of group: RevenueRecognition.Group, starts: [CivilDate], since: CivilDate?
  ) -> StraightLine {
    let spans = terms.compactMap { term -> Period? in
      guard term.item == group.item, (term.companyNo ?? companyNo) == group.companyNo,
        isSpread(term)
      else { return nil }
      return days(of: term)
    }
    let last = spans.map(\.to).max() ?? lastDay
    var first = handoverOn ?? startOn
    if let its = spans.map(\.from).min(), let earliest = starts.min(), earliest < its {
      first = max(first, its)
    }
    if let since { first = max(first, since) }
    return StraightLine(Period(min(first, last), last))
  }
}
