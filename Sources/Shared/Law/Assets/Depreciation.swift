/// A month of an asset's life.
package struct DepreciationMonth: Sendable {
  package enum Reason: String, Sendable, CaseIterable {
    case normal, final
    case notStarted = "not_started"
    case fullyDepreciated = "fully_depreciated"
    case disposed
    case noUsage = "no_usage"
    case notDepreciated = "not_depreciated"

    /// Whether something is charged, though it may be nothing to the fen.
    package var isCharge: Bool { self == .normal || self == .final }

    package var zh: String {
      switch self {
      case .normal: "正常"
      case .final: "末月"
      case .notStarted: "未开始"
      case .fullyDepreciated: "已提足"
      case .disposed: "已处置"
      case .noUsage: "无工作量"
      case .notDepreciated: "不计提"
      }
    }
  }

  package var month: CivilMonth
  package var place: AssetPlace
  package var amount: Money
  /// At the end of the month.
  package var accumulated: Money
  package var net: Money
  package var reason: Reason
  package var working: DepreciationWorking
  /// The month of the life, from 1, and the life; 0 where nothing is charged.
  package var number: Int
  package var life: Int
  /// What the month began with: net value and salvage.
  package var netBefore: Money
  package var salvage: Money
}

/// An asset's life, month by month: what it loses (CAS 4), and what else changes its values.
///
/// Straight line, double declining and sum of years run in months of life, from the first month that
/// is charged; what happens to the asset acts from the month after on what is left (CAS 4 art. 19,
/// CAS 8 art. 17, CAS 28): the months before stay as they were.
package struct Depreciation {
  private let asset: Asset
  private let events: [AssetEvent]
  private let lastMonth: CivilMonth?
  private var nextEvent = 0
  /// The month that comes next.
  package private(set) var month: CivilMonth
  private let first: CivilMonth

  private var cost: Int64
  private var accumulated: Int64
  private var impairment: Int64
  private var salvage: Int64
  private var life: Int
  private var method: Asset.Method
  private var elapsed: Int
  private var unitsUsed: Int64 = 0
  private var plan: DepreciationPlan
  private var place: AssetPlace
  private var isDisposed = false
  /// What changed its values so far.
  package private(set) var movements: [AssetMovement] = []

  /// - Throws: what is wrong with its events: `asset_event.…`, `asset.total-units`.
  package init(_ asset: Asset) throws(ValueError) {
    self.asset = asset
    events = try Depreciation.inOrder(asset)
    first = asset.firstMonth
    lastMonth = events.last.flatMap { event in
      event.kind == .dispose
        ? event.on.month.adding(asset.kind.runsAMonthLate ? 0 : -1) : nil
    }
    month = min(asset.enteredOn.month, first)
    (cost, salvage) = (asset.cost.fen, asset.salvage.fen)
    (accumulated, impairment) = (asset.openingAccumulated.fen, asset.openingImpairment.fen)
    (life, method, elapsed) = (asset.lifeMonths, asset.method, asset.openingMonths)
    place = asset.place
    plan = DepreciationPlan(method: .none, form: .fixed, base: 0, length: 0, rateLife: 0)
    try begin()
    movements.append(try .entry(of: asset))
  }

  /// As of the day on which the asset is in the books: an earlier day counts as that one.
  private static func inOrder(_ asset: Asset) throws(ValueError) -> [AssetEvent] {
    if asset.events.isEmpty { return [] }
    let entered = asset.enteredOn
    var events: [AssetEvent] = []
    for event in asset.events {
      if asset.isTakenOver, event.on <= entered {
        throw ValueError(
          "asset_event.before-opening",
          Phrase(
            "the event of \(event.on) is in the opening values already, which are of \(entered)",
            "\(event.on) 的变动早于期初（\(entered)），已含在期初数中"),
          hint: Phrase(
            "leave the event out, or the opening values", "请删除该变动，或不填期初数"))
      }
      var event = event
      event.on = max(event.on, entered)
      events.append(event)
    }
    events.sort { ($0.on, $0.kind.rank) < ($1.on, $1.kind.rank) }
    if let disposal = events.first(where: { $0.kind == .dispose }),
      let later = events.last, later.kind != .dispose || later.on != disposal.on
    {
      throw ValueError(
        "asset_event.after-disposal",
        Phrase(
          "it is disposed of on \(disposal.on), and something happens to it on \(later.on)",
          "资产已于 \(disposal.on) 处置，其后 \(later.on) 又有变动"),
        hint: Phrase("correct one of the two events", "请更正其中一项变动"))
    }
    return events
  }

  // MARK: Plans

  /// The plan from the first month. What the old books charged is a part of it: their months go by as
  /// the plan has them, so that one that begins inside a year goes on from the cost.
  private mutating func begin() throws(ValueError) {
    unitsUsed = 0
    let base = cost - salvage
    guard impairment == 0, base > 0 else { return try replan(isNew: false) }
    if method == .units, accumulated > 0, let total = asset.totalUnits {
      unitsUsed = try roundHalfUp(
        Int128(accumulated) * Int128(total.millionths), over: Int128(base))
    }
    plan = DepreciationPlan(
      method: method, form: asset.form, base: base, length: life, rateLife: life,
      units: try totalUnits(), unitsLeft: try totalUnits() - unitsUsed)
    guard elapsed > 0, method != .units, method != .none else { return }
    var gone: Int64 = 0
    for position in 0..<elapsed {
      // The net value is that of the books as soon as these are the books.
      let left = max(base - gone, 0)
      if left == 0 || position >= life { break }
      gone += try plan.charge(net: cost - gone, left: left, used: nil).amount
    }
  }

  private func totalUnits() throws(ValueError) -> Int64 {
    guard method == .units else { return 0 }
    if let units = asset.totalUnits { return units.millionths }
    throw ValueError(
      "asset.total-units", Phrase("method 'units' needs total_units", "工作量法须填写总工作量"),
      hint: Phrase(
        "give what it can do in its life: km, hours, pieces", "请填写全部寿命的工作量：公里、小时、件"))
  }

  /// What is left over what is left of the life, from the next month.
  /// - Parameter isNew: whether life or method are estimated anew, so that the rate is too.
  private mutating func replan(isNew: Bool) throws(ValueError) {
    let left = net - salvage
    let length = life - elapsed
    if left > 0, length <= 0, method != .units, method != .none {
      throw ValueError(
        "asset_event.life",
        Phrase(
          "\(Money(fen: left).grouped) is left to be charged, but the life of \(life) months is over",
          "尚有 \(Money(fen: left).grouped) 待计提，但 \(life) 个月的寿命已满"),
        hint: Phrase(
          "give life_months as a whole, from the first month",
          "请填写新的全部使用月数（自首月起算）"))
    }
    let units = max(try totalUnits() - unitsUsed, 0)
    plan = DepreciationPlan(
      method: method, form: asset.form, base: max(left, 0), length: length,
      rateLife: isNew ? length : plan.rateLife == 0 ? life : plan.rateLife,
      units: max(units, 1), unitsLeft: units)
  }

  // MARK: Months

  private var net: Int64 { cost - accumulated - impairment }

  /// Whether nothing comes any more, whatever month is asked for.
  package var isOver: Bool {
    if isDisposed { return true }
    guard nextEvent == events.count else { return false }
    return method == .none || (month >= first && net <= salvage)
  }

  /// Whether nothing comes of what is known; units may still come.
  package var isDone: Bool {
    isOver
      || (method == .units && nextEvent == events.count
        && !asset.usage.keys.contains { $0 >= month })
  }

  /// Every month from the first in the books.
  /// - Parameters:
  ///   - last: nil for the whole life.
  ///   - withRest: also what comes after the life is over, through `last`.
  package static func months(
    of asset: Asset, through last: CivilMonth?, withRest: Bool = false
  ) throws(ValueError) -> (months: [DepreciationMonth], movements: [AssetMovement]) {
    var life = try Depreciation(asset)
    var months: [DepreciationMonth] = []
    while last.map({ life.month <= $0 }) ?? true {
      if last == nil ? life.isDone : life.isOver && !withRest { break }
      months.append(try life.next())
    }
    return (months, life.movements)
  }

  /// The next month.
  package mutating func next() throws(ValueError) -> DepreciationMonth {
    let (netBefore, salvageBefore, placeBefore) = (net, salvage, place)
    left = nil
    let (reason, amount, working) = try charge()
    accumulated += amount
    let isCharge = reason.isCharge
    let number = isCharge ? elapsed + 1 : 0
    let lifeBefore = life
    if month >= first, !isDisposed { elapsed += 1 }
    try takePlace(through: month.last)
    let row = DepreciationMonth(
      month: month, place: placeBefore, amount: Money(fen: amount),
      accumulated: Money(fen: left?.accumulated ?? accumulated),
      net: Money(fen: left?.net ?? net), reason: reason, working: working, number: number,
      life: isCharge ? lifeBefore : 0, netBefore: Money(fen: netBefore),
      salvage: Money(fen: salvageBefore))
    month = month.adding(1)
    return row
  }

  /// What it stood at when it left, in that month.
  private var left: (accumulated: Int64, net: Int64)?

  private mutating func charge() throws(ValueError) -> (
    DepreciationMonth.Reason, Int64, DepreciationWorking
  ) {
    if isDisposed { return (.disposed, 0, .nothing) }
    if let lastMonth, month > lastMonth { return (.disposed, 0, .nothing) }
    if method == .none { return (.notDepreciated, 0, .nothing) }
    if month < first { return (.notStarted, 0, .nothing) }
    let left = net - salvage
    if left <= 0 { return (.fullyDepreciated, 0, .nothing) }
    let used = asset.usage[month]?.millionths
    if method == .units, used ?? 0 == 0 { return (.noUsage, 0, .nothing) }
    let (amount, working) = try plan.charge(net: net, left: left, used: used)
    if let used {
      let (sum, overflow) = unitsUsed.addingReportingOverflow(used)
      if overflow { throw .overflow(Phrase("the units", "工作量")) }
      unitsUsed = sum
    }
    return (amount == left ? .final : .normal, amount, working)
  }

  // MARK: Events

  /// What happens through a day acts from the month after, all of a month together.
  private mutating func takePlace(through day: CivilDate) throws(ValueError) {
    var changes = false
    var isNew = false
    while nextEvent < events.count, events[nextEvent].on <= day {
      let event = events[nextEvent]
      nextEvent += 1
      switch event.kind {
      case .improve:
        cost = try (Money(fen: cost) + event.amount).fen
        changes = true
      case .impair:
        if event.amount.fen > net {
          throw ValueError(
            "asset_event.impairment",
            Phrase(
              "the impairment of \(event.amount.grouped) on \(event.on) is above the net value, "
                + Money(fen: net).grouped,
              "\(event.on) 的减值 \(event.amount.grouped) 超过账面净值 \(Money(fen: net).grouped)"),
            hint: Phrase("correct the amount", "请更正金额"))
        }
        impairment += event.amount.fen
        changes = true
      case .reEstimate, .transfer, .dispose: break
      }
      if let months = event.lifeMonths, event.kind == .improve || event.kind == .reEstimate {
        life = months
        (changes, isNew) = (true, true)
      }
      if event.kind == .reEstimate {
        changes = true
        salvage = event.salvage?.fen ?? salvage
        if let method = event.method {
          self.method = method
          isNew = true
        }
      }
      note(event)
    }
    if changes, !isDisposed { try replan(isNew: isNew) }
  }

  private mutating func note(_ event: AssetEvent) {
    let standing = AssetMovement.Values(
      cost: Money(fen: cost), accumulated: Money(fen: accumulated),
      impairment: Money(fen: impairment))
    switch event.kind {
    case .improve, .impair:
      movements.append(.change(event, at: place))
    case .reEstimate: break
    case .transfer:
      let from = place
      place.propertyNo = event.propertyNo ?? place.propertyNo
      place.department = event.department ?? place.department
      if place != from {
        movements.append(.transfer(on: event.on, from: from, to: place, standing))
      }
    case .dispose:
      movements.append(.disposal(event, at: place, standing))
      left = (accumulated, net)
      isDisposed = true
      (cost, accumulated, impairment) = (0, 0, 0)
    }
  }
}
