/// What the money of an account will settle, and the late fees that come of it.
///
/// Each makes the other: what is paid ends a late fee, and a late fee takes money that would have
/// paid something else. But a day's fee depends only on what was open when the day began and on
/// whether something was paid on it, and a charge is paid before its fee. So the two are worked out
/// in turns until nothing changes, and it does not matter where they begin: what comes out is what
/// nights one after the other would have recorded.
package struct LateFeeForesight {
  /// A contract of the account, with what is recorded of it.
  package struct Contract {
    package var contractNo: String
    package var billing: LateFeeBilling
    package var recorded: [RecordedCharge]
    package var courses: [Int64: LateFeeBilling.Course]

    package init(
      contractNo: String, billing: LateFeeBilling, recorded: [RecordedCharge],
      courses: [Int64: LateFeeBilling.Course]
    ) {
      self.contractNo = contractNo
      self.billing = billing
      self.recorded = recorded
      self.courses = courses
    }
  }

  /// By the ids of the charges; adjustments count with what they adjust.
  package typealias Settlements = [Int64: [LateFee.Settlement]]

  private let account: TenantAccount
  private let contracts: [Contract]
  private let rowsByID: [Int64: TenantAccount.Row]

  /// - Parameter contracts: all of the account that have something recorded, in the order of their
  ///   numbers.
  package init(_ account: TenantAccount, _ contracts: [Contract]) {
    self.account = account
    self.contracts = contracts
    rowsByID = Dictionary(account.rows.map { ($0.id, $0) }) { first, _ in first }
  }

  /// What will be settled by a day and is not recorded yet.
  /// - Throws: `value.overflow`.
  package func settlements(asOf: CivilDate) throws(ValueError) -> Settlements {
    var settlements: Settlements = [:]
    var fees: [TenantAccount.Row] = []
    // Each turn settles at least the next day on which money moves or a month ends. A payer who names
    // the bill of a fee that there is only because he pays might go round for ever.
    let turns = 100 + 2 * (account.rows.count + account.payments.count + account.prepaid.count)
    for _ in 1...turns {
      var account = account
      account.rows += fees
      settlements = try settled(by: account.allocations(asOf: asOf).allocations, with: fees)
      let next = try rows(asOf: asOf, settlements)
      if next == fees { break }
      fees = next
    }
    return settlements
  }

  /// What a charge's own credit takes off it stands in its rows; what it gives to others is missing
  /// there.
  private func settled(
    by allocations: [Allocation], with fees: [TenantAccount.Row]
  ) throws(ValueError) -> Settlements {
    let adjusts = Dictionary(fees.map { ($0.id, $0.adjusts ?? $0.id) }) { first, _ in first }
    func root(_ id: Int64) -> Int64 { adjusts[id] ?? rowsByID[id]?.adjusts ?? id }
    var settlements: Settlements = [:]
    for allocation in allocations {
      let (paid, day) = (root(allocation.chargeID), allocation.effectiveOn)
      if case .creditNote(let id) = allocation.source {
        let giver = root(id)
        if giver == paid { continue }
        settlements[giver, default: []].append(.init(try .zero - allocation.amount, on: day))
      }
      settlements[paid, default: []].append(.init(allocation.amount, on: day))
    }
    return settlements
  }

  /// The rows that a run would record of late fees.
  private func rows(
    asOf: CivilDate, _ settlements: Settlements
  ) throws(ValueError) -> [TenantAccount.Row] {
    var rows: [TenantAccount.Row] = []
    for contract in contracts {
      let wanted = try contract.billing.charges(
        asOf: asOf, recorded: contract.recorded,
        courses: contract.courses.with(settlements, of: contract.recorded))
      let subtraction = try Subtraction(
        wanted: wanted, recorded: contract.recorded.filter { $0.kind == .lateFee }, asOf: asOf)
      for fee in subtraction.new {
        rows.append(
          row(
            fee.amounts.amount, contract.contractNo, fee.companyNo, on: fee.source,
            billOn: fee.billOn, dueOn: fee.dueOn, place: rows.count))
      }
      for adjustment in subtraction.adjustments {
        let (recorded, amount) = (adjustment.recorded, adjustment.difference.amount)
        var row = row(
          amount, contract.contractNo, recorded.companyNo, on: recorded.source, billOn: asOf,
          dueOn: amount < .zero ? asOf : max(asOf, recorded.dueOn), place: rows.count)
        row.adjusts = recorded.id
        rows.append(row)
      }
    }
    return rows
  }

  /// Ids and numbers come after all that are recorded, in the order of the bills.
  private func row(
    _ amount: Money, _ contractNo: String, _ companyNo: String, on source: String,
    billOn: CivilDate, dueOn: CivilDate, place: Int
  ) -> TenantAccount.Row {
    let charge = Int64(source.dropFirst()).flatMap { rowsByID[$0] }
    return TenantAccount.Row(
      id: LateFeeForesight.firstID + Int64(place),
      billNo: "\(companyNo)-~\(billOn) \(contractNo) \(dueOn) \(amount < .zero ? 1 : 0)",
      contractNo: contractNo, companyNo: companyNo, priority: charge?.priority ?? 0,
      isLateFee: true, billOn: billOn, dueOn: dueOn, amount: amount)
  }

  private static let firstID = Int64.max / 2
}

extension [Int64: LateFeeBilling.Course] {
  /// Together with what will be settled of those charges.
  package func with(
    _ settlements: LateFeeForesight.Settlements, of recorded: [RecordedCharge]
  ) -> Self {
    if settlements.isEmpty { return self }
    var courses = self
    for charge in recorded {
      guard let its = settlements[charge.id] else { continue }
      courses[charge.id, default: .init()].settlements += its
    }
    return courses
  }
}
