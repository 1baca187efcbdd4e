/// What a unit costs on a day: the unit price in force, and what it comes to a month.
package struct CurrentRent: Sendable {
  package var unit: LeaseUnit
  /// The term that the price is of; nil where the contract charges no rent on the day.
  package var term: LeaseTerm?
  package var price: Fixed?
  /// All rent terms of the unit together. A price per day counts 365/12 days; a price of the whole
  /// contract is divided over its units by area. What is free on the day counts as if it were not.
  package var monthly: Money?
}

extension Lease {
  /// The units that the contract has on a day, each with its rent.
  /// - Parameter rentItems: the fee items that are rent.
  package func rents(
    on day: CivilDate, rentItems: Set<String>
  ) throws(ValueError) -> [CurrentRent] {
    guard startOn <= day, day <= lastDay else { return [] }
    let units = units.filter { $0.isInForce(on: day) }
    var rents = units.map { CurrentRent(unit: $0) }
    for term in terms where rentItems.contains(term.item) && term.price != nil {
      guard term.method != .once, let per = term.per, let days = days(of: term),
        days.contains(day)
      else { continue }
      let covered = units.indices.filter {
        term.unitNos.isEmpty || term.unitNos.contains(units[$0].unitNo)
      }
      if covered.isEmpty { continue }
      let price = try PricePath(of: term, in: self, through: day).price(on: day)
      let amounts = try term.monthly(price, per, areas: covered.map { units[$0].area })
      for (index, amount) in zip(covered, amounts) {
        if rents[index].term == nil {
          rents[index].term = term
          rents[index].price = price
        }
        rents[index].monthly = try (rents[index].monthly ?? .zero) + amount
      }
    }
    return rents
  }
}

extension LeaseTerm {
  /// What a price comes to a month, unit by unit.
  fileprivate func monthly(
    _ price: Fixed, _ per: Per, areas: [Fixed]
  ) throws(ValueError) -> [Money] {
    var month = Exact(price)
    if let months = per.months {
      try month.multiply(by: 1, over: months)
    } else {
      try month.multiply(by: 365, over: 12)
    }
    if !isPerArea {
      return try month.rounded(to: .fen).divided(byWeights: areas.map(\.millionths))
    }
    var amounts: [Money] = []
    for area in areas {
      var amount = month
      try amount.multiply(by: area)
      amounts.append(try amount.rounded(to: .fen))
    }
    return amounts
  }
}

extension CurrentRent {
  /// What a unit would bring a month at its asking price, in yuan per m² and day.
  package static func asked(_ price: Fixed, area: Fixed) throws(ValueError) -> Money? {
    try LeaseTerm(line: 0, item: "", method: .area).monthly(price, .day, areas: [area]).first
  }
}
