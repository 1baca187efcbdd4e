/// 公摊: the cost of a month that the contracts with a share term for its item divide. The division
/// is made once and recorded; what a contract bears of it is charged by its term.
package struct SharedCost: Sendable {
  package enum Basis: String, Sendable { case area, equal }

  package var poolNo: String
  package var month: CivilMonth
  package var item: String
  package var amount: Money
  package var basis: Basis
  /// Borne by the operator; in m².
  package var ownArea: Fixed

  package init(
    poolNo: String, month: CivilMonth, item: String, amount: Money, basis: Basis = .area,
    ownArea: Fixed = .zero
  ) {
    self.poolNo = poolNo
    self.month = month
    self.item = item
    self.amount = amount
    self.basis = basis
    self.ownArea = ownArea
  }

  /// What one contract bears.
  package struct Part: Sendable {
    package var contractNo: String
    package var line: Int
    /// m² × days in millionths; 1 where every contract bears the same.
    package var weight: Int64
    package var amount: Money
  }

  package struct Division: Sendable {
    /// In the order of contract numbers.
    package var parts: [Part] = []
    /// What the operator bears himself.
    package var ownWeight: Int64 = 0
    package var ownAmount = Money.zero
    package var totalWeight: Int64 = 0
  }

  /// A contract that takes part: its line, and its weight.
  package struct Share: Sendable {
    package var contractNo: String
    package var line: Int
    package var weight: Int64

    package init(contractNo: String, line: Int, weight: Int64) {
      self.contractNo = contractNo
      self.line = line
      self.weight = weight
    }
  }

  /// The line by which a contract takes part and its weight in the month: the units that the term
  /// covers, area × days in force. Nil if it has no share term for the item in the month.
  package func share(of lease: Lease) throws(ValueError) -> Share? {
    guard lease.isSigned else { return nil }
    let month = Period(month.first, month.last)
    var share: Share?
    for term in lease.terms where term.method == .share && term.item == item {
      guard let days = lease.days(of: term)?.intersection(month) else { continue }
      // A line that was closed and its successor are one contract's share, by the later line.
      let weight = basis == .equal ? 1 : try SharedCost.weight(of: term, in: lease, on: days)
      let (sum, overflow) = weight.addingReportingOverflow(
        basis == .equal ? 0 : share?.weight ?? 0)
      if overflow { throw .overflow(Phrase("the area", "面积")) }
      share = Share(contractNo: lease.contractNo, line: term.line, weight: sum)
    }
    return share.flatMap { $0.weight > 0 ? $0 : nil }
  }

  /// Σ area × days in force, of the units that the term covers; in m² × days, millionths.
  private static func weight(
    of term: LeaseTerm, in lease: Lease, on days: Period
  ) throws(ValueError) -> Int64 {
    var weight: Int64 = 0
    for unit in lease.units where term.unitNos.isEmpty || term.unitNos.contains(unit.unitNo) {
      let from = max(unit.fromOn ?? days.from, days.from)
      let to = min(unit.toOn ?? days.to, days.to)
      if from > to { continue }
      let (product, overflow) = unit.area.millionths.multipliedReportingOverflow(
        by: Int64(to.days(since: from) + 1))
      let (sum, overflows) = weight.addingReportingOverflow(product)
      if overflow || overflows { throw .overflow(Phrase("the area", "面积")) }
      weight = sum
    }
    return weight
  }

  /// Divides the pool: largest remainder, ties to the smaller contract number, the operator last.
  /// The parts, the operator's with them, sum to the pool.
  package func divided(over shares: [Share]) throws(ValueError) -> Division {
    var division = Division()
    let shares = shares.sorted { $0.contractNo < $1.contractNo }
    if basis == .area {
      let (own, overflow) = ownArea.millionths.multipliedReportingOverflow(by: Int64(month.days))
      if overflow { throw .overflow(Phrase("the area", "面积")) }
      division.ownWeight = own
    }
    let weights = shares.map(\.weight) + [division.ownWeight]
    guard weights.contains(where: { $0 > 0 }) else { return division }
    let amounts = try amount.divided(byWeights: weights)
    for (share, amount) in zip(shares, amounts) {
      division.parts.append(
        Part(contractNo: share.contractNo, line: share.line, weight: share.weight, amount: amount))
    }
    division.ownAmount = amounts[amounts.count - 1]
    division.totalWeight = weights.reduce(0, +)
    return division
  }
}

/// What a contract bears of a pool that has been divided.
package struct CostShare: Sendable {
  package var poolNo: String
  package var month: CivilMonth
  package var line: Int
  package var poolAmount: Money
  package var basis: SharedCost.Basis
  /// m² × days in millionths, or 1.
  package var weight: Int64
  package var totalWeight: Int64
  package var amount: Money

  package init(
    poolNo: String, month: CivilMonth, line: Int, poolAmount: Money, basis: SharedCost.Basis,
    weight: Int64, totalWeight: Int64, amount: Money
  ) {
    self.poolNo = poolNo
    self.month = month
    self.line = line
    self.poolAmount = poolAmount
    self.basis = basis
    self.weight = weight
    self.totalWeight = totalWeight
    self.amount = amount
  }
}
