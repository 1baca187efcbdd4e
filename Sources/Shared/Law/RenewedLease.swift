/// 续签: what of a contract goes on in the one that follows it.
package struct RenewedLease: Sendable {
  /// A line that goes on, under the same number.
  package struct Line: Sendable {
    package var term: LeaseTerm
    /// The units that it names and that go on; empty: all.
    package var unitNos: [String]
    /// In force on the old contract's last day; nil where the line has none.
    package var oldPrice: Fixed?
    package var price: Fixed?
  }

  /// The units of the last day, each once, with their areas.
  package private(set) var units: [LeaseUnit] = []
  /// The lines of the last day but for the one-off amounts.
  package private(set) var lines: [Line] = []
  /// Lines of the last day whose units are gone before it.
  package private(set) var withoutUnits: [LeaseTerm] = []
  /// Price steps of the lines that would have come after the last day.
  package private(set) var lostSteps: [PriceStep] = []
  /// The meters of the last day on lines that go on.
  package private(set) var installs: [MeterInstall] = []

  /// - Parameters:
  ///   - raise: in percent, for lines of `rentItems`.
  ///   - prices: by line; they are not raised.
  /// - Throws: `value.overflow`.
  package init(
    of lease: Lease, raise: Fixed? = nil, rentItems: Set<String> = [], prices: [Int: Fixed] = [:]
  ) throws(ValueError) {
    let last = lease.lastDay
    for unit in lease.units where unit.isInForce(on: last) {
      if let index = units.firstIndex(where: { $0.unitNo == unit.unitNo }) {
        units[index].area = try units[index].area + unit.area
      } else {
        units.append(LeaseUnit(unitNo: unit.unitNo, area: unit.area))
      }
    }
    for term in lease.terms where term.method != .once {
      guard lease.days(of: term)?.contains(last) ?? false else { continue }
      let unitNos = term.unitNos.filter { number in units.contains { $0.unitNo == number } }
      if unitNos.isEmpty && !term.unitNos.isEmpty {
        withoutUnits.append(term)
        continue
      }
      var line = Line(term: term, unitNos: unitNos)
      if let price = try lease.price(of: term, on: last) {
        line.oldPrice = price
        line.price = price
        if let raise, rentItems.contains(term.item) {
          line.price = try price.raised(byPercent: raise, places: term.pricePlaces)
        }
      }
      if let price = prices[term.line] { line.price = price }
      lines.append(line)
      lostSteps += lease.priceSteps.filter { $0.line == term.line && $0.fromOn > last }
    }
    installs = lease.installs.filter { install in
      install.fromOn <= last && (install.toOn.map { last <= $0 } ?? true)
        && lines.contains { $0.term.line == install.line }
    }
  }
}

extension Lease {
  /// The unit price of a term on a day; nil where it has none.
  package func price(of term: LeaseTerm, on day: CivilDate) throws(ValueError) -> Fixed? {
    switch term.method {
    case .fixed, .area: break
    case .turnover: if !hasGuarantee(term) { return nil }
    case .metered, .share, .once: return nil
    }
    return try PricePath(of: term, in: self, through: day).price(on: day)
  }

  /// What a register of a meter showed when a day ended: the close reading of an install that ends
  /// on it, else a reading of the day; nil: nobody looked.
  package func reading(of install: MeterInstall, on day: CivilDate) -> Fixed? {
    if let close = install.closeReading, min(install.toOn ?? lastDay, lastDay) == day {
      return close
    }
    return readings.last {
      $0.meterNo == install.meterNo && $0.register == install.register && $0.readOn == day
    }?.value
  }

  /// The last that is known of a register by a day: a reading since it was put in, else what it
  /// showed then.
  package func lastReading(
    of install: MeterInstall, by day: CivilDate
  ) -> (readOn: CivilDate?, value: Fixed) {
    let known = readings.filter {
      $0.meterNo == install.meterNo && $0.register == install.register
        && $0.readOn >= install.fromOn && $0.readOn <= day
    }
    guard let last = known.max(by: { $0.readOn < $1.readOn }) else {
      return (nil, install.openReading)
    }
    return (last.readOn, last.value)
  }
}
