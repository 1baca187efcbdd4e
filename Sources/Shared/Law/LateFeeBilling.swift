/// What the late fees of a contract's recorded charges should be.
package struct LateFeeBilling {
  /// What happened to a charge since it was recorded.
  package struct Course: Sendable {
    package var settlements: [LateFee.Settlement] = []
    /// Days on which its bill was on hold.
    package var holds: [Period] = []
    package var waived = Money.zero

    package init() {}
  }

  package let rules: LateFeeRules
  /// Items that are deposits: a demand for one bears nothing.
  package let deposits: Set<String>
  package let billingFrom: CivilDate?

  package init(rules: LateFeeRules, deposits: Set<String>, billingFrom: CivilDate?) {
    self.rules = rules
    self.deposits = deposits
    self.billingFrom = billingFrom
  }

  /// What a run should append, and the next month's end on which more may be wanted.
  /// - Parameters:
  ///   - recorded: all that the books have of the contract, late fees with it.
  ///   - courses: by the charges' ids.
  package func plan(
    asOf: CivilDate, recorded: [RecordedCharge], courses: [Int64: Course]
  ) throws(ValueError) -> (subtraction: Subtraction, nextFeeOn: CivilDate?) {
    var nextFeeOn: CivilDate?
    let wanted = try charges(asOf: asOf, recorded: recorded, courses: courses) {
      nextFeeOn = min(nextFeeOn ?? $0, $0)
    }
    let fees = recorded.filter { $0.kind == .lateFee }
    return (try Subtraction(wanted: wanted, recorded: fees, asOf: asOf), nextFeeOn)
  }

  /// Every late fee that should be there by a day. What is recorded through a later day is asked
  /// for through that day.
  /// - Parameter next: is told, of each charge, the next month's end on which more may be wanted.
  package func charges(
    asOf: CivilDate, recorded: [RecordedCharge], courses: [Int64: Course],
    next: (CivilDate) -> Void = { _ in }
  ) throws(ValueError) -> [Charge] {
    var through: [String: CivilDate] = [:]
    for fee in recorded where fee.kind == .lateFee {
      through[fee.source] = max(through[fee.source] ?? asOf, fee.period.to)
    }
    var charges: [Charge] = []
    for charge in recorded where bears(charge) {
      let source = "C\(charge.id)"
      let outlook = try fee(of: charge, courses[charge.id] ?? Course())
        .outlook(rowsThrough: max(asOf, through[source] ?? asOf), after: asOf)
      for posting in outlook.postings {
        charges.append(try lateFee(posting, of: charge, source: source))
      }
      if let day = outlook.nextPostingOn { next(day) }
    }
    return charges
  }

  /// No fee on a fee, nor on the demand for a deposit.
  package func bears(_ charge: RecordedCharge) -> Bool {
    charge.kind != .lateFee && !deposits.contains(charge.item)
  }

  /// The late fee of one charge.
  package func fee(of charge: RecordedCharge, _ course: Course) -> LateFee {
    LateFee(
      rows: charge.rows, settlements: course.settlements, holds: course.holds,
      waived: course.waived, rules: rules, item: charge.item,
      bearsFrom: charge.kind == .opening ? billingFrom : nil)
  }

  /// It takes rate and code of the charge that it is on, tax included.
  private func lateFee(
    _ posting: LateFeePosting, of charge: RecordedCharge, source: String
  ) throws(ValueError) -> Charge {
    Charge(
      line: charge.line, item: charge.item, kind: .lateFee, companyNo: charge.companyNo,
      source: source, period: posting.period, billOn: posting.postedOn, dueOn: posting.postedOn,
      taxRate: charge.taxRate, taxCode: charge.taxCode,
      amounts: try Amounts(gross: posting.amount, rate: charge.taxRate),
      basis: .lateFee(posting, on: charge))
  }
}
