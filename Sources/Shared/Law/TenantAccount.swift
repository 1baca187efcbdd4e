/// What one tenant has to pay for one property, to whatever companies, and what came in for it.
package struct TenantAccount: Sendable {
  /// A row of the ledger of charges.
  package struct Row: Sendable, Equatable {
    package var id: Int64
    package var billNo: String
    package var contractNo: String
    package var companyNo: String
    /// The demand for a deposit: a credit note of the one kind never pays the other.
    package var isDeposit: Bool
    /// Of the fee item; the smaller is paid first.
    package var priority: Int
    package var isLateFee: Bool
    package var billOn: CivilDate
    package var dueOn: CivilDate
    /// Below zero: a credit.
    package var amount: Money
    /// The row that this one adjusts.
    package var adjusts: Int64?

    package init(
      id: Int64, billNo: String, contractNo: String, companyNo: String = "",
      isDeposit: Bool = false, priority: Int = 0, isLateFee: Bool = false, billOn: CivilDate,
      dueOn: CivilDate, amount: Money, adjusts: Int64? = nil
    ) {
      self.id = id
      self.billNo = billNo
      self.contractNo = contractNo
      self.companyNo = companyNo
      self.isDeposit = isDeposit
      self.priority = priority
      self.isLateFee = isLateFee
      self.billOn = billOn
      self.dueOn = dueOn
      self.amount = amount
      self.adjusts = adjusts
    }
  }

  package struct Payment: Sendable {
    package struct Line: Sendable {
      package var billNo: String
      package var amount: Money

      package init(billNo: String, amount: Money) {
        self.billNo = billNo
        self.amount = amount
      }
    }

    package var no: String
    package var paidOn: CivilDate
    package var amount: Money
    /// Whose charges it pays; nil: those of any.
    package var companyNo: String?
    package var contractNo: String?
    package var billNo: String?
    /// The payer's instruction, in the order in which it is followed; one line for a bill.
    package var lines: [Line]

    package init(
      no: String, paidOn: CivilDate, amount: Money, companyNo: String? = nil,
      contractNo: String? = nil, billNo: String? = nil, lines: [Line] = []
    ) {
      self.no = no
      self.paidOn = paidOn
      self.amount = amount
      self.companyNo = companyNo
      self.contractNo = contractNo
      self.billNo = billNo
      self.lines = lines
    }
  }

  /// What was paid before the system started and nothing was owed for (期初预收).
  package struct Prepaid: Sendable {
    package var id: Int64
    package var companyNo: String
    /// The day from which on it can be used.
    package var since: CivilDate
    package var amount: Money

    package init(id: Int64, companyNo: String, since: CivilDate, amount: Money) {
      self.id = id
      self.companyNo = companyNo
      self.since = since
      self.amount = amount
    }
  }

  /// What is already allocated, refunded or written off, and stays.
  package struct Recorded: Sendable {
    package var source: Allocation.Source
    /// Nil: the money went back to the tenant.
    package var chargeID: Int64?
    package var amount: Money

    package init(source: Allocation.Source, chargeID: Int64?, amount: Money) {
      self.source = source
      self.chargeID = chargeID
      self.amount = amount
    }

    package init(_ allocation: Allocation) {
      self.init(
        source: allocation.source, chargeID: allocation.chargeID, amount: allocation.amount)
    }
  }

  /// Money that nothing is open for yet.
  package struct Credit: Sendable, Equatable {
    package var source: Allocation.Source
    /// The day of the payment or of the credit note, or from which on prepaid money can be used.
    package var since: CivilDate
    package var left: Money
  }

  package struct Outcome: Sendable {
    /// In the order in which they were made.
    package var allocations: [Allocation] = []
    /// What is left over, oldest first.
    package var credits: [Credit] = []
  }

  /// In any order, as are all lists here.
  package var rows: [Row]
  package var payments: [Payment]
  package var prepaid: [Prepaid]
  package var recorded: [Recorded]
  /// Late fees are paid after everything else that is open.
  package var lateFeesLast: Bool

  package init(
    rows: [Row], payments: [Payment], prepaid: [Prepaid] = [], recorded: [Recorded] = [],
    lateFeesLast: Bool = true
  ) {
    self.rows = rows
    self.payments = payments
    self.prepaid = prepaid
    self.recorded = recorded
    self.lateFeesLast = lateFeesLast
  }

  /// Whether money that comes in may still settle something that was due before a day: late fees of
  /// it go by that.
  /// - Throws: `value.overflow`.
  package func isOverdue(on day: CivilDate) throws(ValueError) -> Bool {
    let late = rows.filter {
      $0.amount > .zero && !$0.isLateFee && !$0.isDeposit && $0.billOn <= day && $0.dueOn < day
    }
    if late.isEmpty { return false }
    var settled: [Int64: Money] = [:]
    for recorded in recorded {
      guard let id = recorded.chargeID else { continue }
      settled[id] = try (settled[id] ?? .zero) + recorded.amount
    }
    return late.contains { $0.amount > settled[$0.id] ?? .zero }
  }

  /// What should be allocated by a day and is not yet. Day by day: bills become visible, negative
  /// rows are set off, credit is used, payments are taken. After each day either nothing is left of
  /// the money or nothing is open that it may pay, so that a night may be left out and nothing comes
  /// out different.
  /// - Throws: `value.overflow`.
  package func allocations(asOf: CivilDate) throws(ValueError) -> Outcome {
    var matching = try Matching(self)
    let bills = rows.filter { $0.billOn <= asOf }.sorted {
      ($0.billOn, $0.billNo, $0.id) < ($1.billOn, $1.billNo, $1.id)
    }
    let receipts = payments.filter { $0.paidOn <= asOf }.sorted {
      ($0.paidOn, $0.no) < ($1.paidOn, $1.no)
    }
    let openings = prepaid.filter { $0.since <= asOf }.sorted {
      ($0.since, $0.id) < ($1.since, $1.id)
    }
    var (nextBill, nextReceipt, nextOpening) = (bills[...], receipts[...], openings[...])
    while let day = [nextBill.first?.billOn, nextReceipt.first?.paidOn, nextOpening.first?.since]
      .compactMap({ $0 }).min()
    {
      let billed = nextBill.prefix { $0.billOn == day }
      let paid = nextReceipt.prefix { $0.paidOn == day }
      nextBill = nextBill.dropFirst(billed.count)
      nextReceipt = nextReceipt.dropFirst(paid.count)
      while let opening = nextOpening.first, opening.since == day {
        nextOpening.removeFirst()
        try matching.add(opening)
      }
      for row in billed where row.amount > .zero { matching.show(row) }
      for row in billed where row.amount < .zero { try matching.setOff(row) }
      try matching.useCredits()
      for payment in paid { try matching.take(payment) }
    }
    return matching.settled
  }
}

