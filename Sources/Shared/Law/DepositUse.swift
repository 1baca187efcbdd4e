/// What a decision about deposits pays: money on the demands for a deposit, or a deposit that is held
/// on charges. The oldest money first, on what is paid first.
package struct DepositUse: Sendable {
  /// Money that may be used.
  package struct Fund: Sendable {
    package var source: Allocation.Source
    /// The company whose charges it pays; nil: those of any.
    package var companyNo: String?
    /// The day from which on it was there.
    package var since: CivilDate
    /// Above zero.
    package var left: Money

    package init(
      source: Allocation.Source, companyNo: String?, since: CivilDate, left: Money
    ) {
      self.source = source
      self.companyNo = companyNo
      self.since = since
      self.left = left
    }
  }

  /// A charge of which something is open.
  package struct Open: Sendable {
    package var id: Int64
    package var billNo: String
    package var companyNo: String
    package var dueOn: CivilDate
    /// Of the fee item; the smaller is paid first.
    package var priority: Int
    package var isLateFee: Bool
    /// Above zero.
    package var open: Money

    package init(
      id: Int64, billNo: String, companyNo: String, dueOn: CivilDate, priority: Int = 0,
      isLateFee: Bool = false, open: Money
    ) {
      self.id = id
      self.billNo = billNo
      self.companyNo = companyNo
      self.dueOn = dueOn
      self.priority = priority
      self.isLateFee = isLateFee
      self.open = open
    }
  }

  package struct Part: Sendable, Equatable {
    package var source: Allocation.Source
    /// The charge that is paid.
    package var chargeID: Int64
    package var amount: Money
  }

  /// Oldest first; of one day in the order given.
  package let funds: [Fund]
  /// In the order in which payments pay: late fees last, then by due day, priority, bill.
  package let open: [Open]

  package init(_ funds: [Fund], on open: [Open] = []) {
    self.funds = funds.enumerated().sorted { a, b in
      (a.element.since, a.offset) < (b.element.since, b.offset)
    }.map(\.element)
    self.open = open.sorted { a, b in
      (a.isLateFee ? 1 : 0, a.dueOn, a.priority, a.billNo, a.id)
        < (b.isLateFee ? 1 : 0, b.dueOn, b.priority, b.billNo, b.id)
    }
  }

  /// What is left of the money.
  package func left() throws(ValueError) -> Money { try sum(funds.map(\.left)) }

  /// What is open of the charges.
  package func wanted() throws(ValueError) -> Money { try sum(open.map(\.open)) }

  /// Which money pays which charge.
  /// - Parameter limit: how much in all; nil: as much as there is of both.
  package func parts(atMost limit: Money? = nil) throws(ValueError) -> [Part] {
    var lefts = funds.map(\.left)
    var rest = try left()
    if let limit { rest = min(rest, limit) }
    var parts: [Part] = []
    for charge in open {
      var open = charge.open
      for index in funds.indices {
        if let own = funds[index].companyNo, own != charge.companyNo { continue }
        let amount = min(open, lefts[index], rest)
        if amount <= .zero { continue }
        open = try open - amount
        lefts[index] = try lefts[index] - amount
        rest = try rest - amount
        parts.append(Part(source: funds[index].source, chargeID: charge.id, amount: amount))
      }
    }
    return parts
  }

  /// What of each money is taken where an amount of it leaves.
  /// - Returns: in the order of the money; nothing of zero. The sum is less than the amount where
  ///   there is not so much.
  package func taken(_ amount: Money) throws(ValueError) -> [(fund: Fund, amount: Money)] {
    var rest = amount
    var taken: [(fund: Fund, amount: Money)] = []
    for fund in funds where rest > .zero {
      let part = min(fund.left, rest)
      rest = try rest - part
      taken.append((fund, part))
    }
    return taken
  }

  private func sum(_ amounts: [Money]) throws(ValueError) -> Money {
    var sum = Money.zero
    for amount in amounts { sum = try sum + amount }
    return sum
  }
}
