/// Cuts a term's periods into segments.
struct Segmentation {
  private let term: LeaseTerm
  private let prices: PricePath
  /// The units that the term covers, where the price is per m².
  private let units: [LeaseUnit]
  private let free: [RentFree]
  /// The days on which something begins to be different, in order.
  private let cuts: [CivilDate]

  init(_ term: LeaseTerm, in lease: Lease, through: CivilDate) throws(ValueError) {
    self.term = term
    prices = try PricePath(of: term, in: lease, through: through)
    units =
      term.isPerArea
      ? lease.units.filter { term.unitNos.isEmpty || term.unitNos.contains($0.unitNo) } : []
    free = lease.rentFree.filter { $0.item == term.item || $0.item == "*" }
    var cuts = prices.points.dropFirst().map(\.fromOn)
    for unit in units {
      if let from = unit.fromOn { cuts.append(from) }
      if let to = unit.toOn { cuts.append(to.next) }
    }
    for span in free {
      cuts.append(span.days.from)
      cuts.append(span.days.to.next)
    }
    cuts.sort()
    self.cuts = cuts
  }

  /// The segments of a period, joined where one only carries the other on. Wholly free days, and
  /// days on which no unit is in force, have none.
  /// - Parameters:
  ///   - period: cut at the term's days.
  ///   - slices: the whole month slices that it consists of.
  func segments(of period: Period, slices: [Period]) throws(ValueError) -> [Segment] {
    var joined: [Segment] = []
    for slice in slices {
      guard let part = slice.intersection(period) else { continue }
      for segment in try segments(of: part, slice: slice) {
        if segment.area == .zero { continue }
        if joined.isEmpty || !joined[joined.count - 1].absorb(segment) { joined.append(segment) }
      }
    }
    return joined
  }

  /// - Parameters:
  ///   - part: the days of the slice that belong to the term.
  ///   - slice: the whole month.
  private func segments(of part: Period, slice: Period) throws(ValueError) -> [Segment] {
    var pieces: [Segment] = []
    var from = part.from
    func close(at to: CivilDate) throws(ValueError) {
      let days = Period(from, to)
      pieces.append(
        Segment(
          days: days, price: prices.price(on: from), area: try area(on: from),
          freePercent: freePercent(on: from), time: .days(days.days)))
      from = to.next
    }
    for cut in cuts where cut > part.from && cut <= part.to && cut > from {
      try close(at: cut.previous)
    }
    try close(at: part.to)

    let charged = pieces.filter { $0.freePercent < .hundred }
    if term.per == .day { return charged }
    let freeDays = pieces.reduce(0) { $0 + ($1.freePercent < .hundred ? 0 : $1.days.days) }
    if term.proration == .whole {
      guard
        let first = charged.first(where: { piece in
          !term.isPerArea || units.contains { $0.isInForce(on: piece.days.from) }
        })
      else { return [] }
      var whole = first
      whole.days = part
      whole.time = freeDays == 0 ? .months(1) : .begun(free: freeDays, of: slice.days)
      return [whole]
    }
    let isFull = part == slice && freeDays == 0
    return charged.map { piece in
      var piece = piece
      let days = piece.days.days
      piece.time =
        if isFull && charged.count == 1 {
          .months(1)
        } else {
          switch term.proration {
          case .d30 where !isFull: .share(days: days, of: 30)
          case .d365 where !isFull: .yearShare(days: days)
          default: .share(days: days, of: slice.days)
          }
        }
      return piece
    }
  }

  private func area(on day: CivilDate) throws(ValueError) -> Fixed? {
    guard term.isPerArea else { return nil }
    var sum = Fixed.zero
    for unit in units where unit.isInForce(on: day) { sum = try sum + unit.area }
    return sum
  }

  /// Where spans overlap the larger percent counts.
  private func freePercent(on day: CivilDate) -> Fixed {
    free.reduce(Fixed.zero) { $1.days.contains(day) ? max($0, $1.percent) : $0 }
  }
}