/// What is open and what is left over while the days go by.
private struct Matching {
  var outcome = TenantAccount.Outcome()

  /// Every row above zero in the order in which it is paid; the place is its rank.
  private let ranked: [TenantAccount.Row]
  private let rankOfID: [Int64: Int]
  /// What is open of each rank.
  private var open: [Money]
  /// Ranks that are billed and open, in order.
  private var visible: [Int] = []
  private var funds: [Fund] = []
  private let spent: [Allocation.Source: Money]
  /// What of each payment with lines went to each bill.
  private var followed: [String: [String: Money]] = [:]

  private struct Fund {
    var source: Allocation.Source
    var since: CivilDate
    var left: Money
    /// Whose charges it pays; nil: those of any.
    var companyNo: String?
    /// Whether it pays deposits only, or everything else only; nil: both.
    var isDeposit: Bool?
    var payment: TenantAccount.Payment?

    func mayPay(_ row: TenantAccount.Row) -> Bool {
      (companyNo ?? row.companyNo) == row.companyNo && (isDeposit ?? row.isDeposit) == row.isDeposit
    }
  }

  init(_ account: TenantAccount) throws(ValueError) {
    let lateFeesLast = account.lateFeesLast
    func group(_ row: TenantAccount.Row) -> Int { lateFeesLast && row.isLateFee ? 1 : 0 }
    let ranked = account.rows.filter { $0.amount > .zero }.sorted { a, b in
      // Tuples compare up to six members.
      (group(a), a.dueOn, a.priority, a.billNo, a.id)
        < (group(b), b.dueOn, b.priority, b.billNo, b.id)
    }
    self.ranked = ranked
    var rankOfID: [Int64: Int] = [:]
    for (rank, row) in ranked.enumerated() { rankOfID[row.id] = rank }
    self.rankOfID = rankOfID
    open = ranked.map(\.amount)
    var spent: [Allocation.Source: Money] = [:]
    for payment in account.payments where !payment.lines.isEmpty { followed[payment.no] = [:] }
    for recorded in account.recorded {
      spent[recorded.source] = try (spent[recorded.source] ?? .zero) + recorded.amount
      guard let rank = recorded.chargeID.flatMap({ rankOfID[$0] }) else { continue }
      open[rank] = try open[rank] - recorded.amount
      if case .payment(let no) = recorded.source, let soFar = followed[no] {
        let billNo = ranked[rank].billNo
        followed[no]?[billNo] = try (soFar[billNo] ?? .zero) + recorded.amount
      }
    }
    self.spent = spent
  }

  var settled: TenantAccount.Outcome {
    var outcome = outcome
    outcome.credits = funds.map {
      TenantAccount.Credit(source: $0.source, since: $0.since, left: $0.left)
    }
    return outcome
  }

  /// A bill's row can be paid from now on.
  mutating func show(_ row: TenantAccount.Row) {
    guard let rank = rankOfID[row.id], open[rank] > .zero else { return }
    var (low, high) = (0, visible.count)
    while low < high {
      let middle = (low + high) / 2
      if visible[middle] < rank { low = middle + 1 } else { high = middle }
    }
    visible.insert(rank, at: low)
  }

