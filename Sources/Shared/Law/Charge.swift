/// How a charge arose.
package enum ChargeKind: String, Sendable, CaseIterable {
  case base, turnover, metered, share, once
  case lateFee = "late_fee"
  case opening, adjust

  /// The word in Chinese texts.
  package var zh: String {
    switch self {
    case .base: "基础费用"
    case .turnover: "提成"
    case .metered: "抄表"
    case .share: "公摊"
    case .once: "一次性"
    case .lateFee: "违约金"
    case .opening: "期初"
    case .adjust: "调整"
    }
  }
}

/// Net, tax and both together, in fen.
package struct Amounts: Hashable, Sendable {
  package var net: Money
  package var tax: Money
  package var amount: Money

  package static let zero = Amounts(net: .zero, tax: .zero, amount: .zero)

  package init(net: Money, tax: Money, amount: Money) {
    self.net = net
    self.tax = tax
    self.amount = amount
  }

  /// An amount that includes its tax: net = amount ÷ (1 + rate), rounded to the fen.
  package init(gross: Money, rate: Fixed) throws(ValueError) {
    let whole = Int128(Fixed.one)
    let net = try roundHalfUp(Int128(gross.fen) * whole, over: whole + Int128(rate.millionths))
    try self.init(net: Money(fen: net), tax: gross - Money(fen: net), amount: gross)
  }

  /// An amount that its tax comes on top of: tax = net × rate, rounded to the fen.
  package init(net: Money, rate: Fixed) throws(ValueError) {
    let tax = try roundHalfUp(Int128(net.fen) * Int128(rate.millionths), over: Int128(Fixed.one))
    try self.init(net: net, tax: Money(fen: tax), amount: net + Money(fen: tax))
  }

  package static func + (a: Amounts, b: Amounts) throws(ValueError) -> Amounts {
    try Amounts(net: a.net + b.net, tax: a.tax + b.tax, amount: a.amount + b.amount)
  }

  package static func - (a: Amounts, b: Amounts) throws(ValueError) -> Amounts {
    try Amounts(net: a.net - b.net, tax: a.tax - b.tax, amount: a.amount - b.amount)
  }
}

/// A charge that should exist.
package struct Charge: Sendable {
  /// Nil for an opening item, which belongs to no line.
  package var line: Int?
  package var item: String
  package var kind: ChargeKind
  package var companyNo: String
  /// With the contract, kind and the period's first day: the identity.
  package var source: String
  package var period: Period
  package var billOn: CivilDate
  package var dueOn: CivilDate
  package var taxRate: Fixed
  package var taxCode: String?
  package var taxIncluded = true
  package var amounts: Amounts
  package var basis: Basis

  /// What the amount is computed from, and what is said of it.
  package enum Basis: Sendable {
    /// Prices over time; a one-off amount is a segment of one day.
    case time([Segment], per: LeaseTerm.Per?)
    /// A month's turnover above its guarantee.
    case turnover(TurnoverRent.Month)
    /// The settlement of a lease year.
    case leaseYear(TurnoverRent.Year)
    case metered(Metering.Bill)
    case share(CostShare)
    case lateFee(LateFeePosting, on: RecordedCharge)
    case opening
  }

  /// The segments of a charge over time; of others none.
  package var segments: [Segment] {
    if case .time(let segments, _) = basis { segments } else { [] }
  }

  /// The unit of time of the prices, of a charge over time.
  package var per: LeaseTerm.Per? {
    if case .time(_, let per) = basis { per } else { nil }
  }

  /// Quantity and unit price where quantity × price is what the period comes to before rounding:
  /// one segment, not freed in part, or one price of a meter. Otherwise the sentence of
  /// `explanation` says it.
  package var quantityAndPrice: (quantity: Fixed, price: Fixed)? {
    switch basis {
    case .time(let segments, let per) where segments.count == 1:
      Charge.quantityAndPrice(segments[0], per: per)
    case .metered(let bill): Charge.quantityAndPrice(bill.usages.flatMap(\.parts))
    default: nil
    }
  }

  private static func quantityAndPrice(
    _ segment: Segment, per: LeaseTerm.Per?
  ) -> (quantity: Fixed, price: Fixed)? {
    guard segment.freePercent == .zero else { return nil }
    let time: Int64
    var divisor: Int64 = 1
    switch segment.time {
    case .days(let days): time = Int64(days)
    case .months(let months):
      time = Int64(months)
      divisor = per?.months ?? 1
    case .once: time = 1
    case .share, .yearShare, .begun: return nil
    }
    let area = segment.area?.millionths ?? Fixed.one
    let (product, overflow) = area.multipliedReportingOverflow(by: time)
    guard !overflow, product % divisor == 0 else { return nil }
    return (Fixed(millionths: product / divisor), segment.price)
  }

  private static func quantityAndPrice(
    _ parts: [Metering.Usage.Part]
  ) -> (quantity: Fixed, price: Fixed)? {
    guard parts.count == 1, parts[0].quantity % Int128(Fixed.one) == 0,
      let quantity = Int64(exactly: parts[0].quantity / Int128(Fixed.one))
    else { return nil }
    return (Fixed(millionths: quantity), parts[0].price)
  }
}
