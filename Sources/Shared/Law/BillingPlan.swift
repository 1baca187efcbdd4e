extension Billing {
  /// What a run should append for one contract, and when to look at it again.
  package struct Plan: Sendable {
    package var subtraction: Subtraction
    package var nextBillOn: CivilDate?
    /// What waits for an implausible reading to be accepted.
    package var held: [Charge] = []
  }

  /// Wanted minus recorded.
  /// - Parameters:
  ///   - recorded: all that the books have of the contract; nothing if `since` is given.
  ///   - since: only what is billed from this day on is asked for, and nothing of it is taken to be
  ///     recorded; nil: everything is compared.
  package func plan(
    asOf: CivilDate, recorded: [RecordedCharge], since: CivilDate? = nil
  ) throws(ValueError) -> Plan {
    guard lease.isSigned else {
      // What is recorded of a contract that is not signed (any more) stays as it is.
      return Plan(subtraction: Subtraction(), nextBillOn: nil)
    }
    // Late fees rest on payments, not on the lease: `LateFee` subtracts them.
    let recorded = recorded.filter { $0.kind != .lateFee }
    var scope = Scope(asOf: asOf, since: since)
    for charge in recorded {
      scope.recordedThrough[charge.source] = max(
        scope.recordedThrough[charge.source] ?? charge.period.from, charge.period.from)
    }
    let result = try charges(scope)
    return Plan(
      subtraction: try Subtraction(
        wanted: result.charges, recorded: recorded, held: result.held, asOf: asOf),
      nextBillOn: result.nextBillOn, held: result.held)
  }
}