  /// A negative row goes to what it adjusts, then to the contract; the rest is credit.
  mutating func setOff(_ row: TenantAccount.Row) throws(ValueError) {
    var fund = Fund(
      source: .creditNote(row.id), since: row.billOn, left: try .zero - row.amount,
      companyNo: row.companyNo, isDeposit: row.isDeposit)
    guard try isLeft(of: &fund) else { return }
    if let adjusted = row.adjusts {
      try give(&fund, .creditNote) { $0.id == adjusted }
    }
    try give(&fund, .creditNote) { $0.contractNo == row.contractNo }
    if fund.left > .zero { funds.append(fund) }
  }

  /// Money from before the system is the oldest of its day.
  mutating func add(_ prepaid: TenantAccount.Prepaid) throws(ValueError) {
    var fund = Fund(
      source: .prepaid(prepaid.id), since: prepaid.since, left: prepaid.amount,
      companyNo: prepaid.companyNo)
    if try isLeft(of: &fund) { funds.append(fund) }
  }

  /// The oldest credit first.
  mutating func useCredits() throws(ValueError) {
    if visible.isEmpty || funds.isEmpty { return }
    for index in funds.indices {
      var fund = funds[index]
      try followPayer(&fund)
      try give(&fund, .credit) { _ in true }
      funds[index] = fund
    }
    funds.removeAll { $0.left <= .zero }
  }

  mutating func take(_ payment: TenantAccount.Payment) throws(ValueError) {
    var fund = Fund(
      source: .payment(payment.no), since: payment.paidOn, left: payment.amount,
      companyNo: payment.companyNo, payment: payment)
    guard try isLeft(of: &fund) else { return }
    try followPayer(&fund)
    if fund.left > .zero, let billNo = try billWithOpen(fund.left, for: fund) {
      try give(&fund, .exact) { $0.billNo == billNo }
    }
    try give(&fund, .order) { _ in true }
    if fund.left > .zero { funds.append(fund) }
  }

  /// Takes off what is recorded of the money.
  private func isLeft(of fund: inout Fund) throws(ValueError) -> Bool {
    if let spent = spent[fund.source] { fund.left = try fund.left - spent }
    return fund.left > .zero
  }

  /// Steps 1 and 2.
  private mutating func followPayer(_ fund: inout Fund) throws(ValueError) {
    guard let payment = fund.payment else { return }
    for line in payment.lines {
      let limit = try line.amount - (followed[payment.no]?[line.billNo] ?? .zero)
      try give(&fund, .line, atMost: limit) { $0.billNo == line.billNo }
    }
    if let billNo = payment.billNo { try give(&fund, .named) { $0.billNo == billNo } }
    if let contractNo = payment.contractNo {
      try give(&fund, .named) { $0.contractNo == contractNo }
    }
  }

  /// The earliest due bill of which just so much is open. Late fees are never guessed at.
  private func billWithOpen(
    _ amount: Money, for fund: Fund
  ) throws(ValueError) -> String? {
    var sums: [String: (open: Money, dueOn: CivilDate)] = [:]
    var lateFeeBills: Set<String> = []
    for rank in visible where fund.mayPay(ranked[rank]) {
      let row = ranked[rank]
      if row.isLateFee { lateFeeBills.insert(row.billNo) }
      let soFar = sums[row.billNo] ?? (.zero, row.dueOn)
      sums[row.billNo] = (try soFar.open + open[rank], min(soFar.dueOn, row.dueOn))
    }
    return sums.filter { $0.value.open == amount && !lateFeeBills.contains($0.key) }
      .min { ($0.value.dueOn, $0.key) < ($1.value.dueOn, $1.key) }?.key
  }

  /// Gives of the money to open rows that qualify, in their order.
  private mutating func give(
    _ fund: inout Fund, _ step: Allocation.Step, atMost limit: Money? = nil,
    to qualifies: (TenantAccount.Row) -> Bool
  ) throws(ValueError) {
    var limit = limit ?? fund.left
    if fund.left <= .zero || limit <= .zero { return }
    var isAnyPaid = false
    for rank in visible {
      let row = ranked[rank]
      guard fund.mayPay(row), qualifies(row) else { continue }
      let amount = min(open[rank], fund.left, limit)
      open[rank] = try open[rank] - amount
      fund.left = try fund.left - amount
      limit = try limit - amount
      isAnyPaid = isAnyPaid || open[rank] <= .zero
      if case .payment(let no) = fund.source, let soFar = followed[no] {
        followed[no]?[row.billNo] = try (soFar[row.billNo] ?? .zero) + amount
      }
      outcome.allocations.append(
        Allocation(
          source: fund.source, chargeID: row.id, amount: amount,
          effectiveOn: max(fund.since, row.billOn), step: step))
      if fund.left <= .zero || limit <= .zero { break }
    }
    if isAnyPaid { visible.removeAll { open[$0] <= .zero } }
  }
}
